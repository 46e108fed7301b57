package dev.procession.pool;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * The results of a lazy call: the input is read while they are taken, and never further ahead than the window allows.
 *
 * <p>{@link #next()} throws a {@link CompletionException} with what a task threw as cause, and goes on with the next item when
 * it is called again. What the input itself threw comes unwrapped, after all results of the items before it, and is the last.
 *
 * <p>Whoever does not take all results closes this, so that the input is let go.
 *
 * @param <R> the type of the results
 */
public final class Results<R> implements Iterator<R>, AutoCloseable {
    private final LazyCall<?, R> call;

    /** While results are awaited the pool is in use. */
    @SuppressWarnings("unused")
    private final ProcessPool pool;

    Results(LazyCall<?, R> call, ProcessPool pool) {
        this.call = call;
        this.pool = pool;
    }

    /**
     * Whether there is another result, an exception included. Waits until that is known.
     *
     * @return false at the end
     */
    @Override
    public boolean hasNext() {
        return call.awaitNext();
    }

    /**
     * Waits for the next result.
     *
     * @return the result
     * @throws CompletionException with what the task threw as cause; or when the waiting thread is interrupted, which it stays
     * @throws java.util.NoSuchElementException at the end
     * @throws java.util.concurrent.CancellationException when the pool was shut down at once
     */
    @Override
    public R next() {
        try {
            return call.take(0);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits for the next result, for a limited time.
     *
     * @param timeout how long at most
     * @return the result
     * @throws TimeoutException when there is none yet; it can still be had later
     */
    public R next(Duration timeout) throws TimeoutException {
        long deadline = System.nanoTime() + Math.max(0, PoolOptions.nanos(timeout));
        return call.take(deadline == 0 ? 1 : deadline);
    }

    /** Lets go of the input and of the results that were not taken. Items that run are finished. Closing twice does nothing. */
    @Override
    public void close() {
        call.abandon();
    }
}
