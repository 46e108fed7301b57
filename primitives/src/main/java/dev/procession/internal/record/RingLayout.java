package dev.procession.internal.record;

/**
 * The bytes of one process's ring of events.
 *
 * <pre>
 *    0  MAGIC     int   written last (release): until then there is no ring
 *    4  VERSION   int
 *    8  LENGTH    int   bytes of the whole ring
 *   12  CELLS     int   how many cells, a power of two
 *   16  NAMES     int   bytes of the table of names
 *   24  PID       long
 *   32  ANCHOR    long  System.nanoTime() ...
 *   40  WALL      long  ... and microseconds since 1970 at that moment ...
 *   48  SPREAD    long  ... which lasted so many nanoseconds
 *   56  STARTED   long  milliseconds since 1970 at which the process started
 *   64  PARTICIPANT long  who writes, as lock words name it
 *  128  NEXT      long  claimed cells since the beginning, getAndAdd only; a line of its own
 *  256  NAMES_END long  bytes of the table that are in use, release; the writer's JVM has a lock for it
 *  264  NAMES_LOST long names that found no room
 *  320  the table of names, one record behind the other:
 *         +0 LENGTH int, bytes of text | +4 TYPE_LENGTH short | +6 SORT byte | +8 ID long | +16 text, padded to 8
 *  ...  the cells, 40 bytes each:
 *         +0 STAMP long | +8 SEQUENCE long | +16 TIME long | +24 OBJECT long | +32 VALUE long
 *
 *  STAMP   lap (31 bits, from 1) | thread (24) | kind (8) | BUSY (1)        0: never written
 * </pre>
 *
 * <p>The writer fills everything and readers write nothing. A cell has one writer at a time: who claimed a position takes
 * its cell by CAS from the whole record of an earlier lap to BUSY, and gives the event up if that fails. So the fields of
 * a cell whose stamp was the same and not BUSY before and after they were read belong together.
 */
final class RingLayout {
    static final int MAGIC = 0;
    static final int VERSION = MAGIC + Integer.BYTES;
    static final int LENGTH = VERSION + Integer.BYTES;
    static final int CELLS = LENGTH + Integer.BYTES;
    static final int NAMES = CELLS + Integer.BYTES;
    static final int PID = 24;
    static final int ANCHOR = PID + Long.BYTES;
    static final int WALL = ANCHOR + Long.BYTES;
    static final int SPREAD = WALL + Long.BYTES;
    static final int STARTED = SPREAD + Long.BYTES;
    static final int PARTICIPANT = STARTED + Long.BYTES;
    static final int NEXT = 128;
    static final int NAMES_END = 256;
    static final int NAMES_LOST = NAMES_END + Long.BYTES;
    static final int HEADER = 320;

    static final int THE_MAGIC = 0x50724576; // "PrEv"
    static final int THE_VERSION = 1;

    static final int NAME_LENGTH = 0;
    static final int NAME_TYPE_LENGTH = 4;
    static final int NAME_SORT = 6;
    static final int NAME_ID = 8;
    static final int NAME_TEXT = 16;
    /** A name of more bytes is cut, so that one name cannot fill the table. */
    static final int NAME_LIMIT = 240;

    static final int NAMES_AT_LEAST = 2048;

    static final int STAMP = 0;
    static final int SEQUENCE = STAMP + Long.BYTES;
    static final int TIME = SEQUENCE + Long.BYTES;
    static final int OBJECT = TIME + Long.BYTES;
    static final int VALUE = OBJECT + Long.BYTES;
    static final int CELL = VALUE + Long.BYTES;

    static final int CELLS_AT_LEAST = 16;

    static final long BUSY = 1;
    static final int KIND_SHIFT = 1;
    static final int KIND_MASK = 0xff;
    static final int THREAD_SHIFT = 9;
    static final int THREAD_MASK = 0xff_ffff;
    static final int LAP_SHIFT = 33;
    static final long LAP_MASK = 0x7fff_ffffL;

    private RingLayout() {}

    /** {@return how many bytes a ring of so many cells needs, with room for as many bytes of names as it has of cells} */
    static int length(int cells) {
        return HEADER + 2 * Math.max(cells * CELL, NAMES_AT_LEAST);
    }

    /** {@return the number of cells of a ring of so many bytes} What is left over is the table of names. */
    static int cells(int length) {
        return Integer.highestOneBit(Math.max(0, length - HEADER - NAMES_AT_LEAST) / CELL);
    }

    /** {@return the lap of a position, from 1, in 31 bits} 0 is left out: it is the stamp of an unused cell. */
    static long lap(long position, int cellsShift) {
        return (position >>> cellsShift) % LAP_MASK + 1;
    }

    /** {@return the cell of a position} */
    static int cell(long position, int cellsShift) {
        return (int) position & ((1 << cellsShift) - 1);
    }

    static long busy(long lap) {
        return lap << LAP_SHIFT | BUSY;
    }

    static long stamp(long lap, int thread, int kind) {
        return lap << LAP_SHIFT
                | (long) (thread & THREAD_MASK) << THREAD_SHIFT
                | (long) (kind & KIND_MASK) << KIND_SHIFT;
    }

    static long lap(long stamp) {
        return stamp >>> LAP_SHIFT;
    }

    /** {@return whether the cell's lap comes before another one} Laps begin again after 2^31. */
    static boolean isBefore(long lap, long other) {
        long ahead = Math.floorMod(other - lap, LAP_MASK);
        return lap == 0 || (ahead != 0 && ahead < LAP_MASK / 2);
    }

    static int thread(long stamp) {
        return (int) (stamp >>> THREAD_SHIFT) & THREAD_MASK;
    }

    static int kind(long stamp) {
        return (int) (stamp >>> KIND_SHIFT) & KIND_MASK;
    }

    static int nameSize(int textLength) {
        return (NAME_TEXT + textLength + 7) & ~7;
    }
}
