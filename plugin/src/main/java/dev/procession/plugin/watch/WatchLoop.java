package dev.procession.plugin.watch;

import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
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
     * @throws IOException when the machine fails
     * @throws InterruptedException always, in the end
     */
    public void run() throws IOException, InterruptedException {
        String told = "";
        while (true) {
            long stamp = SourceStamp.of(watched.sources());
            Watched.Outcome outcome = watched.build();
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

    private void awaitChange(long stamp) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RETRY_NANOS;
        do {
            Thread.sleep(PAUSE_MILLIS);
        } while (SourceStamp.of(watched.sources()) == stamp && System.nanoTime() < deadline);
    }
}
