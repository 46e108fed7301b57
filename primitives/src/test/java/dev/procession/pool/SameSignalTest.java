package dev.procession.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a pool calls the end of a worker by a terminal's signal a death. */
class SameSignalTest {
    /** Nanosecond clocks may stand anywhere, also below zero. */
    private static final long BEGIN = -TimeUnit.MILLISECONDS.toNanos(120);

    private final SameSignal same = new SameSignal();

    private long left(long millis) {
        return TimeUnit.NANOSECONDS.toMillis(same.untilNextLook(BEGIN + TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    @Test
    void untilNextLook_machineIsFree_takes600Millis() {
        for (long now = 0; now < 600; now += 50) {
            assertEquals(50, left(now), "at " + now);
        }
        assertEquals(0, left(600));
        assertEquals(0, left(601));
    }

    @Test
    void untilNextLook_askedAgainBeforeItsTime_countsNoLook() {
        for (long now = 0; now < 600; now++) {
            assertEquals(50 - now % 50, left(now), "at " + now);
        }
        assertEquals(0, left(600));
    }

    @Test
    void untilNextLook_threadIsKeptFromTheProcessor_goesOnUntilItHasLookedAsOften() {
        assertEquals(50, left(0));
        for (int look = 1; look < 12; look++) {
            assertEquals(50, left(look * 400L), "look " + look);
        }
        assertEquals(0, left(12 * 400));
    }

    @Test
    void forget_nextWorker_isWaitedForAnew() {
        for (long now = 0; now <= 600; now += 50) {
            left(now);
        }
        same.forget();
        assertEquals(50, left(700));
        assertEquals(10, left(740));
    }
}
