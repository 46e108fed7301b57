package dev.procession.internal.liveness;

/**
 * A participant as it stands in shared words: slot and generation in the upper 46 bits, the lower 18 bits free for the
 * flags of the word. 0 is nobody. A generation never comes back, so an old word cannot be mistaken for a new owner's.
 *
 * <pre>
 *   63        48 47                      18 17          0
 *  +------------+--------------------------+-------------+
 *  | slot, from 1 | generation             | flags       |
 *  +------------+--------------------------+-------------+
 * </pre>
 */
public final class Owner {
    /** The bits that name the owner. */
    public static final long MASK = -1L << 18;

    /** The largest generation; after it a slot is not used again. */
    static final long MAX_GENERATION = (1L << 30) - 1;

    private Owner() {}

    /** {@return the word of a participant, flags zero} */
    public static long of(int slot, long generation) {
        return ((long) slot << 48) | (generation << 18);
    }

    /** {@return the slot, from 1; 0 for nobody} */
    public static int slot(long word) {
        return (int) (word >>> 48);
    }

    /** {@return the generation} */
    public static long generation(long word) {
        return (word >>> 18) & MAX_GENERATION;
    }

    /** {@return slot and generation as in the names of files: {@code 3-17}} */
    public static String text(long word) {
        return slot(word) + "-" + generation(word);
    }
}
