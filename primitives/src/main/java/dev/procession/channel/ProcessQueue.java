package dev.procession.channel;

import dev.procession.OwnerDeath;
import dev.procession.session.Session;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A queue of values between threads and processes: any number of producers put, any number of consumers take, first in,
 * first out. The words are those of {@link BlockingQueue}; what differs is that a queue can end, which {@link #poll()} tells
 * apart from being empty. {@link #asBlockingQueue()} is the same queue with that interface's whole contract.
 *
 * <p>Who waits for whom: {@code put} for a consumer when a bounded queue is full, {@code take} for a producer when the queue is
 * empty. Nobody holds a lock while waiting. There is no thread behind a queue: when {@code put} has returned, the item is
 * there for every process, the sizes say so, and it does not need its producer any more, which may end or be killed. An item
 * that is put after another one's {@code put} returned, in whichever process, is taken after it.
 *
 * <p>An item is turned into bytes by {@code put} itself, as it is then: later changes of the object are not seen. What cannot be
 * encoded is an {@link dev.procession.EncodingException} from {@code put}, and when memory is out that is an {@link
 * dev.procession.OutOfSharedMemoryException} from {@code put}. Items may be larger than the queue's ring; they get memory
 * of their own then. Handles of other objects may be items, too: whoever sends a handle of an anonymous object must keep its
 * own open until the receiver has taken the item, since an object without any user is freed.
 *
 * <p>When a process dies: a put that has not returned has happened or not, but never by half; other producers and
 * consumers go on at once, or within the time that it takes to notice the death if it happened inside the queue, some
 * milliseconds. An item that a process took is gone with it; {@link #consumerDeaths()} says which ones were its last. Where
 * that must not be, use a {@link JoinableProcessQueue}. A process that was merely stopped, with SIGSTOP, is not dead: should it be in the
 * midst of a put, other producers wait for it, and those that have a timeout return. A call that does not wait
 * gives up a second after the process was stopped, and says that the queue is full or empty for now.
 *
 * <p>Memory consistency effects: what a thread did before it put an item happens before what another thread does after it
 * took that item, in the same process or another.
 *
 * <p>The handle is {@link java.io.Serializable}: it travels to another process, together with its codec, and attaches there.
 * Each handle is closed by its owner. An anonymous queue is freed, with the items in it, when no process uses it any more; a
 * named one when its session ends.
 *
 * @param <E> the type of the items
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public interface ProcessQueue<E> extends AutoCloseable {
    /**
     * Creates an anonymous queue without a bound, for whatever Java serialization takes.
     *
     * @param <E> the type of the items
     */
    static <E> ProcessQueue<E> create(Session session) {
        return create(session, QueueOptions.standard());
    }

    /**
     * Creates an anonymous queue.
     *
     * @param <E> the type of the items
     */
    static <E> ProcessQueue<E> create(Session session, QueueOptions<E> options) {
        return QueueHandle.create(session, null, options);
    }

    /**
     * Creates a queue with a name that nothing else in the session has.
     *
     * @param <E> the type of the items
     * @throws dev.procession.NameInUseException if the name is taken
     */
    static <E> ProcessQueue<E> create(Session session, String name, QueueOptions<E> options) {
        return QueueHandle.create(session, name, options);
    }

    /**
     * Opens the queue of a name, or creates it.
     *
     * @param <E> the type of the items
     * @throws IllegalArgumentException if it is there with another codec, capacity or other options, or is no queue
     */
    static <E> ProcessQueue<E> open(Session session, String name, QueueOptions<E> options) {
        return QueueHandle.open(session, name, options);
    }

    /**
     * Attaches to the queue of a name, whatever its capacity.
     *
     * @param codec the one that it was created with
     * @param <E> the type of the items
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if it has another codec, or is no queue
     */
    static <E> ProcessQueue<E> attach(Session session, String name, Codec<E> codec) {
        return QueueHandle.attach(session, name, codec);
    }

    /**
     * Puts an item; waits while a bounded queue is full.
     *
     * @throws InterruptedException if this thread is interrupted; nothing was put
     * @throws QueueEndedException if the queue has ended, also during the wait
     * @throws dev.procession.EncodingException if the item cannot be encoded
     * @throws dev.procession.OutOfSharedMemoryException if there is no memory for it
     */
    void put(E item) throws InterruptedException;

    /**
     * Puts an item if there is room.
     *
     * @return false if the queue is full
     * @throws QueueEndedException if the queue has ended
     */
    boolean offer(E item);

    /**
     * Puts an item; waits at most so long while a bounded queue is full.
     *
     * @param timeout zero or less does not wait
     * @return false if the time is over
     * @throws QueueEndedException if the queue has ended, also during the wait
     */
    boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Puts an item; waits at most so long while a bounded queue is full.
     *
     * @param timeout zero or less does not wait
     * @return false if the time is over
     * @throws QueueEndedException if the queue has ended, also during the wait
     */
    boolean offer(E item, Duration timeout) throws InterruptedException;

    /**
     * Takes the first item; waits while the queue is empty.
     *
     * @throws InterruptedException if this thread is interrupted; nothing was taken
     * @throws QueueEndedException if the queue has ended and all its items were taken, also during the wait
     * @throws dev.procession.DecodingException if the item cannot be decoded here; it was taken
     */
    E take() throws InterruptedException;

    /**
     * Takes the first item if there is one.
     *
     * @return null if the queue is empty for now
     * @throws QueueEndedException if the queue has ended and all its items were taken
     */
    @Nullable
    E poll();

    /**
     * Takes the first item; waits at most so long while the queue is empty.
     *
     * @param timeout zero or less does not wait
     * @return null if the time is over
     * @throws QueueEndedException if the queue has ended and all its items were taken, also during the wait
     */
    @Nullable
    E poll(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Takes the first item; waits at most so long while the queue is empty.
     *
     * @param timeout zero or less does not wait
     * @return null if the time is over
     * @throws QueueEndedException if the queue has ended and all its items were taken, also during the wait
     */
    @Nullable
    E poll(Duration timeout) throws InterruptedException;

    /** {@return the item that was the first at some moment during this call, null if there was none} It stays in the queue. */
    @Nullable
    E peek();

    /** {@return how many items are in the queue: exact, of some moment during this call} */
    int size();

    /** {@return whether there is no item in the queue} */
    boolean isEmpty();

    /** {@return how many items can be put without waiting; {@code Integer.MAX_VALUE} without a bound} */
    int remainingCapacity();

    /**
     * Takes all items that are there when it is called, in their order. What is put meanwhile is left, so that this ends
     * however fast others put.
     *
     * @return how many were added to the collection
     */
    int drainTo(Collection<? super E> target);

    /**
     * Takes so many items at most, without waiting. When the collection refuses an item, that one was taken, and those
     * after it were not.
     *
     * @return how many were added to the collection
     */
    int drainTo(Collection<? super E> target, int maxItems);

    /**
     * Ends the queue: nothing can be put from now on, in no process. Consumers take what is there, and then see the end.
     * Idempotent.
     */
    void end();

    /** {@return whether the queue was ended: nothing will be put any more} */
    boolean isEnded();

    /** {@return whether the queue has ended and all its items were taken, and done if it is joinable} Then it stays so. */
    boolean isFinished();

    /**
     * {@return a producer's handle} Of a queue that was made with {@link QueueOptions#endWhenProducersGone()}, the queue ends
     * when the last one is closed or its process is dead. Make one for each producer before the first of them may be done.
     */
    Producer<E> producer();

    /** {@return this queue with the whole contract of a {@code BlockingQueue}} Closing stays with this handle. */
    BlockingQueue<E> asBlockingQueue();

    /**
     * {@return the processes that died after they took items, the last 16 of them, oldest first} Each names the last 12 items
     * that it took, and how many those were in all; whether it was done with them, nobody knows. Of a joinable queue that is
     * known: there each names the items whose leases it held, and who held none is not among them. Nor is a process that ended in
     * order.
     */
    List<OwnerDeath> consumerDeaths();

    /** {@return the name, or for an anonymous queue where it is} */
    String name();

    /**
     * Ends the use of the queue by this handle; changes nothing in it. Idempotent. Threads of this process that wait in it go
     * on waiting.
     */
    @Override
    void close();

    /**
     * Closes this handle.
     *
     * @return what is in the queue at that moment
     */
    QueueLeftovers closeAndReport();

    /**
     * A producer's end of a queue. It is serializable: a copy in another process is another producer. A child that gets one
     * with its start counts from then on; who sends one otherwise keeps its own open until it has arrived.
     *
     * @param <E> the type of the items
     */
    interface Producer<E> extends AutoCloseable {
        /** As {@link ProcessQueue#put}. */
        void put(E item) throws InterruptedException;

        /** As {@link ProcessQueue#offer(Object)}. */
        boolean offer(E item);

        /** As {@link ProcessQueue#offer(Object, Duration)}. */
        boolean offer(E item, Duration timeout) throws InterruptedException;

        /** This producer is done. Idempotent. */
        @Override
        void close();
    }
}
