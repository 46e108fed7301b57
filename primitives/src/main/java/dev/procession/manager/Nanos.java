package dev.procession.manager;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a call may wait, as it travels: nanoseconds from its arrival on; the largest number is for ever. */
final class Nanos {
    static final long FOR_EVER = Long.MAX_VALUE;

    private Nanos() {}

    static long of(long timeout, TimeUnit unit) {
        return Math.max(0, unit.toNanos(timeout));
    }

    static long of(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return FOR_EVER;
        }
    }
}
