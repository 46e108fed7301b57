package dev.procession.sync;

/**
 * The state of a barrier, in one long. Pure arithmetic.
 *
 * <pre>
 *   63        40 39       16 15      2 1     0
 *  +------------+-----------+---------+-------+
 *  | generation | history   | arrived | state |
 *  +------------+-----------+---------+-------+
 * </pre>
 *
 * <p>The generation grows with each pass and each reset. The history tells how the generations before it ended, the last
 * one in the lowest bit: 1 if the parties passed, 0 if they did not. A party that is slow to look, while others are in a
 * later generation, learns from it what became of its own.
 */
final class BarrierWord {
    /** Parties come. */
    static final int OPEN = 0;

    /** All have come, and the last one runs the action. */
    static final int TRIPPING = 1;

    /** Nobody passes until somebody resets it. */
    static final int BROKEN = 2;

    static final int MOST_PARTIES = (1 << 14) - 1;

    /** How many generations back the history reaches. */
    static final int REMEMBERED = 24;

    static final long GENERATIONS = 1L << 24;

    private static final int GENERATION_SHIFT = 40;
    private static final int HISTORY_SHIFT = 16;
    private static final int ARRIVED_SHIFT = 2;
    private static final long HISTORY_MASK = (1L << REMEMBERED) - 1;

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

    /** One party more. */
    static long arrive(long word) {
        return word + (1L << ARRIVED_SHIFT);
    }

    static long withState(long word, int state) {
        return (word & ~3L) | state;
    }

    /** The next generation, with nobody there. */
    static long next(long word, boolean passed) {
        long generation = (generation(word) + 1) % GENERATIONS;
        long history = (((word >>> HISTORY_SHIFT) & HISTORY_MASK) << 1 | (passed ? 1 : 0)) & HISTORY_MASK;
        return generation << GENERATION_SHIFT | history << HISTORY_SHIFT;
    }

    /** Whether a generation that is over ended by a pass; false too if that is not remembered. */
    static boolean passed(long word, long generation) {
        long ago = (generation(word) - generation) & (GENERATIONS - 1);
        return ago >= 1 && ago <= REMEMBERED && (word >>> (HISTORY_SHIFT + ago - 1) & 1) == 1;
    }
}
