package dev.procession.manager;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;

/**
 * A queue in a manager. It has the whole contract of {@link BlockingQueue}; iterators show it as it was when they were made.
 * Items are handed over: who takes one has it alone, and may change it.
 *
 * <p><b>When a client dies</b> while it waits, it is dropped. An item that it had just been given and cannot have any more is
 * put back; one that it has received is gone with it.
 */
public interface ManagedQueue<E> extends BlockingQueue<E> {

    /**
     * Says that an item that was taken is done.
     *
     * @throws IllegalStateException if it is called more often than items were put
     */
    void taskDone();

    /**
     * Waits until {@link #taskDone} was called as often as items were put.
     *
     * @throws InterruptedException if this thread is interrupted
     */
    void join() throws InterruptedException;

    /**
     * Waits until {@link #taskDone} was called as often as items were put, or the time is over.
     *
     * @return false if the time is over
     * @throws InterruptedException if this thread is interrupted
     */
    boolean join(Duration timeout) throws InterruptedException;

    /** {@return how many items were put and not reported done} */
    int unfinished();
}
