package dev.procession.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SessionProcessTest {
    private static SessionProcess living(Duration silent) {
        return new SessionProcess(4711, "worker-1", true, silent, Instant.MAX, OptionalInt.empty(), false);
    }

    private static SessionProcess ended(OptionalInt exitCode, boolean inOrder) {
        Instant seen = Instant.parse("2026-11-22T19:00:36.120Z");
        return new SessionProcess(4711, "worker-1", false, Duration.ZERO, seen, exitCode, inOrder);
    }

    @Test
    void toString_living_isWhoItIs() {
        assertEquals("4711 (worker-1)", living(Duration.ofMillis(200)).toString());
        assertEquals(
                "4711 (worker-1): no sign of life for 12 s, stopped or starved",
                living(Duration.ofSeconds(12)).toString());
    }

    @Test
    void toString_ended_saysHowAsFarAsItIsKnown() {
        assertEquals(
                "4711 (worker-1): ended, exit code -9, seen 2026-11-22T19:00:36.120Z",
                ended(OptionalInt.of(-9), false).toString());
        assertEquals(
                "4711 (worker-1): ended in order, seen 2026-11-22T19:00:36.120Z",
                ended(OptionalInt.empty(), true).toString());
    }
}
