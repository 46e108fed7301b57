package dev.procession.sync;

/**
 * The state of a barrier, in one long. Pure arithmetic.
 *
 * <pre>
 *   63            16 15      2 1     0
 *  +----------------+---------+-------+
 *  | generation     | arrived | state |
 *  +----------------+---------+-------+
 * </pre>
 *
 * <p>The generation grows with each pass and each reset, and does not come back in the life of a machine.
 */
final class BarrierWord {
    /** Parties come. */
    static final int OPEN = 0;

    /** All have come, and the last one runs the action. */
    static final int TRIPPING = 1;

    /** Nobody passes until somebody resets it. */
    static final int BROKEN = 2;

    /** Somebody resets it: the generation has failed, and the next one begins when its parties are told. */
    static final int RESETTING = 3;

    static final int MOST_PARTIES = (1 << 14) - 1;

    private static final int GENERATION_SHIFT = 16;
    private static final int ARRIVED_SHIFT = 2;

    private BarrierWord() {}

    static long generation(long word) {
        return word >>> GENERATION_SHIFT;
    }

    static int arrived(long word) {
        return (int) (word >>> ARRIVED_SHIFT) & MOST_PARTIES;
    }

    static int state(long word) {
        return (int) word & 3;
    }

    /** Whether the generation goes on: it may still pass. */
    static boolean isGoingOn(long word) {
        return state(word) < BROKEN;
    }

    /** One party more. */
    static long arrive(long word) {
        return word + (1L << ARRIVED_SHIFT);
    }

    static long withState(long word, int state) {
        return (word & ~3L) | state;
    }

    /** The next generation, with nobody there. */
    static long next(long word) {
        return (generation(word) + 1) << GENERATION_SHIFT;
    }
}
