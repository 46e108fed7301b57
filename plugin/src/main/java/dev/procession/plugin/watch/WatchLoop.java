package dev.procession.plugin.watch;

import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.TimeUnit;

/**
 * Builds whenever something changed, until its thread is interrupted. Files are looked at, rather than subscribed to: the
 * look is what a build does anyway to find out that nothing changed, so both mean the same by "changed", and it works on
 * every file system.
 */
public final class WatchLoop {
    /** Less than people notice; a look at a thousand files takes a few of these milliseconds. */
    private static final long PAUSE_MILLIS = 200;

    /** What a failed build waits for may lie outside the directories of the sources: a package that is installed. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A {@code mvn clean} beside the watch takes directories away in the middle of a build: that has passed by then. */
    private static final int TRIES = 5;

    private final Watched watched;
    private final Listener listener;
    private final BuildLog log;

    /** Hears what came of builds. */
    public interface Listener {

        /** Something was built. */
        void built();

        /**
         * There is something to mend.
         *
         * @param problem what
         */
        void failed(String problem);
    }

    /**
     * Nothing happens yet.
     *
     * @param watched what is built
     * @param listener hears what came of it
     * @param log tells the user
     */
    public WatchLoop(Watched watched, Listener listener, BuildLog log) {
        this.watched = watched;
        this.listener = listener;
        this.log = log;
    }

    /**
     * Goes on until it is interrupted.
     *
     * @throws IOException when it cannot be known what to watch, or when an interruption ends a build so
     * @throws InterruptedException always, in the end
     */
    public void run() throws IOException, InterruptedException {
        String told = "";
        int failures = 0;
        while (true) {
            long stamp = SourceStamp.of(watched.sources());
            Watched.Outcome outcome;
            try {
                outcome = watched.build();
                failures = 0;
            } catch (IOException e) {
                if (isInterruption(e)) {
                    throw e;
                }
                failures++;
                if (failures < TRIES) {
                    log.debug(text(e));
                    Thread.sleep(PAUSE_MILLIS);
                    continue;
                }
                outcome = new Watched.Outcome(false, text(e), "");
            }
            if (!outcome.problem().isEmpty()) {
                if (!outcome.problem().equals(told)) {
                    log.warn(outcome.problem());
                    listener.failed(outcome.problem());
                    told = outcome.problem();
                }
                awaitChange(stamp);
                continue;
            }
            if (outcome.built() || !told.isEmpty()) {
                log.info(outcome.summary());
                listener.built();
            }
            told = "";
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Of what has no message at least the kind is told. */
    private static String text(IOException failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.toString() : message;
    }

    private static boolean isInterruption(IOException failure) {
        return Thread.currentThread().isInterrupted()
                || failure instanceof InterruptedIOException
                || failure instanceof ClosedByInterruptException;
    }

    private void awaitChange(long stamp) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RETRY_NANOS;
        do {
            Thread.sleep(PAUSE_MILLIS);
        } while (SourceStamp.of(watched.sources()) == stamp && System.nanoTime() < deadline);
    }
}
