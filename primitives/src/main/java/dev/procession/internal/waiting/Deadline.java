package dev.procession.internal.waiting;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Points in time on {@link System#nanoTime()}'s scale, as longs, so that waiting allocates nothing. Absolute: a wake-up
 * whose permit was stolen must not restart a timeout.
 */
public final class Deadline {
    /** Never; a wait without a timeout. */
    public static final long NEVER = Long.MAX_VALUE;

    private Deadline() {}

    /** {@return the point that lies some nanoseconds ahead; now for a negative number} */
    public static long inNanos(long nanos) {
        long now = System.nanoTime();
        // A wait of more than 146 years wraps; it is as good as for ever.
        return nanos > Long.MAX_VALUE / 2 ? NEVER : notNever(now + Math.max(nanos, 0));
    }

    /** {@return the point that lies some time ahead} */
    public static long in(long timeout, TimeUnit unit) {
        return inNanos(unit.toNanos(timeout));
    }

    /** {@return the point that lies some time ahead} */
    public static long in(Duration timeout) {
        try {
            return inNanos(timeout.toNanos());
        } catch (ArithmeticException e) {
            return timeout.isNegative() ? inNanos(0) : NEVER;
        }
    }

    /** {@return nanoseconds until a deadline; 0 or less when it has passed} */
    public static long remaining(long deadline) {
        return deadline == NEVER ? Long.MAX_VALUE : deadline - System.nanoTime();
    }

    private static long notNever(long deadline) {
        return deadline == NEVER ? NEVER - 1 : deadline;
    }
}
