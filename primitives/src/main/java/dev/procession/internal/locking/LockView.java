package dev.procession.internal.locking;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.memory.Memory;

/** Looks at a lock that this process may have no handle of. */
public final class LockView {
    /** Where the lock lies in the block of a user's lock; the flags of {@code LockOptions} lie at 0. */
    public static final int IN_BLOCK = 64;

    /** The flag of a user's lock whose waiters are to be told of a deadlock. */
    public static final long DETECT_DEADLOCKS = 2;

    private final Memory memory;
    private final int lock;

    /** A look at the lock at an offset. */
    public LockView(Memory memory, int lock) {
        this.memory = memory;
        this.lock = lock;
    }

    /** {@return the word of the participant that holds the lock, 0 if it is free} */
    public long holder() {
        return memory.getLongVolatile(lock + LockLayout.WORD) & Owner.MASK;
    }

    /** {@return the thread that the holder's supervisor saw holding it} */
    public long ownerThread() {
        return memory.getLongAcquire(lock + LockLayout.OWNER_THREAD);
    }

    /** {@return the nanoTime before it was seen; 0 while that is written} */
    public long ownerPublished() {
        return memory.getLongVolatile(lock + LockLayout.PUBLISHED);
    }
}
