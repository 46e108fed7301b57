package dev.procession.channel;

import dev.procession.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose items are work: whoever takes one leases it until the work is done, and {@link #join} waits until all of it
 * is.
 *
 * <p>If a process dies, the items that it had not done are given out again, to whoever takes next, before all other items. So an
 * item is worked on at least once, and perhaps more than once: its work should bear that. An item that was given out
 * {@link QueueOptions#maxAttempts} times becomes a dead letter, so that one that kills its consumers does not kill all of them;
 * {@link #join} does not wait for it.
 *
 * <p>{@link #lease()} gives the item with its lease. {@code take} and {@code poll} lease it, too, and {@link #taskDone()} ends
 * the oldest such lease, as in Python's {@code JoinableQueue}. Every item has memory of its own here, so it is slower than a plain
 * queue.
 *
 * @param <E> the type of the items
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public interface JoinableProcessQueue<E> extends ProcessQueue<E> {
    /**
     * Creates an anonymous queue without a bound, for whatever Java serialization takes.
     *
     * @param <E> the type of the items
     */
    static <E> JoinableProcessQueue<E> create(Session session) {
        return create(session, QueueOptions.standard());
    }

    /**
     * Creates an anonymous queue.
     *
     * @param <E> the type of the items
     */
    static <E> JoinableProcessQueue<E> create(Session session, QueueOptions<E> options) {
        return JoinableQueueHandle.create(session, null, options);
    }

    /**
     * Creates a queue with a name that nothing else in the session has.
     *
     * @param <E> the type of the items
     * @throws dev.procession.NameInUseException if the name is taken
     */
    static <E> JoinableProcessQueue<E> create(Session session, String name, QueueOptions<E> options) {
        return JoinableQueueHandle.create(session, name, options);
    }

    /**
     * Opens the queue of a name, or creates it.
     *
     * @param <E> the type of the items
     * @throws IllegalArgumentException if it is there with another codec, capacity or other options, or is no joinable queue
     */
    static <E> JoinableProcessQueue<E> open(Session session, String name, QueueOptions<E> options) {
        return JoinableQueueHandle.open(session, name, options);
    }

    /**
     * Attaches to the queue of a name, whatever its capacity.
     *
     * @param codec the one that it was created with
     * @param <E> the type of the items
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if it has another codec, or is no joinable queue
     */
    static <E> JoinableProcessQueue<E> attach(Session session, String name, Codec<E> codec) {
        return JoinableQueueHandle.attach(session, name, codec);
    }

    /**
     * Leases the first item; waits while there is none.
     *
     * @throws InterruptedException if this thread is interrupted; nothing was taken
     * @throws QueueEndedException if the queue has ended and all its items are done
     * @throws dev.procession.DecodingException if the item cannot be decoded here; it was given back
     */
    Lease<E> lease() throws InterruptedException;

    /**
     * Leases the first item if there is one.
     *
     * @return null if there is none for now
     * @throws QueueEndedException if the queue has ended and all its items are done
     */
    @Nullable
    Lease<E> tryLease();

    /**
     * Leases the first item; waits at most so long while there is none.
     *
     * @param timeout zero or less does not wait
     * @return null if the time is over
     * @throws QueueEndedException if the queue has ended and all its items are done
     */
    @Nullable
    Lease<E> tryLease(Duration timeout) throws InterruptedException;

    /**
     * The work on an item that was taken without a lease of its own is done: on the oldest one that this thread took, or else
     * on the oldest one that this process took.
     *
     * @throws IllegalStateException if there is none: it was called too many times
     */
    void taskDone();

    /** Waits until every item that was put is done, or is a dead letter. */
    void join() throws InterruptedException;

    /**
     * Waits until every item that was put is done, or is a dead letter; at most so long.
     *
     * @return false if the time is over
     */
    boolean join(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Waits until every item that was put is done, or is a dead letter; at most so long.
     *
     * @return false if the time is over
     */
    boolean join(Duration timeout) throws InterruptedException;

    /** {@return how many items are in the queue or in work} */
    int unfinished();

    /** {@return the items that nobody could finish, in their order} They stay. */
    List<DeadLetter<E>> deadLetters();

    /** {@return the items that nobody could finish, in their order} They are removed. */
    List<DeadLetter<E>> takeDeadLetters();
}
