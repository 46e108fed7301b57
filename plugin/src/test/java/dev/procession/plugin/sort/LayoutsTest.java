package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.procession.plugin.sort.settings.LayoutOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine with other layouts than that by extension. */
class LayoutsTest {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void makeHeap() throws Exception {
        heap = new Heap(directory);
    }

    static LayoutOptions options(String layout, String template, String names, String... includes) {
        return new LayoutOptions(
                layout,
                template,
                null,
                List.of(),
                names,
                List.of(includes),
                List.of(),
                null,
                null,
                null,
                null,
                true,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    @Test
    void sort_nestedTemplate_keepsBothOfEqualNamesAndIsStableOnASecondRun() throws Exception {
        heap.layout = options(null, "{category}/{ext}/{parent}", null);
        heap.files("x/p/a.txt", "y/p/a.txt", "y/q/a.txt", "z/p/a.JPG", "Makefile");
        SortResult first = heap.sort();
        assertEquals(5, first.files());
        assertEquals(4, first.folders());
        assertEquals(
                Heap.map(
                        "documents/txt/p/a.txt",
                        "x/p/a.txt",
                        "documents/txt/p/a (2).txt",
                        "y/p/a.txt",
                        "documents/txt/q/a.txt",
                        "y/q/a.txt",
                        "images/jpg/p/a.JPG",
                        "z/p/a.JPG",
                        "code/no extension/in/Makefile",
                        "Makefile"),
                heap.sorted());
        SortResult second = heap.sort();
        assertEquals(0, second.copied());
        assertEquals(5, second.unchanged());
    }

    @Test
    void sort_namesThatBecomeOne_areBothKept() throws Exception {
        heap.layout = options(null, null, "transliterate");
        heap.file(Heap.utf8("кит.txt"), "1")
                .file(Heap.utf8("кить.txt"), "2")
                .file("kyt.txt", "3")
                .file(Heap.utf8("ь.txt"), "4");
        heap.sort();
        // In the order of the bytes: kyt, кит, кить, ь; kyt was free for the first.
        assertEquals(
                Heap.map("txt/kyt.txt", "3", "txt/kyt (2).txt", "1", "txt/kyt (3).txt", "2", "txt/_.txt", "4"),
                heap.sorted());
        assertEquals(4, heap.sort().unchanged());
    }

    @Test
    void sort_namesForWindows_differInMoreThanCase() throws Exception {
        heap.layout = options("category", null, "windows");
        heap.file("1/a.txt", "1").file("2/A.TXT", "2").file("3/a?.txt", "3").file("4/a_.txt", "4");
        heap.sort();
        assertEquals(
                Heap.map(
                        "documents/a.txt",
                        "1",
                        "documents/A (2).TXT",
                        "2",
                        "documents/a_.txt",
                        "3",
                        "documents/a_ (2).txt",
                        "4"),
                heap.sorted());
        assertEquals(4, heap.sort().unchanged());
    }

    @Test
    void sort_filters_passByWhatIsNotWanted() throws Exception {
        heap.layout = options(null, null, null, "**/*.txt", "**/*.md");
        heap.files("a.txt", "x/b.md", "x/c.jpg");
        assertEquals(2, heap.sort().files());
        assertEquals(Heap.map("txt/a.txt", "a.txt", "md/b.md", "x/b.md"), heap.sorted());
        assertEquals(List.of(), heap.warnings);
    }

    @Test
    void sort_anotherLayoutForTheSameSource_isRefusedUntilUndone() throws Exception {
        heap.files("a.txt");
        heap.sort();
        heap.layout = options("category", null, null);
        assertEquals(
                "<layout>: <source> was sorted into this <output> by 'extension, names=keep', and now it is to be by"
                        + " 'category, names=keep'; what is sorted keeps its place, so there would be both: name another"
                        + " <output>, or undo the runs before with undo-sort",
                heap.fail());
        assertEquals(Heap.map("txt/a.txt", "a.txt"), heap.sorted());
        // Another source may have another layout.
        Files.createDirectories(directory.resolve("in2"));
        Files.writeString(directory.resolve("in2/b.txt"), "b");
        heap.sourceText = "in2";
        heap.sort();
        assertEquals(Heap.map("txt/a.txt", "a.txt", "documents/b.txt", "b"), heap.sorted());
    }

    @Test
    void sort_reportsInTheSource_areNotSorted() throws Exception {
        heap.files("a.txt");
        heap.sourceText = ".";
        heap.reports = heap.base.resolve("procession-out");
        assertEquals(1, heap.sort().files());
        assertEquals(1, heap.sort().unchanged());
        assertEquals(Heap.map("txt/a.txt", "a.txt"), heap.sorted());
    }

    @Test
    void sort_mistakes_areToldBeforeAnythingIsMade() throws Exception {
        heap.files("a.txt");
        heap.layout = options("categroy", "{yaer}", "x");
        String message = heap.fail();
        assertEquals(2, message.lines().count(), message);
        assertFalse(Files.exists(heap.output));
    }

    @Test
    void sort_reports_tellCategoriesLargestDuplicatesAndFailures() throws Exception {
        heap.reports = directory.resolve("reports");
        heap.file("a.txt", "x".repeat(5000))
                .file("sub/b.md", "x".repeat(5000))
                .file("c.png", "p")
                .file("d\n.jpg", "q");
        heap.failOnError = false;
        heap.sort();
        JsonObject json = JsonParser.parseString(Files.readString(heap.reports.resolve("sort-files.json")))
                .getAsJsonObject();
        assertEquals(4, json.get("files").getAsInt());
        assertEquals(
                "{\"documents\":{\"files\":2,\"bytes\":10000},\"images\":{\"files\":2,\"bytes\":2}}",
                json.get("categories").toString());
        assertEquals(
                "md/b.md",
                json.get("largest")
                        .getAsJsonArray()
                        .get(0)
                        .getAsJsonObject()
                        .get("file")
                        .getAsString());
        assertEquals(1, json.getAsJsonObject("duplicates").get("files").getAsInt());
        assertEquals(5000, json.getAsJsonObject("duplicates").get("bytes").getAsInt());
        String text = Files.readString(heap.reports.resolve("sort-files.txt"));
        assertTrue(text.startsWith("sorted 4 files (10 kB) into 4 folders in "), text);
        assertTrue(text.contains("\n  documents: 2 files, 10 kB\n  images: 2 files, 2 B\n"), text);
        assertTrue(text.contains("d\\n.jpg"), text);
        assertTrue(text.contains("failures: 0"), text);
        heap.sort();
        assertTrue(Files.readString(heap.reports.resolve("sort-files.txt"))
                .contains("of equal size and checksum: 1 file"));
        try (var files = Files.list(heap.reports)) {
            assertEquals(2, files.count());
        }
    }
}
