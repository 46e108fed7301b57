package dev.procession.internal.locking;

import dev.procession.internal.waiting.WaitPoint;

/**
 * A lock in shared memory.
 *
 * <pre>
 *    0  WORD          long  owner (46 bits) | flags; CAS only. The only field that decides anything
 *    8  OWNER_THREAD  long  thread id in the owner's JVM; the supervisor there, while others sleep
 *   16  LAST_DEAD     long  the last owner that died holding it; whoever took it over
 *   24  DEAD_THREAD   long  its thread, 0 if the whole process died; likewise
 *   32  DEAD_SEEN     long  milliseconds since 1970; likewise
 *   40  HOLDER_SEEN   long  the owner that a waiter last saw; any waiter, opaque
 *   48  HOLDER_SINCE  long  milliseconds since 1970 when it saw that one first; likewise
 *   56  PUBLISHED     long  nanoTime before OWNER_THREAD was looked up, 0 while it is written; the same
 *   64  DEAD_NAME     the dead thread's name: length (int) and at most 60 bytes
 *  128  BITMAP        the slots of the processes that sleep for it; getAndBitwiseOr and -And
 * </pre>
 */
public final class LockLayout {
    static final int WORD = 0;
    static final int OWNER_THREAD = WORD + Long.BYTES;
    static final int LAST_DEAD = OWNER_THREAD + Long.BYTES;
    static final int DEAD_THREAD = LAST_DEAD + Long.BYTES;
    static final int DEAD_SEEN = DEAD_THREAD + Long.BYTES;
    static final int HOLDER_SEEN = DEAD_SEEN + Long.BYTES;
    static final int HOLDER_SINCE = HOLDER_SEEN + Long.BYTES;
    static final int PUBLISHED = HOLDER_SINCE + Long.BYTES;
    static final int DEAD_NAME = 64;
    static final int DEAD_NAME_MAX = 60;
    static final int BITMAP = 128;

    /** Somebody sleeps: unlock must ring. Set by a sleeper, cleared by the owner when nobody sleeps any more. */
    static final long WAITERS = 1;

    /** Somebody was passed over for too long: only who waited that long may take the free word. Cleared by the taker. */
    static final long HANDOFF = 2;

    /** An owner died and nobody has said yet that the data are consistent. */
    static final long INCONSISTENT = 4;

    /** A ring is under way: unlock need not ring again. Cleared by the taker, or by the rung one if it finds nothing. */
    static final long RUNG = 8;

    private LockLayout() {}

    /**
     * The size of a lock.
     *
     * @param slots how many participants the session can have
     * @return bytes, a multiple of 64
     */
    public static int length(int slots) {
        return (BITMAP + WaitPoint.bitmapLength(slots) + 63) / 64 * 64;
    }
}
