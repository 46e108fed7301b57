package dev.procession.manager;

import dev.procession.OwnerDeath;
import org.jspecify.annotations.Nullable;

/** What a lock is asked from afar. */
interface LockCalls {
    /** Not taken: the time is over. */
    int NO = 0;

    /** Taken. */
    int TAKEN = 1;

    /** Taken, and the owner before died. */
    int AFTER_DEATH = 2;

    @Waits
    @Holds
    int acquire(boolean evenIfInconsistent, long nanos) throws InterruptedException;

    @Waits
    @Holds
    int acquireUninterruptibly(boolean evenIfInconsistent, long nanos);

    void release();

    int holdCount();

    boolean isLocked();

    @Nullable
    OwnerDeath ownerDeath();

    /** The owner says that what the lock guards is consistent again. */
    void markConsistent();

    Object newCondition();

    String describe();
}
