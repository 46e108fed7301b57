package dev.procession.sync;

import dev.procession.internal.waiting.WaitPoint;

/**
 * A barrier in shared memory.
 *
 * <pre>
 *    0  FLAGS       long  how it was made; never changes
 *    8  PARTIES     long  never changes
 *   16  TIMEOUT     long  nanoseconds that await() waits at most, 0 for any time; never changes
 *   64  WORD        long  see BarrierWord; CAS only. The only field that decides whether parties pass
 *   72  SEALED      long  1 when all parties were registered at one time; volatile, by who registers or resets
 *   80  RINGER      long  who changed WORD and has not rung everybody yet, 0 if nobody; a hint, volatile
 *  128  CAUSES      8 longs: why a generation ended without a pass, by its lowest bits:
 *                   owner (46) | kind (3) | generation (15); CAS, by the first that wants to end it
 *  192  BITMAP      slots of the processes that sleep for it; getAndBitwiseOr and -And
 *       ARRIVALS    PARTIES + SPARE longs: owner (46) | FAILED (1) | generation (17); CAS. Written by who is about to
 *                   arrive, and set to 0 by it when it leaves; FAILED by who resets. See BarrierPlaces
 *       REGISTERED  PARTIES longs: owner, 0 is free; CAS, by who registers, leaves, or finds the owner dead
 * </pre>
 */
final class BarrierLayout {
    static final int FLAGS = 0;
    static final int PARTIES = FLAGS + Long.BYTES;
    static final int TIMEOUT = PARTIES + Long.BYTES;
    static final int WORD = 64;
    static final int SEALED = WORD + Long.BYTES;
    static final int RINGER = SEALED + Long.BYTES;
    static final int CAUSES = 128;
    static final int CAUSE_COUNT = 8;
    static final int BITMAP = CAUSES + CAUSE_COUNT * Long.BYTES;

    static final long HAS_ACTION = 1;

    /** Room for those who have not left yet while the next ones come. If there are more of them, the next ones wait. */
    private static final int SPARE = 128;

    final int arrivals;
    final int arrivalCount;
    final int registered;
    private final int end;

    BarrierLayout(int slots, int parties) {
        arrivals = BITMAP + WaitPoint.bitmapLength(slots);
        arrivalCount = parties + SPARE;
        registered = arrivals + arrivalCount * Long.BYTES;
        end = registered + parties * Long.BYTES;
    }

    int arrival(int index) {
        return arrivals + index * Long.BYTES;
    }

    int registration(int index) {
        return registered + index * Long.BYTES;
    }

    int length() {
        return (end + 63) / 64 * 64;
    }
}
