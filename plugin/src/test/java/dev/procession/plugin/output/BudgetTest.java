package dev.procession.plugin.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    @ParameterizedTest
    @CsvSource({
        "100kB, 100000",
        "100 KB, 100000",
        "100k, 100000",
        "1.5MB, 1500000",
        "64KiB, 65536",
        "1MiB, 1048576",
        "0.25 kB, 250",
        "20000, 20000",
        "20000B, 20000",
        "2GB, 2000000000",
        "0, 0"
    })
    void of_amount_isThatManyBytes(String typed, long bytes) {
        assertEquals(bytes, Budget.of(Budget.Measure.RAW, typed).orElseThrow().most());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "kB", "-1", "1e3", "1 TB", "1,5MB", "ten", "100 k B", "99999999999999999999", "i", "5iB"})
    void of_somethingElse_isNone(String typed) {
        assertTrue(Budget.of(Budget.Measure.RAW, typed).isEmpty());
    }
}
