package dev.procession.internal.locking;

/** Is told when a thread of this process goes to sleep for a lock, and when it leaves: what a deadlock report needs. */
public interface LockWatcher {
    /** Watches nothing. */
    LockWatcher NONE = new LockWatcher() {
        @Override
        public void sleeps(RobustLock lock) {}

        @Override
        public void awakes(RobustLock lock) {}
    };

    /** The current thread goes to sleep. */
    void sleeps(RobustLock lock);

    /** The current thread leaves, with the lock or without. */
    void awakes(RobustLock lock);
}
