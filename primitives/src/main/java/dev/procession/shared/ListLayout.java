package dev.procession.shared;

import dev.procession.internal.locking.LockLayout;

/**
 * Where the parts of a list lie.
 *
 * <pre>
 *   0  COUNT  int   number of slots; constant
 *  64  the writers' lock, see LockLayout
 *      for each slot:
 *        0  CONTROL   long  version(29) | half(1) | type(3) | length(31); release by the writer, the commit of a change
 *        8  OFFSET    int   of its first half; constant
 *       12  CAPACITY  int   bytes of each half; constant
 *      the halves: the one that CONTROL names holds the value, the other one is the next writer's
 * </pre>
 */
final class ListLayout {
    static final int COUNT = 0;
    static final int LOCK = 64;
    static final int SLOT = 16;
    static final int OFFSET = 8;
    static final int CAPACITY = 12;

    private static final int HALF_SHIFT = 34;
    private static final int TYPE_SHIFT = 31;
    private static final long LENGTH = (1L << 31) - 1;
    private static final long VERSION_ONE = 1L << 35;

    private ListLayout() {}

    /** Where the slots begin. */
    static int slots(int participants) {
        return LOCK + LockLayout.length(participants);
    }

    /** The word of a value in the first half, never changed. */
    static long first(int type, int length) {
        return ((long) type << TYPE_SHIFT) | length;
    }

    /** The word that follows another one: the next version, in the other half. */
    static long next(long control, int type, int length) {
        long version = (control & -VERSION_ONE) + VERSION_ONE;
        long half = (long) (half(control) ^ 1) << HALF_SHIFT;
        return version | half | first(type, length);
    }

    static int half(long control) {
        return (int) (control >>> HALF_SHIFT) & 1;
    }

    static int type(long control) {
        return (int) (control >>> TYPE_SHIFT) & 7;
    }

    static int length(long control) {
        return (int) (control & LENGTH);
    }
}
