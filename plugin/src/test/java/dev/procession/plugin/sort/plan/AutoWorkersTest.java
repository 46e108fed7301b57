package dev.procession.plugin.sort.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code auto} means, by the number of files, their size, and the processors. */
class AutoWorkersTest {
    @ParameterizedTest
    @CsvSource({
        "COPYING, 5000, 8, 0",
        "COPYING, 1099511627776, 8, 0",
        "COMPARING, 5000, 8, 0",
        "COMPARING, 4294967295, 8, 0",
        "COMPARING, 4294967296, 8, 2",
        "COMPARING, 4294967296, 1, 0",
        "COMPARING, 1099511627776, 4, 4",
    })
    void automatic_worksAndSizes_startWorkersWhereTheyPay(Runners.Work work, long bytes, int processors, int workers) {
        assertEquals(workers, Runners.automatic(work, bytes, processors).workers());
    }
}
