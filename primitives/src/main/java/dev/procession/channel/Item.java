package dev.procession.channel;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.memory.Block;

/**
 * An item that has a block of its own.
 *
 * <pre>
 *    0  LEASE  long  the process that works on it (46 bits) | attempts (8) | state (4); one store by the holder of the head's
 *                    lock. Joinable queues only
 *    8  SEQ    long  its number in the queue; who puts it
 *   16  BYTES  long  their number; likewise
 *   24  LAST   long  the process that failed last, 0 if none did; holder of the head's lock
 *   64  DATA
 * </pre>
 */
final class Item {
    static final int LEASE = 0;
    static final int SEQ = LEASE + Long.BYTES;
    static final int BYTES = SEQ + Long.BYTES;
    static final int LAST = BYTES + Long.BYTES;
    static final int DATA = 64;

    /** It lies in the queue. */
    static final int QUEUED = 0;

    /** A process has it. */
    static final int LEASED = 1;

    /** It is to be given out again. */
    static final int ORPHAN = 2;

    /** It is done, and its block is about to be freed. */
    static final int DONE = 3;

    /** It was given out too often. */
    static final int DEAD = 4;

    private static final int ATTEMPTS_SHIFT = 8;
    static final int MOST_ATTEMPTS = 255;

    private Item() {}

    static long lease(long owner, int attempts, int state) {
        return (owner & Owner.MASK) | (long) attempts << ATTEMPTS_SHIFT | state;
    }

    static int state(long lease) {
        return (int) lease & 0xF;
    }

    static int attempts(long lease) {
        return (int) (lease >>> ATTEMPTS_SHIFT) & MOST_ATTEMPTS;
    }

    static long lease(Block item) {
        return item.memory().getLongVolatile(item.offset() + LEASE);
    }

    static void setLease(Block item, long lease) {
        item.memory().setLongVolatile(item.offset() + LEASE, lease);
    }

    static long seq(Block item) {
        return item.memory().getLong(item.offset() + SEQ);
    }
}
