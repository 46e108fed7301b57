package dev.procession.sync;

import dev.procession.internal.locking.LockView;

/** How a lock is made. Immutable; each method returns a changed copy. */
public final class LockOptions {
    static final long STRICT = 1;
    static final long DETECT_DEADLOCKS = LockView.DETECT_DEADLOCKS;

    private final long flags;

    private LockOptions(long flags) {
        this.flags = flags;
    }

    /** {@return a lock that the next owner gets after a death, and that waits in a deadlock} */
    public static LockOptions standard() {
        return new LockOptions(0);
    }

    /**
     * After an owner died, nobody gets the lock until somebody has repaired what it guards: every attempt throws
     * {@link dev.procession.OwnerDiedException} until {@link ProcessLock#recover} has succeeded.
     */
    public LockOptions strict() {
        return new LockOptions(flags | STRICT);
    }

    /**
     * A thread that waits for this lock in a circle of threads that wait for each other gets a
     * {@link dev.procession.DeadlockException} instead of waiting for ever. Not a thread that takes the lock again at the end
     * of {@link ProcessCondition#await}, which has to return with the lock; {@code Session.deadlocks()} shows that one, too.
     */
    public LockOptions detectDeadlocks() {
        return new LockOptions(flags | DETECT_DEADLOCKS);
    }

    /** {@return whether a death must be recovered from} */
    public boolean isStrict() {
        return (flags & STRICT) != 0;
    }

    /** {@return whether a circle of waiting threads is an exception} */
    public boolean detectsDeadlocks() {
        return (flags & DETECT_DEADLOCKS) != 0;
    }

    long flags() {
        return flags;
    }
}
