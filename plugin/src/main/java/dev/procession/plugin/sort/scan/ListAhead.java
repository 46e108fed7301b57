package dev.procession.plugin.sort.scan;

import dev.procession.plugin.sort.name.RawName;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lists directories on threads of its own before a scan comes to them. A listing that no thread has begun with is made by
 * the scan itself, so it waits for nobody who does nothing.
 *
 * <p>Memory: the listings of large directories are not made ahead, and of others only so many.
 */
final class ListAhead implements AutoCloseable {
    /** Names and what is known of them take about 250 bytes each: 16 MB in all if there are as many as there may be. */
    private static final int MOST_ENTRIES = 4_096;

    private static final int MOST_LISTINGS = 16;

    /** More threads than this wait for the same disk. */
    private static final int MOST_THREADS = 3;

    private final DirectoryLister lister;
    private final int threads;
    private @Nullable ThreadPoolExecutor executor;
    private int listings;

    /** @param processors of which the scan itself has one */
    ListAhead(DirectoryLister lister, int processors) {
        this.lister = lister;
        this.threads = Math.min(processors - 1, MOST_THREADS);
    }

    /** A listing to come. For the thread of the scan. */
    final class Promise {
        private final String prefix;
        private final Path directory;
        private final FutureTask<@Nullable DirectoryListing> task;

        private Promise(String prefix, Path directory) {
            this.prefix = prefix;
            this.directory = directory;
            this.task = new FutureTask<>(() -> lister.list(prefix, directory, MOST_ENTRIES));
        }

        /**
         * The listing.
         *
         * @param others what may be done instead of waiting
         */
        DirectoryListing take(Queue<Promise> others) throws IOException {
            listings--;
            runHere(task);
            for (Promise other : others) {
                if (task.isDone()) {
                    break;
                }
                runHere(other.task);
            }
            DirectoryListing small = get();
            return small != null ? small : lister.list(prefix, directory);
        }

        private @Nullable DirectoryListing get() throws IOException {
            try {
                return task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException io) {
                    throw io;
                }
                throw new IllegalStateException(RawName.shown(directory) + " cannot be listed", e.getCause());
            }
        }
    }

    /** Runs what no thread has begun with. Taken out: a thread that hangs at another one must not keep its listing. */
    private void runHere(FutureTask<@Nullable DirectoryListing> task) {
        ThreadPoolExecutor running = executor;
        if (running != null && running.remove(task)) {
            task.run();
        }
    }

    /** Begins to list a directory; null where that is not worth it, or too much is promised already. */
    @Nullable
    Promise begin(String prefix, Path directory) {
        if (threads < 1 || listings == MOST_LISTINGS) {
            return null;
        }
        ThreadPoolExecutor running = executor;
        if (running == null) {
            running =
                    new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                        Thread thread = new Thread(work, "procession-sort-files-scan-ahead");
                        thread.setDaemon(true);
                        return thread;
                    });
            executor = running;
        }
        listings++;
        Promise promise = new Promise(prefix, directory);
        running.execute(promise.task);
        return promise;
    }

    @Override
    public void close() {
        ThreadPoolExecutor running = executor;
        if (running == null) {
            return;
        }
        running.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (running.awaitTermination(1, TimeUnit.HOURS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
