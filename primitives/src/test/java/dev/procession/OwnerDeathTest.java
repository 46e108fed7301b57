package dev.procession;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnerDeathTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void toString_exitUnknown_saysSoInWords() {
        assertEquals(
                "lock \"journal\": process 42 (Worker-1) ended holding it, exit status unknown, seen 2026-11-26T12:00:00Z",
                new OwnerDeath("lock \"journal\"", 42, "Worker-1", "", OwnerDeath.UNKNOWN_EXIT, NOON).toString());
    }

    @Test
    void toString_killed_saysTheSignal() {
        assertEquals(
                "lock \"journal\": process 42 (Worker-1) ended holding it, killed by signal 9, seen 2026-11-26T12:00:00Z",
                new OwnerDeath("lock \"journal\"", 42, "Worker-1", "", -9, NOON).toString());
    }
}
