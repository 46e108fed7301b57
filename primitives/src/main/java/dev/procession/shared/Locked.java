package dev.procession.shared;

import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.internal.participant.SessionBound;
import dev.procession.session.Session;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import java.io.Serializable;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Shared data and the lock that guards them, which travel together.
 *
 * <pre>{@code
 * Locked<SharedInt> total = Locked.of(session, SharedInt.create(session, 0));
 * total.accept(t -> t.setPlain(2 * t.getPlain() + 1)); // one step for all processes that do the same
 * }</pre>
 *
 * <p>It guards what is done through it. Who has the data by another way does not wait for the lock.
 *
 * <p><b>When a process dies</b> holding the lock, the data may be half-changed; the next owner sees that in
 * {@code getLock().ownerDeath()}, or is refused if the lock is strict.
 *
 * @param <T> the type of the data
 */
public final class Locked<T extends SharedData> implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // every handle of this library is serializable; another engine's must be, to be used so
    private final T object;

    @SuppressWarnings("serial") // so is every lock
    private final ProcessLock lock;

    /** The lock's handle is somebody else's. False where this object arrives: the handle was made there for it. */
    private final transient boolean given;

    private Locked(T object, ProcessLock lock, boolean given) {
        this.object = object;
        this.lock = lock;
        this.given = given;
    }

    /**
     * Gives data a reentrant lock of their own.
     *
     * @param session the session that the data are in
     * @param object the data
     * @throws IllegalArgumentException if they are in another session
     */
    public static <T extends SharedData> Locked<T> of(Session session, T object) {
        requireSame(object, SessionAccess.of(session), "session " + session.path());
        return new Locked<>(object, ProcessReentrantLock.create(session), false);
    }

    /**
     * Guards data by a lock that is there, which may guard other data too.
     *
     * @param object the data
     * @param lock the lock; closing this object does not close it
     * @throws IllegalArgumentException if the lock is in another session than the data
     */
    public static <T extends SharedData> Locked<T> of(T object, ProcessLock lock) {
        if (lock instanceof SessionBound bound) {
            requireSame(object, bound.participant(), "lock " + lock.name());
        }
        return new Locked<>(object, lock, true);
    }

    private static void requireSame(SharedData object, Participant session, String what) {
        if (object instanceof Handle handle && handle.participant() != session) {
            throw new IllegalArgumentException(what + " is of " + session.directory() + ", but " + object + " is of "
                    + handle.participant().directory() + ": both must be of one session");
        }
    }

    /**
     * Does something with the data, holding the lock.
     *
     * @param action gets the data
     * @return what the action returns
     * @throws dev.procession.OwnerDiedException if the lock is strict and its owner died
     */
    public <R> R apply(Function<? super T, ? extends R> action) {
        lock.lock();
        try {
            return action.apply(object);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something with the data, holding the lock.
     *
     * @param action gets the data
     * @throws dev.procession.OwnerDiedException if the lock is strict and its owner died
     */
    public void accept(Consumer<? super T> action) {
        lock.lock();
        try {
            action.accept(object);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the lock} */
    public ProcessLock getLock() {
        return lock;
    }

    /** {@return the data, without a lock} */
    public T getObject() {
        return object;
    }

    /** Closes the data and, unless it was given, the lock. Idempotent. */
    @Override
    public void close() {
        object.close();
        if (!given) {
            lock.close();
        }
    }

    @Override
    public String toString() {
        return object + ", guarded by " + lock;
    }
}
