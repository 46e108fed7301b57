package dev.procession.sync;

import dev.procession.OwnerDeath;
import dev.procession.session.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;

/**
 * A lock of processes and threads. It is owned by one thread of one process, and it is not reentrant: a thread that holds
 * it and calls {@link #lock} waits for itself (see {@link ProcessReentrantLock}).
 *
 * <p><b>When its owner dies</b>, as a whole process or as a thread, the lock is given to the next one within a second. That
 * one sees in {@link #ownerDeath} that and how the owner before it died, and may check what the lock guards. A lock made
 * with {@link LockOptions#strict} refuses instead, with {@link dev.procession.OwnerDiedException}, until
 * {@link #recover} was called. A stopped process (SIGSTOP, a long garbage collection) is alive and keeps what it holds. A
 * process that ends in order with a lock held says so on its standard error; {@code -Dprocession.lockSites=true} lets it
 * say, too, where the lock was taken.
 *
 * <p><b>Fairness.</b> Whoever comes may overtake those who wait, but nobody is overtaken for long: a thread that has waited
 * for a millisecond is served before newcomers.
 *
 * <p><b>Handles.</b> An object of this type is a handle: small, serializable to processes of the same machine and session,
 * equal in rights to all others. Closing it ends its use here and never unlocks. An anonymous lock is freed with its last
 * handle, a named one with its session.
 *
 * <pre>{@code
 * ProcessLock lock = ProcessLock.open(session, "journal");
 * try (ProcessLock.Held held = lock.hold()) {
 *     lock.ownerDeath().ifPresent(death -> journal.check());
 *     journal.append(entry);
 * }
 * }</pre>
 */
public interface ProcessLock extends Lock, AutoCloseable {

    /** Creates an anonymous lock. */
    static ProcessLock create(Session session) {
        return create(session, LockOptions.standard());
    }

    /** Creates an anonymous lock. */
    static ProcessLock create(Session session, LockOptions options) {
        return LockHandle.create(session, null, options);
    }

    /**
     * Creates a named lock, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static ProcessLock create(Session session, String name, LockOptions options) {
        return LockHandle.create(session, name, options);
    }

    /** Opens the lock of a name, or creates it. */
    static ProcessLock open(Session session, String name) {
        return open(session, name, LockOptions.standard());
    }

    /**
     * Opens the lock of a name, or creates it.
     *
     * @throws IllegalArgumentException if it is there with other options, or is no lock
     */
    static ProcessLock open(Session session, String name, LockOptions options) {
        return LockHandle.open(session, name, options);
    }

    /**
     * Attaches to the lock of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is no lock
     */
    static ProcessLock attach(Session session, String name) {
        return LockHandle.attach(session, name);
    }

    /**
     * Takes the lock, however long it takes.
     *
     * @throws dev.procession.OwnerDiedException if the lock is strict, an owner died, and nobody recovered it yet
     */
    @Override
    void lock();

    /**
     * Takes the lock unless this thread is interrupted.
     *
     * @throws InterruptedException if it was; the lock is not held
     * @throws dev.procession.OwnerDiedException as in {@link #lock}
     */
    @Override
    void lockInterruptibly() throws InterruptedException;

    /**
     * Takes the lock if it is free now; never waits, and may overtake those who do.
     *
     * @throws dev.procession.OwnerDiedException as in {@link #lock}
     */
    @Override
    boolean tryLock();

    /**
     * Takes the lock unless this thread is interrupted or the time is over.
     *
     * @param timeout zero or less does not wait
     * @throws InterruptedException if it was interrupted; the lock is not held
     * @throws dev.procession.OwnerDiedException as in {@link #lock}
     */
    @Override
    boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Takes the lock unless this thread is interrupted or the time is over.
     *
     * @param timeout zero or less does not wait
     * @throws InterruptedException if it was interrupted; the lock is not held
     * @throws dev.procession.OwnerDiedException as in {@link #lock}
     */
    boolean tryLock(Duration timeout) throws InterruptedException;

    /**
     * Gives the lock back.
     *
     * @throws IllegalMonitorStateException if this thread does not hold it; the message names who does, and the lock is as
     *     it was
     */
    @Override
    void unlock();

    /**
     * Takes the lock for a block of code.
     *
     * @return what gives it back when it is closed
     */
    default Held hold() {
        lock();
        return this::unlock;
    }

    /** A lock that is held until this is closed, by the thread that took it. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        /** Gives the lock back. */
        @Override
        void close();
    }

    /** {@return a new condition of this lock, for all processes that get its handle} */
    @Override
    ProcessCondition newCondition();

    /** {@return whether the calling thread holds the lock} */
    boolean isHeldByCurrentThread();

    /** {@return whether somebody holds the lock, dead or alive: a look, which may be over when it returns} */
    boolean isLocked();

    /**
     * How the owner before this one died.
     *
     * @return empty if it gave the lock back, or if the calling thread does not hold the lock
     */
    Optional<OwnerDeath> ownerDeath();

    /**
     * Sets what is called in this process when a thread of it gets the lock after an owner died: by that thread, before it
     * goes on. An exception that it throws gives the lock back, and reaches the thread.
     */
    void onOwnerDeath(Consumer<OwnerDeath> listener);

    /**
     * Repairs what a strict lock guards: takes the lock although its owner died, and says that the data are consistent when
     * the repair has returned. If it throws, the lock is as inconsistent as before. Does nothing but run the repair when
     * nobody died.
     *
     * @param repair runs with the lock held
     */
    void recover(Runnable repair);

    /** {@return the name, or for an anonymous lock where it is} */
    String name();

    /** Ends the use of the lock by this handle; never unlocks. Idempotent. */
    @Override
    void close();
}
