package dev.procession.sync;

import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.waiting.WaitPoint;

/**
 * The number of available permits, in one shared word; knows nothing of waiting and of leases.
 *
 * <pre>
 *   63                32 31          7 6     4 3      2      1        0
 *  +--------------------+-------------+-------+--------+------+---------+
 *  | available permits  |             | RUNG  |        | MANY | HANDOFF |
 *  +--------------------+-------------+-------+--------+------+---------+
 * </pre>
 */
final class PermitWord {
    /** Somebody was passed over for too long: only who waited that long may take permits. Cleared by the taker. */
    private static final long HANDOFF = 1;

    /** Somebody waits, or once waited, for several permits at once: a ring to one sleeper does not suffice. Never cleared. */
    private static final long MANY = 2;

    /**
     * How many sleepers were rung and have not come yet, 7 if more; a hint. Only so that a recheck is not taken for the
     * rescue of somebody whom a ring was lost for.
     */
    private static final long RUNG = 7 << 4;

    private static final long ONE_RUNG = 1 << 4;

    private static final int SHIFT = Integer.SIZE;

    private final Memory memory;
    private final int word;

    PermitWord(Memory memory, int word) {
        this.memory = memory;
        this.word = word;
    }

    static void fill(Memory memory, int word, int permits) {
        memory.setLong(word, (long) permits << SHIFT);
    }

    int available() {
        return (int) (memory.getLongVolatile(word) >>> SHIFT);
    }

    boolean isMany() {
        return (memory.getLongVolatile(word) & MANY) != 0;
    }

    /** Before the bit of a sleeper for several permits is set: who rings reads the bits first, and this then. */
    void many() {
        if (!isMany()) {
            memory.getAndOrLong(word, MANY);
            FaultPoint.reached("semaphore.many");
        }
    }

    /** A sleeper is about to be rung. */
    void rings() {
        while (true) {
            long seen = memory.getLongVolatile(word);
            if ((seen & RUNG) == RUNG || memory.compareAndSetLong(word, seen, seen + ONE_RUNG)) {
                return;
            }
        }
    }

    /** A rung sleeper has come, or nobody will. */
    void rang() {
        while (true) {
            long seen = memory.getLongVolatile(word);
            if ((seen & RUNG) == 0 || memory.compareAndSetLong(word, seen, seen - ONE_RUNG)) {
                return;
            }
        }
    }

    boolean isRingUnderWay() {
        return (memory.getLongVolatile(word) & RUNG) != 0;
    }

    /** Whether somebody who has waited so long may take permits; asks a newcomer to stand back if it may not. */
    boolean mayTake(int permits, long waitedNanos) {
        while (true) {
            long seen = memory.getLongVolatile(word);
            if (refuses(seen, permits, waitedNanos)) {
                if (handsOff(seen, waitedNanos)) {
                    if (!memory.compareAndSetLong(word, seen, seen | HANDOFF)) {
                        continue; // there may be permits now
                    }
                    FaultPoint.reached("semaphore.handoff");
                }
                return false;
            }
            return true;
        }
    }

    /** Takes permits if that many are there. */
    boolean take(int permits, long waitedNanos) {
        while (mayTake(permits, waitedNanos)) {
            long seen = memory.getLongVolatile(word);
            if (!refuses(seen, permits, waitedNanos)
                    && memory.compareAndSetLong(word, seen, (seen & ~HANDOFF) - ((long) permits << SHIFT))) {
                return true;
            }
        }
        return false;
    }

    /** Takes all that are there, and returns their number. */
    int takeAll() {
        while (true) {
            long seen = memory.getLongVolatile(word);
            if (seen >>> SHIFT == 0 || memory.compareAndSetLong(word, seen, seen & ((1L << SHIFT) - 1) & ~HANDOFF)) {
                return (int) (seen >>> SHIFT);
            }
        }
    }

    /**
     * Adds permits.
     *
     * @param most how many there may be then
     * @return how many there were; more than {@code most - permits} if nothing was added
     */
    int add(int permits, int most) {
        while (true) {
            long seen = memory.getLongVolatile(word);
            int before = (int) (seen >>> SHIFT);
            if (before > most - permits || memory.compareAndSetLong(word, seen, seen + ((long) permits << SHIFT))) {
                return before;
            }
        }
    }

    /** Sets the number, by whoever holds the lock of a leased semaphore; the flags are others' too. */
    void set(int permits) {
        while (true) {
            long seen = memory.getLongVolatile(word);
            if (memory.compareAndSetLong(word, seen, (seen & ((1L << SHIFT) - 1)) | ((long) permits << SHIFT))) {
                return;
            }
        }
    }

    private static boolean refuses(long seen, int permits, long waitedNanos) {
        return (seen >>> SHIFT) < permits || ((seen & HANDOFF) != 0 && waitedNanos < WaitPoint.PATIENCE_NANOS);
    }

    private static boolean handsOff(long seen, long waitedNanos) {
        return waitedNanos >= WaitPoint.PATIENCE_NANOS && waitedNanos != Long.MAX_VALUE && (seen & HANDOFF) == 0;
    }
}
