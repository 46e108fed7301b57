package dev.procession.internal.waiting;

/**
 * How long a thread looks by itself before it goes to sleep until somebody rings.
 *
 * @param spinNanos how long it spins
 * @param pollNanos how long it then looks again after short parks, which need no help from whoever changes the state
 */
public record WaitPolicy(long spinNanos, long pollNanos) {
    /** Longer spins only heat the other threads' caches; a short wait is over by then, a long one is not. */
    private static final long MOST_SPIN = 50_000;

    /** With one processor a spinning thread keeps the one that it waits for from running. */
    public static final WaitPolicy DEFAULT =
            new WaitPolicy(Runtime.getRuntime().availableProcessors() > 1 ? MOST_SPIN : 0, 20_000_000);

    /** Sleeps at once. */
    public static final WaitPolicy BLOCKING = new WaitPolicy(0, 0);

    /** The first park of the polls; each is twice as long as the one before. */
    static final long FIRST_PARK = 50_000;

    /** The longest park of the polls. */
    static final long LONGEST_PARK = 1_000_000;
}
