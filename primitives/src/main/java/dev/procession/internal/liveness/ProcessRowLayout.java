package dev.procession.internal.liveness;

/**
 * One row of the process table.
 *
 * <pre>
 *    0  STATE      long  generation, 8 bits of state; CAS only. The only field that decides anything
 *    8  PID        long  its participant, before ALIVE
 *   16  STARTED    long  milliseconds since 1970; its participant
 *   24  HEARTBEAT  long  nanoTime of the participant's last tick; its participant, opaque
 *   32  PROBED     long  nanoTime of the last probe by anybody; CAS, so that one process probes
 *   40  EXIT       long  KNOWN | code (int); its participant before it halts, or its parent
 *   48  RESERVER   long  who reserved the row for a child; 0 while the row is free
 *   56  BELL       long  1 when its doorbell is bound; its participant, release
 *   64  RUNG       long  rings sent to it; getAndAdd by whoever rings
 *   72  RESCUES    long  waits that only a recheck ended; its participant
 *   80  LOST_RINGS long  rings that it could not send; its participant
 *   88  STACKS     long  number of requests for its stacks; getAndAdd by whoever asks
 *   96  SEEN_DEAD  long  milliseconds since 1970; whoever set DEAD
 *  104  ENDING     long  1 when its JVM began to end in order; its participant
 *  112  NAME_LENGTH int  bytes; its participant or reserver, before ALIVE
 *  116  NAME       UTF-8, at most NAME_MAX bytes
 * </pre>
 */
final class ProcessRowLayout {
    static final int STATE = 0;
    static final int PID = STATE + Long.BYTES;
    static final int STARTED = PID + Long.BYTES;
    static final int HEARTBEAT = STARTED + Long.BYTES;
    static final int PROBED = HEARTBEAT + Long.BYTES;
    static final int EXIT = PROBED + Long.BYTES;
    static final int RESERVER = EXIT + Long.BYTES;
    static final int BELL = RESERVER + Long.BYTES;
    static final int RUNG = BELL + Long.BYTES;
    static final int RESCUES = RUNG + Long.BYTES;
    static final int LOST_RINGS = RESCUES + Long.BYTES;
    static final int STACKS = LOST_RINGS + Long.BYTES;
    static final int SEEN_DEAD = STACKS + Long.BYTES;
    static final int ENDING = SEEN_DEAD + Long.BYTES;
    static final int NAME_LENGTH = ENDING + Long.BYTES;
    static final int NAME = NAME_LENGTH + Integer.BYTES;
    static final int LENGTH = 256;
    static final int NAME_MAX = LENGTH - NAME;

    /** The bit of EXIT that tells a known code from none. */
    static final long KNOWN = 1L << 32;

    /** The bit of EXIT, in an obituary, that says that the process ended by itself. */
    static final long IN_ORDER = 1L << 33;

    static final int FREE = 0;
    static final int RESERVED = 1;
    static final int ALIVE = 2;
    static final int DEAD = 3;

    private ProcessRowLayout() {}

    static long state(long generation, int state) {
        return generation << 8 | state;
    }

    static int state(long word) {
        return (int) (word & 0xff);
    }

    static long generation(long word) {
        return word >>> 8;
    }
}
