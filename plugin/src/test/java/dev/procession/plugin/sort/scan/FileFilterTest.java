package dev.procession.plugin.sort.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFilterTest {
    @TempDir
    Path directory;

    private BasicFileAttributes hundredBytes;

    @BeforeEach
    void write() throws Exception {
        Path file = Files.write(directory.resolve("a"), new byte[100]);
        Files.setLastModifiedTime(file, FileTime.from(1000, TimeUnit.SECONDS));
        hundredBytes = Files.readAttributes(file, BasicFileAttributes.class);
    }

    private boolean accepts(List<String> includes, List<String> excludes, String path) {
        return filter(includes, excludes, true).accepts(path, hundredBytes);
    }

    private static FileFilter filter(List<String> includes, List<String> excludes, boolean hidden) {
        return new FileFilter(
                FileFilter.Globs.of(includes),
                FileFilter.Globs.of(excludes),
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                hidden);
    }

    @Test
    void accepts_nothingSaid_takesAll() {
        assertTrue(FileFilter.ALL.accepts("x/.a", hundredBytes));
        assertTrue(FileFilter.ALL.enters(".git", hundredBytes));
    }

    @Test
    void accepts_globs_meanWhatTheyMeanInMaven() {
        assertTrue(accepts(List.of("**/*.jpg"), List.of(), "a.jpg"));
        assertTrue(accepts(List.of("**/*.jpg"), List.of(), "x/y/a.jpg"));
        assertFalse(accepts(List.of("*.jpg"), List.of(), "x/a.jpg"));
        assertFalse(accepts(List.of("**/*.jpg"), List.of("x/**"), "x/y/a.jpg"));
        assertTrue(accepts(List.of(), List.of("x/"), "y/a.jpg"));
        assertFalse(accepts(List.of(), List.of("x/"), "x/a.jpg"));
        assertTrue(accepts(List.of("%regex[.*/IMG_[0-9]+\\.jpg]"), List.of(), "x/IMG_12.jpg"));
        assertFalse(accepts(List.of("**/*.jpg"), List.of(), "a.JPG"));
    }

    @Test
    void accepts_otherAlphabetsAndForms_areLetters() {
        assertTrue(accepts(List.of("**/їжа?.txt"), List.of(), Heap.utf8("тека/їжак.txt")));
        assertTrue(accepts(List.of("**/caf\u00e9.*"), List.of(), Heap.utf8("cafe\u0301.txt")));
        assertTrue(accepts(List.of("**/caf?.txt"), List.of(), "caf\u00e9.txt"));
        assertTrue(accepts(List.of("**/a*b.txt"), List.of(), "x/a\nb.txt"));
    }

    @Test
    void enters_whatIsExcludedAsAWhole_isNotLookedInto() {
        FileFilter filter = filter(List.of(), List.of("**/node_modules/**", "x/*.txt", "**/?"), true);
        assertFalse(filter.enters("a/node_modules", hundredBytes));
        assertTrue(filter.enters("a", hundredBytes));
        assertTrue(filter.enters("x", hundredBytes));
    }

    @Test
    void accepts_hidden_areThoseWithADotAndWhatIsInThem() {
        FileFilter filter = filter(List.of(), List.of(), false);
        assertFalse(filter.accepts("x/.a", hundredBytes));
        assertTrue(filter.accepts("x/a", hundredBytes));
        assertFalse(filter.enters("x/.git", hundredBytes));
        assertTrue(filter.enters("x/git", hundredBytes));
    }

    @Test
    void accepts_sizesAndTimes_areInclusive() {
        long second = 1_000_000_000L;
        for (long[] limits : new long[][] {
            {100, 100, 1000, 1000, 1},
            {101, 200, 0, 2000, 0},
            {0, 99, 0, 2000, 0},
            {0, 200, 1001, 2000, 0},
            {0, 200, 0, 999, 0}
        }) {
            FileFilter filter = new FileFilter(
                    FileFilter.Globs.of(List.of()),
                    FileFilter.Globs.of(List.of()),
                    limits[0],
                    limits[1],
                    limits[2] * second,
                    limits[3] * second,
                    true);
            assertEquals(limits[4] == 1, filter.accepts("a", hundredBytes), () -> filter.toString());
        }
    }
}
