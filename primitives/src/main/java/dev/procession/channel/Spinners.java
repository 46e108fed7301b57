package dev.procession.channel;

import dev.procession.internal.waiting.WaitPolicy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many threads of this process may spin for an answer at once: with more of them than half of the processors they keep
 * from running whom they wait for.
 */
final class Spinners {
    /** None with one processor. */
    static final long NANOS = WaitPolicy.DEFAULT.spinNanos();

    private static final int MOST = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final AtomicInteger ACTIVE = new AtomicInteger();

    private Spinners() {}

    static boolean enter() {
        if (NANOS == 0) {
            return false;
        }
        if (ACTIVE.incrementAndGet() > MOST) {
            ACTIVE.decrementAndGet();
            return false;
        }
        return true;
    }

    static void leave() {
        ACTIVE.decrementAndGet();
    }
}
