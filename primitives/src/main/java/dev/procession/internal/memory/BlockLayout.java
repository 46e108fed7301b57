package dev.procession.internal.memory;

/**
 * A block: its header, its payload, and behind that its name. Blocks lie one behind the other, from where a segment's
 * blocks begin to its end, so that SIZE leads from each to the next. All begin at multiples of 64.
 *
 * <pre>
 *    0  SIZE        long  of the whole block in bytes, a multiple of 64; ONE store of it merges or splits
 *    8  STATE       long  0 = free; else the owner's slot and generation | ALLOCATING or PUBLISHED; ONE store of it
 *                         allocates, publishes or frees
 *   16  GENERATION  long  tells this block from all others of the session, earlier ones at this place included
 *   24  NAME_HASH   long
 *   32  NEXT_NAMED  long  the next block in the chain of its name; 0 = the last
 *   40  TYPE        int   what the payload is; the layer above numbers them
 *   44  PAYLOAD     int   length of the payload in bytes
 *   48  NAME        int   length of the name in bytes of UTF-8; 0 = anonymous
 *   52  HAS_PARTS   int   1 = there are, or were, parts of this block
 *   56  PART_OF     long  the generation of the block that this one is a part of, while PUBLISHED; 0 = none
 *   64  USERS       a bit for each process slot
 *       payload, at a multiple of 64
 *       name
 * </pre>
 *
 * Of a free block only SIZE and STATE mean anything: 64 bytes are enough for one, so that every rest can be one. All
 * fields are written under the heap's lock, before STATE says that the block is in use, but for USERS, NEXT_NAMED,
 * HAS_PARTS and PART_OF, which change later under that lock, too.
 *
 * <p>A part belongs to another block rather than to processes: it has no users, and is freed with that one.
 */
final class BlockLayout {
    static final int SIZE = 0;
    static final int STATE = SIZE + Long.BYTES;
    static final int GENERATION = STATE + Long.BYTES;
    static final int NAME_HASH = GENERATION + Long.BYTES;
    static final int NEXT_NAMED = NAME_HASH + Long.BYTES;
    static final int TYPE = NEXT_NAMED + Long.BYTES;
    static final int PAYLOAD = TYPE + Integer.BYTES;
    static final int NAME = PAYLOAD + Integer.BYTES;
    static final int HAS_PARTS = NAME + Integer.BYTES;
    static final int PART_OF = HAS_PARTS + Integer.BYTES;
    static final int USERS = SegmentLayout.LINE;

    static final long FREE = 0;
    static final long ALLOCATING = 1;
    static final long PUBLISHED = 2;

    /** The bits of STATE that say whose it is; those below carry flags. */
    static final long OWNER = -1L << 18;

    private static final int OWNER_SLOT_SHIFT = 48;

    private BlockLayout() {}

    /** How far the payload lies behind the block's first byte. */
    static int headerBytes(int slotCount) {
        return SegmentLayout.alignUp(USERS + slotCount / Byte.SIZE);
    }

    static int slotOf(long state) {
        return (int) (state >>> OWNER_SLOT_SHIFT);
    }
}
