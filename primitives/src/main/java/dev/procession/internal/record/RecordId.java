package dev.procession.internal.record;

/**
 * The ids in the record of what is no block of the session's memory. Blocks are counted from 1, and never come as far as
 * these.
 */
public final class RecordId {
    private static final long PROCESS = 1L << 62;
    private static final long TASK = 1L << 61;

    /** Process ids of Linux have 22 bits; those of other systems lose what is above 29. */
    private static final long PID_MASK = (1L << 29) - 1;

    private RecordId() {}

    /** {@return the id of a process, also of one that takes no part in the session} */
    public static long process(long pid) {
        return PROCESS | (pid & PID_MASK);
    }

    /** {@return the id of a task of a pool's worker} */
    public static long task(long workerPid, int number) {
        return TASK | ((workerPid & PID_MASK) << Integer.SIZE) | (number & 0xffff_ffffL);
    }
}
