package dev.procession.plugin.work;

import dev.procession.plugin.report.BuildLog;
import dev.procession.pool.PoolListener;
import dev.procession.pool.PoolOptions;
import dev.procession.pool.PoolTask;
import dev.procession.pool.ProcessPool;
import dev.procession.pool.WorkerDeath;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildTuning;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs tasks in a pool of child JVMs. */
final class WorkerProcesses implements TaskRunner {
    /** The third worker to die of one task has not died of bad luck. */
    private static final int ATTEMPTS = 3;

    private final ProcessPool pool;

    private final int workers;

    /** Tasks whose answer nobody has taken: when it is not 0 at the end, something failed and nobody wants the rest. */
    private int outstanding;

    WorkerProcesses(String name, int workers, WorkerCode code, BuildLog log) throws InterruptedException {
        this.workers = workers;
        ChildOptions.Builder worker = ChildOptions.builder()
                .classPath(code.classPath())
                .inheritJvmOptions(false)
                .tuning(ChildTuning.BRIEF)
                .jvmOptions(code.jvmOptions())
                .output((process, error, line) -> log.debug("[" + process + "] " + line));
        code.archive(log).ifPresent(worker::classDataArchive);
        PoolOptions.Builder options = PoolOptions.builder()
                .name(name)
                .workers(workers)
                .worker(worker.build())
                .maxAttempts(ATTEMPTS)
                .listener(new DeathNotice(log));
        code.recording().session().ifPresent(options::recordedIn);
        pool = ProcessPool.open(options.build());
    }

    @Override
    public int window() {
        // Each worker has a task at hand while it works on another.
        return 2 * workers;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public <T> Answer<T> submit(PoolTask<T> task) {
        outstanding++;
        CompletableFuture<T> result = pool.submit(task);
        String name = task.toString();
        return limit -> {
            T value = await(result, name, limit);
            outstanding--;
            return value;
        };
    }

    private static <T> T await(CompletableFuture<T> result, String task, Duration limit)
            throws IOException, InterruptedException {
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(task + " failed: " + (cause == null ? e : cause).getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException(
                    task + ": no worker answered for " + limit.toMinutes()
                            + " minutes; look at the disk, or set <workers>0</workers>",
                    e);
        }
    }

    /** How many workers can begin with a task now. */
    int up() {
        return pool.workerPids().size();
    }

    /** Does not wait for workers that are still starting. */
    void closeAtOnce() {
        pool.shutdownNow();
        pool.close();
    }

    @Override
    public void close() {
        if (outstanding > 0) {
            pool.shutdownNow();
        }
        pool.close();
    }

    /** One line for each death. */
    private record DeathNotice(BuildLog log) implements PoolListener {
        @Override
        public void workerDied(WorkerDeath death) {
            String task = death.task();
            log.warn("worker " + death.worker() + " (pid " + death.pid() + ") died, " + death.status()
                    + (task == null ? ", before it had a task" : ", while it ran task '" + task + "'")
                    + (death.retried() ? "; the task runs again on another worker" : ""));
        }
    }
}
