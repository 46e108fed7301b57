package dev.procession.channel;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that hold items one behind the other: the ring, or a block of its own.
 *
 * <pre>
 *   of a block:
 *    0  NEXT     reference: where the jump at its end leads, 0 = back to the ring; holder of the tail's lock
 *   16  NEXT_AT  long  the place there; likewise
 *   24  LEFT_AT  long  the place in the ring behind the jump that led out of it; likewise, before it is a part of the queue
 *   32  items
 * </pre>
 *
 * <p>There are always 8 bytes free behind the last item, for the jump to the next extent.
 */
final class Extent {
    static final int NEXT = 0;
    static final int NEXT_AT = 16;
    static final int LEFT_AT = 24;
    static final int ITEMS = 32;

    /** What every item begins with, and what a jump is. */
    static final int HEADER = Long.BYTES;

    static final int INLINE = 1;

    /** The bytes are a reference to a block with the item. */
    static final int IN_BLOCK = 2;

    /** The next item is at the beginning of the ring. */
    static final int WRAP = 3;

    /** The next item is in another extent. */
    static final int JUMP = 4;

    /** It was an item, and is none any more. */
    static final int REMOVED = 5;

    final @Nullable Block block;
    final long id;
    final long gen;
    final Memory memory;
    private final int base;
    private final int size;

    private Extent(@Nullable Block block, Memory memory, int base, int size) {
        this.block = block;
        this.id = block == null ? 0 : block.id();
        this.gen = block == null ? 0 : block.gen();
        this.memory = memory;
        this.base = base;
        this.size = size;
    }

    static Extent ring(Memory memory, int base, int size) {
        return new Extent(null, memory, base, size);
    }

    static Extent of(Block block) {
        return new Extent(block, block.memory(), block.offset(), block.size());
    }

    boolean isRing() {
        return block == null;
    }

    int size() {
        return size;
    }

    /** Where a place lies in {@link #memory}. */
    int offset(long at) {
        return base + (block == null ? (int) at & (size - 1) : (int) at);
    }

    /** How many bytes there are from a place of the ring to its end. */
    int toEnd(long at) {
        return size - ((int) at & (size - 1));
    }

    long header(long at) {
        return memory.getLong(offset(at));
    }

    void setHeader(long at, int kind, int length) {
        memory.setLong(offset(at), (long) kind << Integer.SIZE | length);
    }

    /** The same where an item was: from here on there is none. */
    void markRemoved(long at, int length) {
        memory.setLongRelease(offset(at), (long) REMOVED << Integer.SIZE | length);
    }

    static int kind(long header) {
        return (int) (header >>> Integer.SIZE);
    }

    static int length(long header) {
        return (int) header;
    }

    /** What an item of so many bytes takes, with its header. */
    static int space(int length) {
        return HEADER + ((length + 7) & -8);
    }

    long field(int field) {
        return memory.getLong(base + field);
    }

    void setField(int field, long value) {
        memory.setLongRelease(base + field, value);
    }
}
