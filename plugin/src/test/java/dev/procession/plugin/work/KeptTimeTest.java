package dev.procession.plugin.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What time a copy gets. */
@Timeout(60)
class KeptTimeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1700000000123456789, 1700000000123456789",
        "4102444800000000005, 4102444800000000005",
        "-2000000000, -2000000000",
        "-1, -1000000000",
        "-315619199750000000, -315619200000000000",
    })
    void of_anyTime_isTheNearestThatAFileCanGet(long source, long kept, @TempDir Path directory) throws Exception {
        FileTime time = KeptTime.of(FileTime.from(source, TimeUnit.NANOSECONDS));
        assertEquals(kept, time.to(TimeUnit.NANOSECONDS));
        assertEquals(kept, KeptTime.of(source));
        assertTrue(KeptTime.isOf(source, kept));
        assertEquals(source == kept, KeptTime.isExact(source));

        Path file = Files.createFile(directory.resolve("file"));
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(time, time, null);
        assertEquals(kept, Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "-1, -2000000000", "1500000000, 1000000000", "5, 6"})
    void isOf_anotherTime_isNot(long source, long copy) {
        assertFalse(KeptTime.isOf(source, copy));
    }
}
