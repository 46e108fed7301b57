package dev.procession.internal.record;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * One moment on two clocks.
 *
 * @param nanos {@link System#nanoTime()}, in the middle of the two readings around the other clock's
 * @param wallMicros microseconds since 1970
 * @param spreadNanos how long the two readings were apart
 */
public record Anchor(long nanos, long wallMicros, long spreadNanos) {
    static final Anchor NONE = new Anchor(0, 0, Long.MAX_VALUE);

    /** A reading that the scheduler interrupted is long; the shortest of a few is not. */
    private static final int TRIES = 5;

    static Anchor take() {
        Anchor best = once();
        for (int i = 1; i < TRIES; i++) {
            Anchor again = once();
            best = again.spreadNanos < best.spreadNanos ? again : best;
        }
        return best;
    }

    private static Anchor once() {
        long before = System.nanoTime();
        Instant wall = Instant.now();
        long after = System.nanoTime();
        long micros = TimeUnit.SECONDS.toMicros(wall.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(wall.getNano());
        return new Anchor(before + (after - before) / 2, micros, after - before);
    }
}
