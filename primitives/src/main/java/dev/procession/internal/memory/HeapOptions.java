package dev.procession.internal.memory;

/**
 * How large a session is made.
 *
 * @param slotCount how many processes can be attached at a time; a multiple of 64
 * @param firstSegmentBytes length of the first segment; made larger if the tables alone need more, smaller if that is more
 *     than a quarter of the free space
 */
public record HeapOptions(int slotCount, int firstSegmentBytes) {
    /** A gen and a slot fit in 46 bits with any of these; a row each makes the first segment 1 MiB larger at most. */
    static final int MAX_SLOTS = 4096;

    /** Docker gives /dev/shm 64 MB by default, and a session must not take much of it before it is asked for anything. */
    private static final int FIRST_SEGMENT = 1 << 20;

    /** Checks the slot count. */
    public HeapOptions {
        if (slotCount < 64 || slotCount > MAX_SLOTS || slotCount % 64 != 0) {
            throw new IllegalArgumentException("the number of processes must be a multiple of 64 in 64.." + MAX_SLOTS
                    + ": slotCount=" + slotCount);
        }
    }

    /** {@return 512 processes and one MiB} */
    public static HeapOptions standard() {
        return new HeapOptions(512, FIRST_SEGMENT);
    }
}
