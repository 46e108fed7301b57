package dev.procession.internal.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The first 64 bytes of every segment file. They are written before the file has its name and never change.
 *
 * <pre>
 *    0  MAGIC      long   "processn" in ASCII, whatever the byte order
 *    8  VERSION    int    of all layouts in this package
 *   12  ORDER      int    0x01020304 in the byte order of the machine that wrote it
 *   16  BOOT_ID    long   {@link BootId}; 0 = unknown
 *   24  LENGTH     long   of the file in bytes; a multiple of 64
 *   32  INDEX      int    which segment of the session this is
 *   36  SLOTS      int    process slots of the session; decides the length of block headers
 *   40  HEAP       int    where the blocks begin; they fill the rest of the file
 *   44  (not used)
 * </pre>
 */
final class SegmentLayout {
    static final int MAGIC = 0;
    static final int VERSION = MAGIC + Long.BYTES;
    static final int ORDER = VERSION + Integer.BYTES;
    static final int BOOT_ID = ORDER + Integer.BYTES;
    static final int LENGTH = BOOT_ID + Long.BYTES;
    static final int INDEX = LENGTH + Long.BYTES;
    static final int SLOTS = INDEX + Integer.BYTES;
    static final int HEAP = SLOTS + Integer.BYTES;
    static final int BYTES = 64;

    static final long MAGIC_VALUE = ByteBuffer.wrap("processn".getBytes(StandardCharsets.US_ASCII))
            .order(ByteOrder.nativeOrder())
            .getLong();
    static final int VERSION_VALUE = 1;
    static final int ORDER_VALUE = 0x01020304;

    /** One cache line: blocks and areas begin at multiples of it, so that words of two objects never share a line. */
    static final int LINE = 64;

    /** The longest file: a mapped buffer has an int for its length. */
    static final int MAX_LENGTH = Integer.MAX_VALUE & -LINE;

    private SegmentLayout() {}

    static int alignUp(int bytes) {
        return Math.addExact(bytes, LINE - 1) & -LINE;
    }

    /** Writes the header and, behind it, one free block that fills the rest. */
    static void format(Memory segment, int index, int slotCount, int heap) {
        segment.setInt(VERSION, VERSION_VALUE);
        segment.setInt(ORDER, ORDER_VALUE);
        segment.setLong(BOOT_ID, BootId.VALUE);
        segment.setLong(LENGTH, segment.size());
        segment.setInt(INDEX, index);
        segment.setInt(SLOTS, slotCount);
        segment.setInt(HEAP, heap);
        segment.setLong(heap + BlockLayout.SIZE, (long) segment.size() - heap);
        segment.setLongRelease(MAGIC, MAGIC_VALUE);
    }
}
