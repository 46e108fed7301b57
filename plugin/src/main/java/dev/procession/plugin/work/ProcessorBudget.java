package dev.procession.plugin.work;

import dev.procession.ProcessionException;
import dev.procession.plugin.report.BuildLog;
import dev.procession.session.Session;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.sync.SemaphoreOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The processors that the programs which a build starts may keep busy, all of them together: those of modules that are
 * built side by side, and of each module's tasks. A program takes at least one, and more while nobody else needs them.
 *
 * <p>The processors are permits of a semaphore in a session. The session belongs to whoever takes part: it begins with
 * the first budget that is opened in a build and ends when the last one is closed. A build may load the plugin more than
 * once, so copies of this class find each other by the session's path, which the build keeps for them.
 */
public final class ProcessorBudget implements AutoCloseable {
    private static final String SESSION = "session";
    private static final String NAME = "processors";

    private final Map<String, String> shared;
    private final int processors;
    private final Session session;
    private final ProcessSemaphore permits;

    private ProcessorBudget(Map<String, String> shared, int processors, Session session, ProcessSemaphore permits) {
        this.shared = shared;
        this.processors = processors;
        this.session = session;
        this.permits = permits;
    }

    /**
     * Takes part in the build's budget; the first one decides how large it is.
     *
     * @param shared what all parts of the build have in common
     * @param processors how many there are, 1 or more
     * @param log hears why there is no budget
     * @return a part, to be closed by the caller; empty where this machine has no place for a session, and then nobody
     *     is held up
     */
    public static Optional<ProcessorBudget> open(Map<String, String> shared, int processors, BuildLog log) {
        synchronized (shared) {
            String path = shared.get(SESSION);
            if (path != null) {
                try {
                    Session session = Session.attach(Path.of(path));
                    return Optional.of(new ProcessorBudget(
                            shared, processors, session, ProcessSemaphore.attach(session, NAME)));
                } catch (UncheckedIOException | ProcessionException e) {
                    // It went with the last one that took part.
                    shared.remove(SESSION);
                }
            }
            try {
                Session session = Session.create();
                ProcessSemaphore permits = ProcessSemaphore.create(
                        session,
                        NAME,
                        processors,
                        SemaphoreOptions.leased().bounded().keptByProcess());
                shared.put(SESSION, session.path().toString());
                return Optional.of(new ProcessorBudget(shared, processors, session, permits));
            } catch (UncheckedIOException | ProcessionException e) {
                log.debug("bundles do not share out the processors: " + e.getMessage());
                return Optional.empty();
            }
        }
    }

    /**
     * Waits for a processor, and takes more of them if they are free.
     *
     * @param wanted how many would be of use, 1 or more
     * @return what was taken, to be closed by the caller
     * @throws InterruptedException when this thread is interrupted; nothing was taken then
     */
    public Share take(int wanted) throws InterruptedException {
        permits.acquire();
        int taken = 1;
        while (taken < Math.min(wanted, processors) && permits.tryAcquire()) {
            taken++;
        }
        return new Share(permits, taken);
    }

    /**
     * Processors that a program may keep busy until this is closed.
     *
     * @param permits where they go back to
     * @param processors how many
     */
    public record Share(ProcessSemaphore permits, int processors) implements AutoCloseable {
        @Override
        public void close() {
            permits.release(processors);
        }
    }

    @Override
    public void close() {
        synchronized (shared) {
            permits.close();
            session.close();
        }
    }
}
