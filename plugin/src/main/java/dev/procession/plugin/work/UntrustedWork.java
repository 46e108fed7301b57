package dev.procession.plugin.work;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.pool.PoolOptions;
import dev.procession.pool.PoolTask;
import dev.procession.pool.ProcessPool;
import dev.procession.pool.WorkerDiedException;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Child processes that read what anybody may have made: pictures, archives, documents. What reads them may crash, hang or
 * eat memory; then a process is lost, the task has failed, and all goes on. Each child has a limit of memory, each task one
 * of time, and their temporary files lie in a directory that goes with this object.
 *
 * <p>For one thread. Whoever opens closes; closing ends what still runs. When this process dies the children end too.
 */
public final class UntrustedWork implements AutoCloseable {
    private static final int FOREIGN_FUNCTIONS_WARN = 22;

    private final ProcessPool pool;
    private final Path temporary;

    private UntrustedWork(ProcessPool pool, Path temporary) {
        this.pool = pool;
        this.temporary = temporary;
    }

    /**
     * Starts the processes, without waiting for them.
     *
     * @param name begins the names of the processes
     * @param workers how many, 1 or more
     * @param code their class path, with the libraries that are not this process's
     * @param heapBytes how much memory the objects in each may take
     * @param temporary a directory that is made for their temporary files, and goes with them; whoever kills this process
     *     leaves it to the caller's next run
     * @param log hears what they print, as details
     * @return to be closed by the caller
     * @throws IOException when there is no place for temporary files
     * @throws InterruptedException when this thread is interrupted while a class-data archive is made
     */
    public static UntrustedWork open(
            String name, int workers, WorkerCode code, long heapBytes, Path temporary, BuildLog log)
            throws IOException, InterruptedException {
        Files.createDirectory(temporary);
        try {
            ChildOptions.Builder worker = ChildOptions.builder()
                    .classPath(code.classPath())
                    .inheritJvmOptions(false)
                    .tuning(ChildTuning.BRIEF)
                    // A library may unpack native code there; who is killed cannot remove it.
                    .jvmOption("-Djava.io.tmpdir=" + temporary)
                    .jvmOption("-Djava.awt.headless=true")
                    .output((process, error, line) -> log.debug("[" + process + "] " + line));
            if (Runtime.version().feature() >= FOREIGN_FUNCTIONS_WARN) {
                worker.jvmOption("--enable-native-access=ALL-UNNAMED");
            }
            code.archive(log).ifPresent(worker::classDataArchive);
            return new UntrustedWork(
                    ProcessPool.open(PoolOptions.builder()
                            .name(name)
                            .workers(workers)
                            .worker(worker.build())
                            .workerHeapLimit(heapBytes)
                            .maxAttempts(1)
                            .build()),
                    temporary);
        } catch (Throwable e) {
            FileTree.remove(temporary);
            throw e;
        }
    }

    /** How a task ended. */
    public sealed interface Outcome<T> {

        /**
         * It has a result.
         *
         * @param value the result
         * @param <T> its type
         */
        record Done<T>(T value) implements Outcome<T> {}

        /**
         * It has none.
         *
         * @param reason why, in words that can follow what it was about
         * @param <T> the type that the result would have had
         */
        record Failed<T>(String reason) implements Outcome<T> {}
    }

    /**
     * A task that was handed in.
     *
     * @param <T> the type of its result
     */
    @FunctionalInterface
    public interface Pending<T> {

        /**
         * Waits for its end, which comes: there is a limit of time.
         *
         * @return how it ended
         * @throws InterruptedException when the waiting thread is interrupted
         */
        Outcome<T> await() throws InterruptedException;
    }

    /**
     * Hands in a task. Does not wait.
     *
     * @param task run once at most
     * @param limit how long it may run, once it has begun
     * @param <T> the type of its result
     * @return its end to come
     */
    public <T> Pending<T> submit(PoolTask<T> task, Duration limit) {
        Future<T> future = pool.submit(task, limit);
        return () -> {
            try {
                return new Outcome.Done<>(future.get());
            } catch (ExecutionException e) {
                return new Outcome.Failed<>(reason(e.getCause(), limit));
            }
        };
    }

    private static String reason(@Nullable Throwable cause, Duration limit) {
        if (cause instanceof WorkerDiedException died) {
            return "the process that read it died, " + died.death().status();
        }
        if (cause instanceof TimeoutException) {
            return "reading it took longer than " + limit.toSeconds() + " s";
        }
        if (cause instanceof OutOfMemoryError) {
            return "reading it needs more memory than it may take";
        }
        if (cause instanceof StackOverflowError) {
            return "it is nested too deeply";
        }
        return Shown.text(String.valueOf(cause == null ? null : cause.getMessage()));
    }

    @Override
    public void close() {
        pool.shutdownNow();
        pool.close();
        try {
            FileTree.remove(temporary);
        } catch (IOException e) {
            // What a child is just writing is the system's to clean up.
        }
    }
}
