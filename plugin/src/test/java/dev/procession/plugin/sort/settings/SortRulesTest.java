package dev.procession.plugin.sort.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.extra.Extra;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.layout.FileFacts;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.work.FileStat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortRulesTest {
    private static final Instant NOW = Instant.parse("2024-06-15T12:00:00Z");

    @TempDir
    Path directory;

    private String layout;
    private String template;
    private String names;
    private String minSize;
    private String maxSize;
    private String olderThan;
    private String newerThan;
    private String archives;
    private List<String> includes = List.of();
    private List<String> categories = List.of();
    private List<String> extras = List.of();

    private SortRules rules() {
        return SortRules.of(
                new LayoutOptions(
                        layout,
                        template,
                        null,
                        categories,
                        names,
                        includes,
                        List.of(),
                        minSize,
                        maxSize,
                        olderThan,
                        newerThan,
                        true,
                        archives,
                        null,
                        "1 GB",
                        "10",
                        null,
                        extras),
                directory,
                "heap",
                NOW);
    }

    private List<String> problems() {
        return assertThrows(SortFailedException.class, this::rules)
                .getMessage()
                .lines()
                .toList();
    }

    private String place(String name) {
        return rules().layout()
                .place(new SourceFile(name, new FileStat(1, 0, "-")), FileFacts.NONE)
                .path();
    }

    @Test
    void of_nothingSaid_isByExtensionAndAsItIs() {
        assertEquals("txt/a.txt", place("x/a.txt"));
        assertEquals(SortRules.DEFAULT.description(), rules().description());
    }

    @Test
    void of_layoutsAndNames_goTogether() throws Exception {
        layout = "category";
        assertEquals("images/a.JPG", place("x/a.JPG"));
        Files.writeString(directory.resolve("own.txt"), "pictures: jpg\n");
        categories = List.of("own.txt");
        assertEquals("pictures/a.JPG", place("x/a.JPG"));
        layout = null;
        template = "{category}/{parent}";
        names = "transliterate";
        assertEquals("pictures/vechirka/a.JPG", place(Heap.utf8("вечірка/a.JPG")));
        assertEquals("template {category}/{parent}, names=transliterate", rules().description());
        layout = "content";
        template = null;
        assertEquals(SortRules.Facts.CONTENT, rules().facts());
        extras = List.of("office");
        assertEquals(Set.of(Extra.CONTENT, Extra.OFFICE), rules().extrasForFacts());
        extras = List.of("all");
        assertEquals(Set.of(Extra.values()), rules().extras());
    }

    @Test
    void of_mistakes_areAllToldAtOnce() {
        layout = "categroy";
        names = "translit";
        minSize = "lots";
        olderThan = "3 moons";
        archives = "unpak";
        includes = List.of("/etc/**", "../x", "%regex[(]", " ");
        extras = List.of("ofice");
        assertEquals(
                List.of(
                        "<layout> must be extension, category, content or template: layout=categroy; did you mean"
                                + " category?",
                        "<names> must be keep, nfc, windows or transliterate: names=translit",
                        "<include>/etc/**</include> is absolute; write it relative to <source>, such as **/*.jpg",
                        "<include>../x</include> leaves <source> through '..'; name another <source>",
                        "<include>%regex[(]</include> is no regular expression: Unclosed group",
                        "<include> </include> is empty; write a glob such as **/*.jpg",
                        "<minSize> must be a size such as 500, 100 kB, 1.5 GB or 2 GiB: minSize=lots",
                        "<olderThan> must be an age such as 90min, 12h, 30d, 2w, 6m (months) or 1y, or a day such as"
                                + " 2024-01-31: olderThan=3 moons",
                        "<archives> must be keep or unpack: archives=unpak; did you mean unpack?",
                        "<extras> must be all, content, office, photos or archives: extras=ofice; did you mean"
                                + " office?"),
                problems());
    }

    @Test
    void of_categoriesMissingOrEmpty_areTold() {
        categories = List.of("none.txt", "");
        assertEquals(
                List.of(
                        "<categories>none.txt</categories>: " + directory.resolve("none.txt")
                                + " does not exist; name a file with categories",
                        "<categories> has an empty element; name a file with categories, or take it out"),
                problems());
    }

    @Test
    void of_contradictions_areTold() {
        layout = "template";
        assertTrue(problems().get(0).startsWith("<template> is missing: write the folders"));
        layout = "extension";
        template = "{ext}";
        assertTrue(problems().get(0).contains("exclude each other"));
        template = null;
        minSize = "2 MB";
        maxSize = "1 MB";
        olderThan = "2d";
        newerThan = "1d";
        assertEquals(2, problems().size());
    }

    @ParameterizedTest
    @CsvSource({"500,500", "10kB,10000", "1.5 GB,1500000000", "2 GiB,2147483648", "1k,1000", "0.5 KiB,512", "3 b,3"})
    void of_sizes_areUnderstood(String typed, long bytes) {
        minSize = typed;
        assertEquals(bytes, rules().filter().minSize());
    }

    @ParameterizedTest
    @CsvSource({"90min,PT90M", "12h,PT12H", "30d,P30D", "2w,P14D"})
    void of_ages_areCountedFromNow(String typed, Duration age) {
        olderThan = typed;
        // Days are those of the calendar: at a change of clocks one has an hour more or less.
        long found = NOW.getEpochSecond() - rules().filter().notAfterNanos() / 1_000_000_000L;
        assertTrue(Math.abs(found - age.toSeconds()) <= 3600, typed + ": " + found);
    }

    @ParameterizedTest
    @CsvSource({"2024-02-30", "20240130", "1x", "-1d", "1.5d"})
    void of_noAges_areTold(@Nullable String typed) {
        newerThan = typed;
        assertEquals(1, problems().size());
    }
}
