package dev.procession.sync;

import dev.procession.OwnerDeath;
import dev.procession.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Permits that processes and threads acquire and release. There are two kinds, and which one is right follows from what a
 * death means:
 *
 * <p><b>Leased</b> ({@link SemaphoreOptions#leased}), for limits: at most three processes use the database. A permit belongs
 * to who acquired it. When that process dies its permits are available again, at once where somebody waits, within 200 ms
 * otherwise; so are those of a thread that ended in a process that lives on (unless {@link SemaphoreOptions#keptByProcess}
 * says that threads hand permits to each other). {@link #ownerDeaths} tells who it was. A release takes from the permits of
 * the calling thread, else of its process, else of the process that has had some for the longest time; if nobody has any, a
 * new permit arises, unless the semaphore is bounded.
 *
 * <p><b>Counting</b> ({@link SemaphoreOptions#counting}), for signals: five items are there. Permits belong to nobody, and
 * any process may release as many as it likes. What a process acquired and did not release is gone with it.
 *
 * <p>A stopped process (SIGSTOP, a long garbage collection) is alive and keeps what it holds; one that is stopped within the
 * half microsecond that it takes to acquire or release a leased permit holds up the others until it goes on. A process that leaves the
 * session or ends, however properly, has given back what it held of a leased semaphore.
 *
 * <p><b>Fairness.</b> Whoever comes may overtake those who wait, but a thread that has waited for a millisecond is served
 * before newcomers. Several permits are acquired at once or not at all: whoever wants many waits until so many are there at
 * one time, and among those who wait, who wants fewer finds them earlier. With steady demand for single permits by waiting
 * threads, nothing promises when it is the turn of one that wants several.
 *
 * <p><b>Handles.</b> An object of this type is a handle: small, serializable to processes of the same machine and session,
 * equal in rights to all others. Closing it ends its use here and never releases. An anonymous semaphore is freed with its
 * last handle, a named one with its session.
 *
 * <p>Memory consistency effects: what a thread did before it released is seen by whoever acquires after that.
 *
 * <pre>{@code
 * ProcessSemaphore slots = ProcessSemaphore.open(session, "connections", 3, SemaphoreOptions.leased().bounded());
 * try (ProcessSemaphore.Held held = slots.hold()) {
 *     database.query(...);
 * }
 * }</pre>
 */
public interface ProcessSemaphore extends AutoCloseable {

    /** Creates an anonymous, unbounded semaphore for signals: {@link SemaphoreOptions#counting}. */
    static ProcessSemaphore counting(Session session, int permits) {
        return create(session, permits, SemaphoreOptions.counting());
    }

    /** Creates an anonymous, unbounded semaphore for limits: {@link SemaphoreOptions#leased}. */
    static ProcessSemaphore leased(Session session, int permits) {
        return create(session, permits, SemaphoreOptions.leased());
    }

    /**
     * Creates an anonymous semaphore.
     *
     * @param permits how many are available at first; 0 or more
     * @throws IllegalArgumentException if they are negative
     */
    static ProcessSemaphore create(Session session, int permits, SemaphoreOptions options) {
        return SemaphoreHandle.create(session, null, permits, options);
    }

    /**
     * Creates a named semaphore, which must be new.
     *
     * @param permits how many are available at first; 0 or more
     * @throws IllegalArgumentException if they are negative
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static ProcessSemaphore create(Session session, String name, int permits, SemaphoreOptions options) {
        return SemaphoreHandle.create(session, name, permits, options);
    }

    /**
     * Opens the semaphore of a name, or creates it.
     *
     * @param permits how many are available at first; 0 or more
     * @throws IllegalArgumentException if they are negative, if it was made with another number or other options, or if the
     *     object of that name is no semaphore
     */
    static ProcessSemaphore open(Session session, String name, int permits, SemaphoreOptions options) {
        return SemaphoreHandle.open(session, name, permits, options);
    }

    /**
     * Attaches to the semaphore of a name, of either kind.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is no semaphore
     */
    static ProcessSemaphore attach(Session session, String name) {
        return SemaphoreHandle.attach(session, name);
    }

    /**
     * Acquires a permit, however long it takes.
     *
     * @throws InterruptedException if the thread was interrupted; nothing was acquired
     */
    void acquire() throws InterruptedException;

    /**
     * Acquires permits, all at once, however long it takes.
     *
     * @param permits 1 or more
     * @throws IllegalArgumentException if there are never so many
     * @throws InterruptedException if the thread was interrupted; nothing was acquired
     */
    void acquire(int permits) throws InterruptedException;

    /** Acquires a permit, however long it takes; an interrupt is kept for later. */
    void acquireUninterruptibly();

    /**
     * Acquires permits, all at once, however long it takes; an interrupt is kept for later.
     *
     * @param permits 1 or more
     * @throws IllegalArgumentException if there are never so many
     */
    void acquireUninterruptibly(int permits);

    /**
     * Acquires a permit if one is available now; never waits, and may overtake those who do. If the permits are leased and a
     * process was stopped in the midst of acquiring or releasing, which takes it less than a microsecond, this gives up
     * after 20 ms.
     */
    boolean tryAcquire();

    /**
     * Acquires permits if so many are available now; as {@link #tryAcquire()}.
     *
     * @param permits 1 or more
     * @throws IllegalArgumentException if there are never so many
     */
    boolean tryAcquire(int permits);

    /**
     * Acquires a permit unless the thread is interrupted or the time is over.
     *
     * @param timeout zero or less does not wait
     * @throws InterruptedException if the thread was interrupted; nothing was acquired
     */
    boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Acquires a permit unless the thread is interrupted or the time is over.
     *
     * @param timeout zero or less does not wait
     * @throws InterruptedException if the thread was interrupted; nothing was acquired
     */
    boolean tryAcquire(Duration timeout) throws InterruptedException;

    /**
     * Acquires permits, all at once, unless the thread is interrupted or the time is over.
     *
     * @param permits 1 or more
     * @param timeout zero or less does not wait
     * @throws IllegalArgumentException if there are never so many
     * @throws InterruptedException if the thread was interrupted; nothing was acquired
     */
    boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Acquires permits, all at once, unless the thread is interrupted or the time is over.
     *
     * @param permits 1 or more
     * @param timeout zero or less does not wait
     * @throws IllegalArgumentException if there are never so many
     * @throws InterruptedException if the thread was interrupted; nothing was acquired
     */
    boolean tryAcquire(int permits, Duration timeout) throws InterruptedException;

    /**
     * Acquires a permit for a block of code.
     *
     * @return what releases it when it is closed
     * @throws InterruptedException if the thread was interrupted; nothing was acquired
     */
    default Held hold() throws InterruptedException {
        return hold(1);
    }

    /**
     * Acquires permits for a block of code.
     *
     * @param permits 1 or more
     * @return what releases them when it is closed, once
     * @throws IllegalArgumentException if there are never so many
     * @throws InterruptedException if the thread was interrupted; nothing was acquired
     */
    Held hold(int permits) throws InterruptedException;

    /** Permits that are held until this is closed. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        /** Releases the permits; does nothing when it is called again. */
        @Override
        void close();
    }

    /**
     * Releases a permit.
     *
     * @throws IllegalStateException if the semaphore is bounded and has all its permits; it is as it was
     */
    void release();

    /**
     * Releases permits. A process that dies while it releases several leased permits of other processes may have released
     * some of them.
     *
     * @param permits 1 or more
     * @throws IllegalStateException if there would be more permits than the bound; nothing was released
     */
    void release(int permits);

    /** {@return how many permits are available: a look, which may be over when it returns} */
    int availablePermits();

    /**
     * Acquires all permits that are available now.
     *
     * @return how many they are, perhaps 0
     */
    int drainPermits();

    /** {@return whether permits belong to who acquired them} */
    boolean isLeased();

    /**
     * Who died, or ended as a thread, holding leased permits that were returned then: the last 16, oldest first. Always
     * empty for a counting semaphore.
     */
    List<OwnerDeath> ownerDeaths();

    /** {@return the last of {@link #ownerDeaths}} */
    Optional<OwnerDeath> lastDeath();

    /** {@return the name, or for an anonymous semaphore where it is} */
    String name();

    /** Ends the use of the semaphore by this handle; never releases. Idempotent. */
    @Override
    void close();
}
