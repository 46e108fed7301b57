package dev.procession.internal.memory;

/**
 * The lock of a session's heap. It excludes all threads of all processes, and need not be reentrant.
 *
 * <p>When its owner died, whoever takes it over calls {@link Heap#repair} before it does anything else, within
 * {@link #lock}.
 */
public interface HeapLock {
    /** Waits until this thread holds the lock; not interruptible. */
    void lock();

    /** Gives the lock back. */
    void unlock();

    /** Makes the lock of a heap once its first segment is mapped. */
    interface Factory {
        /**
         * The lock on a word.
         *
         * @param first the session's first segment
         * @param offset where in it the lock lies
         * @return the lock
         */
        HeapLock over(Memory first, int offset);
    }
}
