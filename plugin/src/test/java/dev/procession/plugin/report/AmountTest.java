package dev.procession.plugin.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AmountTest {

    @Test
    void age_anyDuration_isInItsLargestUnit() {
        assertEquals("0 s", Amount.age(Duration.ofSeconds(-5)));
        assertEquals("0 s", Amount.age(Duration.ofMillis(999)));
        assertEquals("59 s", Amount.age(Duration.ofSeconds(59)));
        assertEquals("1 min", Amount.age(Duration.ofSeconds(60)));
        assertEquals("59 min", Amount.age(Duration.ofMinutes(59)));
        assertEquals("23 h", Amount.age(Duration.ofHours(23)));
        assertEquals("1 d", Amount.age(Duration.ofHours(24)));
        assertEquals("1,461 d", Amount.age(Duration.ofDays(1461)));
    }
}
