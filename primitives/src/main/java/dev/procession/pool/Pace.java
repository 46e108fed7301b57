package dev.procession.pool;

/**
 * How long one item of some kind of work takes in a worker, as far as it is known. Soon believes that it takes less, and
 * slowly that it takes more: the first item of a fresh JVM takes a thousand times as long as the others.
 */
final class Pace {
    /** Before the first measurement: so long that nothing is sent ahead. */
    static final long UNKNOWN = 1_000_000_000L;

    private volatile double nanos = UNKNOWN;

    /** Some items together took so long. Racing callers may lose a measurement, which does not matter. */
    void measured(long total, int items) {
        if (items > 0) {
            double each = (double) total / items;
            double known = nanos;
            nanos = each < known ? (known + 7 * each) / 8 : (7 * known + each) / 8;
        }
    }

    /** Nanoseconds for so many items. */
    long expected(int items) {
        return (long) Math.min(UNKNOWN, nanos * items);
    }

    /** How many items take about so long, at least 1. */
    int itemsFor(long duration) {
        return (int) Math.max(1, Math.min(1 << 20, duration / Math.max(1, nanos)));
    }
}
