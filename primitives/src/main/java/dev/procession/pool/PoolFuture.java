package dev.procession.pool;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The result of a task to come.
 *
 * <p>{@link #cancel cancel(true)} ends the task even while it runs: its worker is ended with it and another one takes the
 * place. {@code cancel(false)} keeps a waiting task from being started; a running one goes on, and its result is dropped.
 * Processes that a task started with {@link dev.procession.process.ChildProcess} end with the worker.
 *
 * <p>It fails with what the task threw, of the same class and with the worker's stack; with {@link RemoteTaskException} where
 * that cannot be brought here; with {@link WorkerDiedException}; or with {@link java.util.concurrent.TimeoutException} when the
 * task took longer than it was allowed to.
 *
 * <p>What depends on it by methods without {@code Async} in their name runs on a thread of the pool that reads answers: it
 * must not wait for other tasks.
 *
 * @param <T> the type of the result
 */
public final class PoolFuture<T> extends CompletableFuture<T> {
    private volatile @Nullable Cancellation work;

    PoolFuture() {}

    void work(@Nullable Cancellation value) {
        work = value;
    }

    /**
     * Ends the task, or keeps it from being started.
     *
     * @param mayInterruptIfRunning whether a task that runs is ended, too
     * @return whether the task had no result yet
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        Cancellation known = work;
        if (cancelled && known != null) {
            known.cancelled(mayInterruptIfRunning);
        }
        return cancelled;
    }

    /** Cancelling what depends on this one is no matter of the pool. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    /** What is cancelled with a future. */
    interface Cancellation {
        void cancelled(boolean running);
    }
}
