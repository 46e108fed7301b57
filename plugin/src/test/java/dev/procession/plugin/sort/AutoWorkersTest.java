package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code auto} means, by the number of files, their size, and the processors. */
class AutoWorkersTest {
    @ParameterizedTest
    @CsvSource({
        "1, 5000, 8, 0",
        "49999, 5000, 8, 0",
        "50000, 5000, 8, 2",
        "50000, 5000, 2, 2",
        "50000, 5000, 1, 0",
        "200000, 100, 4, 4",
        "200000, 100, 16, 8",
        "3, 1073741824, 8, 0",
        "4, 1073741824, 8, 2",
    })
    void automatic_filesAndSizes_startWorkersWhereTheyPay(int files, long size, int processors, int workers) {
        assertEquals(workers, Runners.automatic(files, files * size, processors).workers());
    }
}
