package dev.procession.sync;

import dev.procession.session.Session;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * A condition of a {@link ProcessLock}: threads of all processes wait for it, and are signalled by any of them.
 *
 * <p><b>Who waits for whom.</b> To wait, signal, or ask for the waiters' number, a thread must hold the lock. {@code await}
 * gives the lock back, however often a reentrant one is held, and takes it as often before it returns, also when the time is
 * over, or the thread was interrupted. A signal goes to who has waited longest. Signallers never wait: a signalled
 * thread goes on when the lock is given back, one thread after the other. A waiter that was signalled and interrupted at the
 * same time returns, and its interrupt is kept. As with every condition, a thread may be woken for nothing: wait in a loop,
 * or let {@link #awaitUntil(BooleanSupplier)} do so. A signal that comes when nobody waits is lost.
 *
 * <p><b>When a process dies.</b> A waiter that is dead is left out. If it died between its signal and its return, its signal
 * goes to another one, for which that may be one signal too many. If the lock's owner dies, all waiters are woken, since
 * it may have been about to signal; and if all that is left wait for the condition, one of them takes the lock over. Who
 * then comes first holds the lock and sees in {@link ProcessLock#ownerDeath} what happened.
 *
 * <p><b>With a strict lock</b> {@code await} throws {@link dev.procession.OwnerDiedException} if an owner died and nobody
 * recovered the lock yet. Other than with {@link ProcessLock#lock} the lock <em>is held</em> then, so that the caller's
 * {@code finally} can give it back; it stays inconsistent, and the caller may call {@link ProcessLock#recover}. Every other
 * waiter gets the same, unless somebody recovers the lock: then all of them return.
 *
 * <p><b>Memory consistency effects</b> are those of the lock.
 *
 * <p><b>Handles.</b> An object of this type is a handle: small, serializable to processes of the same machine and session,
 * equal in rights to all others; it brings the lock with it. An anonymous condition is freed with its last handle, a named
 * one with its session.
 *
 * <pre>{@code
 * ProcessLock lock = ProcessLock.create(session);
 * ProcessCondition notEmpty = lock.newCondition();
 *
 * try (ProcessLock.Held held = lock.hold()) {              // a consumer
 *     notEmpty.awaitUntil(() -> count.get() > 0);
 *     take();
 * }
 * try (ProcessLock.Held held = lock.hold()) {              // a producer
 *     put(item);
 *     notEmpty.signal();
 * }
 * }</pre>
 */
public interface ProcessCondition extends Condition, AutoCloseable {

    /**
     * Creates an anonymous condition.
     *
     * @param lock its lock; need not be held
     */
    static ProcessCondition create(ProcessLock lock) {
        return lock.newCondition();
    }

    /**
     * Creates a named condition, which must be new.
     *
     * @param lock its lock; need not be held
     * @throws dev.procession.NameInUseException if the session has an object of that name
     * @throws IllegalArgumentException if the lock is of another session
     */
    static ProcessCondition create(Session session, String name, ProcessLock lock) {
        return ConditionHandle.create(session, name, lock);
    }

    /**
     * Opens the condition of a name, or creates it.
     *
     * @param lock its lock; need not be held
     * @throws IllegalArgumentException if it is there and belongs to another lock, or is no condition, or if the lock is
     *     of another session
     */
    static ProcessCondition open(Session session, String name, ProcessLock lock) {
        return ConditionHandle.open(session, name, lock);
    }

    /**
     * Attaches to the condition of a name.
     *
     * @param lock its lock; need not be held
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if it belongs to another lock, or is no condition, or if the lock is of another
     *     session
     */
    static ProcessCondition attach(Session session, String name, ProcessLock lock) {
        return ConditionHandle.attach(session, name, lock);
    }

    /**
     * Waits until it is signalled.
     *
     * @throws IllegalMonitorStateException if this thread does not hold the lock; the message names who does
     * @throws InterruptedException if it is interrupted; the lock is held
     * @throws dev.procession.OwnerDiedException if the lock is strict and an owner died; the lock is held
     */
    @Override
    void await() throws InterruptedException;

    /**
     * Waits until it is signalled. An interrupt is kept for later.
     *
     * @throws IllegalMonitorStateException if this thread does not hold the lock; the message names who does
     * @throws dev.procession.OwnerDiedException if the lock is strict and an owner died; the lock is held
     */
    @Override
    void awaitUninterruptibly();

    /**
     * Waits until it is signalled or the time is over.
     *
     * @return what is left of the time; zero or less if it is over
     * @throws IllegalMonitorStateException as in {@link #await()}
     * @throws InterruptedException as in {@link #await()}
     * @throws dev.procession.OwnerDiedException as in {@link #await()}
     */
    @Override
    long awaitNanos(long nanosTimeout) throws InterruptedException;

    /**
     * Waits until it is signalled or the time is over.
     *
     * @param time zero or less gives the lock back, and takes it again
     * @return false if the time is over and it was not signalled
     * @throws IllegalMonitorStateException as in {@link #await()}
     * @throws InterruptedException as in {@link #await()}
     * @throws dev.procession.OwnerDiedException as in {@link #await()}
     */
    @Override
    boolean await(long time, TimeUnit unit) throws InterruptedException;

    /**
     * Waits until it is signalled or the time is over.
     *
     * @param timeout zero or less gives the lock back, and takes it again
     * @return false if the time is over and it was not signalled
     * @throws IllegalMonitorStateException as in {@link #await()}
     * @throws InterruptedException as in {@link #await()}
     * @throws dev.procession.OwnerDiedException as in {@link #await()}
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Waits until it is signalled or a point in time has come, by the clock as it is set when this is called.
     *
     * @return false if that time has come and it was not signalled
     * @throws IllegalMonitorStateException as in {@link #await()}
     * @throws InterruptedException as in {@link #await()}
     * @throws dev.procession.OwnerDiedException as in {@link #await()}
     */
    @Override
    boolean awaitUntil(Date deadline) throws InterruptedException;

    /**
     * Waits, however often it is signalled, until something holds. Whether it does is asked at once, so that a signal that
     * came before does no harm by being lost.
     *
     * @param predicate asked with the lock held; what it throws reaches the caller, who holds the lock
     * @throws IllegalMonitorStateException as in {@link #await()}
     * @throws InterruptedException as in {@link #await()}
     * @throws dev.procession.OwnerDiedException as in {@link #await()}
     */
    void awaitUntil(BooleanSupplier predicate) throws InterruptedException;

    /**
     * Waits, however often it is signalled, until something holds or the time is over.
     *
     * @param predicate asked with the lock held; what it throws reaches the caller, who holds the lock
     * @return whether it holds
     * @throws IllegalMonitorStateException as in {@link #await()}
     * @throws InterruptedException as in {@link #await()}
     * @throws dev.procession.OwnerDiedException as in {@link #await()}
     */
    boolean awaitUntil(BooleanSupplier predicate, long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Waits, however often it is signalled, until something holds or the time is over.
     *
     * @param predicate asked with the lock held; what it throws reaches the caller, who holds the lock
     * @return whether it holds
     * @throws IllegalMonitorStateException as in {@link #await()}
     * @throws InterruptedException as in {@link #await()}
     * @throws dev.procession.OwnerDiedException as in {@link #await()}
     */
    boolean awaitUntil(BooleanSupplier predicate, Duration timeout) throws InterruptedException;

    /**
     * Signals the one that has waited longest, if anybody waits. Never waits.
     *
     * @throws IllegalMonitorStateException if this thread does not hold the lock; the message names who does
     */
    @Override
    void signal();

    /**
     * Signals those that have waited longest. Never waits.
     *
     * @param waiters at most how many
     * @throws IllegalArgumentException if that is negative
     * @throws IllegalMonitorStateException if this thread does not hold the lock; the message names who does
     */
    void signal(int waiters);

    /**
     * Signals everybody who waits. Never waits.
     *
     * @throws IllegalMonitorStateException if this thread does not hold the lock; the message names who does
     */
    @Override
    void signalAll();

    /**
     * {@return how many threads of all processes wait and were not signalled yet}
     *
     * @throws IllegalMonitorStateException if this thread does not hold the lock; the message names who does
     */
    int waiters();

    /** {@return its lock: a handle that is closed with this one} */
    ProcessLock lock();

    /** {@return the name, or for an anonymous condition where it is} */
    String name();

    /** Ends the use of the condition by this handle; signals nobody. Idempotent. */
    @Override
    void close();
}
