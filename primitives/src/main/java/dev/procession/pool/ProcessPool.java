package dev.procession.pool;

import dev.procession.internal.child.Preparation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A fixed number of child processes that work through tasks.
 *
 * <pre>{@code
 * try (ProcessPool pool = ProcessPool.open(PoolOptions.builder().workers(2).build())) {
 *     Future<Integer> sum = pool.submit(() -> 1 + 2);
 *     sum.get(); // 3, computed in another process
 * }
 * }</pre>
 *
 * <p>Tasks are started in the order in which they were submitted. Workers boot side by side, and the first task begins
 * as soon as the first of them is up.
 *
 * <p><b>Death.</b> When a worker dies, the task that it ran fails with {@link WorkerDiedException}, or runs again where
 * {@linkplain PoolOptions.Builder#maxAttempts more attempts} were allowed; another worker takes its place, and the
 * other tasks are not affected. When this process dies, its workers end within two seconds.
 *
 * <p>The future of a task fails with what the task threw, of the same class and with the worker's stack, or with
 * {@link RemoteTaskException} where that cannot be brought here. Cancelling a future keeps a waiting task from being
 * started; a running one goes on, and its result is dropped.
 */
public final class ProcessPool implements AutoCloseable {
    private final JobQueue jobs = new JobQueue();
    private final List<WorkerSlot> slots = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private ProcessPool(PoolOptions options) {
        for (int i = 1; i <= options.workers(); i++) {
            WorkerSlot slot = new WorkerSlot(options, options.name() + "-" + i, jobs);
            Thread thread = new Thread(null, slot, "procession " + slot.name(), 0, false);
            thread.setDaemon(true);
            slots.add(slot);
            threads.add(thread);
        }
    }

    /**
     * Opens a pool and begins to start its workers.
     *
     * @param options how it works
     * @return an open pool, to be closed by the caller
     * @throws IllegalStateException in a child, by a class initializer that the arrival of a body or task runs
     */
    public static ProcessPool open(PoolOptions options) {
        Preparation.refuse("pool \"" + options.name() + "\"");
        ProcessPool pool = new ProcessPool(options);
        pool.threads.forEach(Thread::start);
        return pool;
    }

    /**
     * Hands in a task. Does not wait.
     *
     * @param task what a worker is to call; it is serialized before this method returns
     * @param <T> the type of the result
     * @return the result to come
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws IllegalStateException when the pool is closed
     */
    public <T> CompletableFuture<T> submit(PoolTask<T> task) {
        Job<T> job = new Job<>(task);
        jobs.add(job);
        return job.result();
    }

    /**
     * Finishes the submitted tasks, then ends the workers. Waits for both; when the waiting thread is interrupted, the
     * pool is shut down at once.
     */
    @Override
    public void close() {
        jobs.close();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                shutdownNow();
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Ends the workers at once. The tasks that they run fail; those that wait are cancelled. */
    public void shutdownNow() {
        jobs.close();
        jobs.drain().forEach(job -> job.result().cancel(false));
        slots.forEach(WorkerSlot::stop);
        threads.forEach(Thread::interrupt);
    }
}
