package dev.procession.sync;

import dev.procession.session.Session;

/**
 * A {@link ProcessLock} that its owner may take again; it is free when it was given back as often. How often it was taken
 * is known to its owner's process alone and dies with it.
 */
public interface ProcessReentrantLock extends ProcessLock {

    /** Creates an anonymous lock. */
    static ProcessReentrantLock create(Session session) {
        return create(session, LockOptions.standard());
    }

    /** Creates an anonymous lock. */
    static ProcessReentrantLock create(Session session, LockOptions options) {
        return ReentrantLockHandle.create(session, null, options);
    }

    /**
     * Creates a named lock, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static ProcessReentrantLock create(Session session, String name, LockOptions options) {
        return ReentrantLockHandle.create(session, name, options);
    }

    /** Opens the lock of a name, or creates it. */
    static ProcessReentrantLock open(Session session, String name) {
        return open(session, name, LockOptions.standard());
    }

    /**
     * Opens the lock of a name, or creates it.
     *
     * @throws IllegalArgumentException if it is there with other options, or is no reentrant lock
     */
    static ProcessReentrantLock open(Session session, String name, LockOptions options) {
        return ReentrantLockHandle.open(session, name, options);
    }

    /**
     * Attaches to the lock of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is no reentrant lock
     */
    static ProcessReentrantLock attach(Session session, String name) {
        return ReentrantLockHandle.attach(session, name);
    }

    /** {@return how often the calling thread holds the lock; 0 if it does not} */
    int getHoldCount();
}
