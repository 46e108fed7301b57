package dev.procession.pool;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait until this process would have begun to end, if the signal that has ended its worker had been for both. A
 * task is to fail within a second of its worker's death, so it is 600 ms. But this process may have to wait for a processor
 * before it can begin to end; then the thread that looks has to as well, has looked less often than the clock says, and goes
 * on until it has looked as often as in 600 ms on a machine that is free.
 */
final class SameSignal {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int LOOKS = 12;

    private long lookedAt;
    private int looks;

    /** The next worker's end is another one. */
    void forget() {
        looks = 0;
    }

    /** How long until the next look; 0 when the signal was for the worker alone. Calls in between are no looks. */
    long untilNextLook(long now) {
        if (looks == 0 || now - lookedAt >= PAUSE_NANOS) {
            looks++;
            lookedAt = now;
        }
        return looks <= LOOKS ? lookedAt + PAUSE_NANOS - now : 0;
    }
}
