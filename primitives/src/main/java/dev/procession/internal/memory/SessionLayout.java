package dev.procession.internal.memory;

/**
 * The first segment of a session.
 *
 * <pre>
 *     0  {@link SegmentLayout}: magic, version, byte order, boot id, length; never changes
 *    64  HEAP_LOCK    640 bytes, the heap's lock; written by the lock alone
 *   704  SEGMENTS     int   how many segment files are in use; grows only; under the heap's lock, read anywhere (acquire)
 *   712  GENERATION   long  the last generation that a block was given; grows only; under the heap's lock
 *   720  HINT         long  the block where the next search begins; under the heap's lock
 *   768  SEQUENCE     long  the timeline's counter; getAndAdd
 *   832  FEATURES     long  bit 0 = the timeline is on; bitwise or/and, read anywhere (opaque)
 *   896  (for the layers above, see {@link #SPARE}, 192 bytes)
 *  1088  NAMES        1,024 longs  first block of each chain of names; under the heap's lock
 *  9280  rows         slot count x 256 bytes; the layer above says what is in them
 *        obituaries   64 bytes + 256 x 256 bytes; the same
 *        blocks       up to the end of the file
 * </pre>
 */
public final class SessionLayout {
    /** The heap's lock, with the bitmap of a session of the largest size. */
    public static final int HEAP_LOCK = SegmentLayout.BYTES;

    /** How many bytes lie at {@link #HEAP_LOCK}: 128 and a bit per slot. */
    public static final int HEAP_LOCK_BYTES = 128 + HeapOptions.MAX_SLOTS / Byte.SIZE;

    static final int SEGMENTS = HEAP_LOCK + HEAP_LOCK_BYTES;
    static final int GENERATION = SEGMENTS + Long.BYTES;
    static final int HINT = GENERATION + Long.BYTES;

    /** The timeline's counter; a long, alone in its cache line; getAndAdd. */
    public static final int SEQUENCE = SEGMENTS + SegmentLayout.LINE;

    /** What is switched on; a long, alone in its cache line; bits are set and cleared one by one. */
    public static final int FEATURES = SEQUENCE + SegmentLayout.LINE;

    /** The bit of {@link #FEATURES} that switches the timeline on. */
    public static final long TIMELINE = 1;

    /** Bytes that this package does not use; zero in a new session. */
    public static final int SPARE = FEATURES + SegmentLayout.LINE;

    /** How many bytes lie at {@link #SPARE}. */
    public static final int SPARE_BYTES = 192;

    /** The length of a process row. */
    public static final int ROW_BYTES = 256;

    /** The length of what stands before the obituaries. */
    public static final int OBITUARY_HEADER_BYTES = 64;

    /** The number of obituaries. */
    public static final int OBITUARIES = 256;

    /** The length of an obituary. */
    public static final int OBITUARY_BYTES = 256;

    static final int NAMES = SPARE + SPARE_BYTES;

    /** Chains of names: with 10,000 named objects each has ten. A power of two. */
    static final int NAME_CHAINS = 1024;

    private static final int ROWS = NAMES + NAME_CHAINS * Long.BYTES;

    private final int slotCount;

    /**
     * The layout of a session.
     *
     * @param slotCount how many processes can be attached at a time
     */
    public SessionLayout(int slotCount) {
        this.slotCount = slotCount;
    }

    /** {@return how many processes can be attached at a time; slots are 1..this} */
    public int slotCount() {
        return slotCount;
    }

    /**
     * Where a process's row lies.
     *
     * @param slot 1..{@link #slotCount}
     * @return the offset of its first byte
     */
    public int row(int slot) {
        return ROWS + (checkSlot(slot) - 1) * ROW_BYTES;
    }

    /** {@return the offset of what stands before the obituaries} */
    public int obituaryHeader() {
        return ROWS + slotCount * ROW_BYTES;
    }

    /**
     * Where an obituary lies.
     *
     * @param index 0..{@link #OBITUARIES} - 1
     * @return the offset of its first byte
     */
    public int obituary(int index) {
        return obituaryHeader() + OBITUARY_HEADER_BYTES + index * OBITUARY_BYTES;
    }

    /** Where the blocks begin. */
    int heap() {
        return obituary(OBITUARIES);
    }

    int checkSlot(int slot) {
        if (slot < 1 || slot > slotCount) {
            throw new IllegalArgumentException("slot must be in 1.." + slotCount + ": slot=" + slot);
        }
        return slot;
    }
}
