package dev.procession;

/**
 * A thread waits in a circle of threads of which each waits for a lock that the next one holds: nobody in it would ever
 * go on. Thrown only by locks that were made with deadlock detection. The caller does not own the lock.
 */
public final class DeadlockException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    /**
     * A deadlock.
     *
     * @param message the circle: who holds what, who waits for what
     */
    public DeadlockException(String message) {
        super(message);
    }
}
