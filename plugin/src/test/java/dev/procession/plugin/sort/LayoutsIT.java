package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.history.HistoryRequest;
import dev.procession.plugin.sort.history.SortHistory;
import dev.procession.plugin.sort.settings.LayoutOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine, where it needs child processes that read what is in files. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LayoutsIT {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void makeHeap() throws Exception {
        heap = new Heap(directory);
    }

    @Test
    void sort_byContentWithArchives_isCompleteAndUndoneBitForBit() throws Exception {
        heap.layout = new LayoutOptions(
                "content", null, null, List.of(), "windows", List.of(), List.of(), null, null, null, null, true,
                "unpack", null, null, null, null, List.of());
        heap.file("x/liar.txt", Samples.PNG).file("y/liar.txt", "words\n").file("z/liar.txt", Samples.PNG);
        heap.file("aux.zip", Samples.zip("what?.txt", "inside")).file("evil.zip", Samples.zip("../x", "evil"));
        Map<String, String> before = Heap.tree(heap.base);
        heap.failOnError = false;
        SortResult first = heap.sort();
        assertEquals(5, first.files());
        assertEquals(1, first.unpacked());
        assertEquals(1, first.failures().size());
        assertTrue(first.summary().contains(", 1 archive unpacked, 1 failed: out"), first.summary());
        Map<String, String> sorted = heap.sorted();
        assertEquals("inside", sorted.remove("archives/aux_/what_.txt"));
        assertEquals(
                List.of(
                        "archives/aux_.zip",
                        "archives/evil.zip",
                        "documents/liar.txt",
                        "images/liar (2).txt",
                        "images/liar.txt"),
                List.copyOf(sorted.keySet()));

        SortResult second = heap.sort();
        assertEquals(5, second.unchanged());
        assertEquals(0, second.unpacked());

        new SortHistory(new HistoryRequest("out", null, heap.base, heap.base, true), heap).undo();
        assertEquals(
                before,
                Heap.tree(heap.base).entrySet().stream()
                        .filter(entry -> !entry.getKey().startsWith("out/.procession")
                                && !entry.getKey().startsWith("cache"))
                        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        try (var left = Files.list(heap.output)) {
            assertEquals(
                    List.of(".procession"),
                    left.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    void sort_photosByTheDayTheyWereTaken_areThere() throws Exception {
        heap.layout = LayoutsTest.options(null, "{year}/{year}-{month}-{day} {name}.{ext}", null);
        heap.file("a.jpg", Samples.photo("2019:07:01 23:59:59")).file("b.JPG", Samples.photo("2018:01:02 00:00:00"));
        heap.file("c.jpg", "no photo").file("d.txt", "words");
        java.nio.file.attribute.FileTime day =
                java.nio.file.attribute.FileTime.from(Instant.parse("2020-06-15T12:00:00Z"));
        Files.setLastModifiedTime(heap.source.resolve("c.jpg"), day);
        Files.setLastModifiedTime(heap.source.resolve("d.txt"), day);
        heap.sort();
        assertEquals(
                List.of(
                        "2018/2018-01-02 b.JPG",
                        "2019/2019-07-01 a.jpg",
                        "2020/2020-06-15 c.jpg",
                        "2020/2020-06-15 d.txt"),
                List.copyOf(heap.sorted().keySet()));
        assertEquals(List.of(), heap.warnings);
    }

    @Test
    void sort_extrasThatCannotBeFetched_areAClearErrorAndNothingIsDone() throws Exception {
        heap.layout = LayoutsTest.options("content", null, null);
        heap.files("a.txt");
        SortRequest request = heap.request();
        SortRequest without = new SortRequest(
                request.source(),
                request.output(),
                request.baseDirectory(),
                request.displayDirectory(),
                request.workers(),
                request.failOnError(),
                request.options(),
                request.layout(),
                new Surroundings(
                        extras -> {
                            throw new SortFailedException("cannot be fetched", new java.io.IOException("offline"));
                        },
                        null,
                        null),
                request.workerCode());
        SortFailedException failure = org.junit.jupiter.api.Assertions.assertThrows(
                SortFailedException.class, () -> new FileSorter(without, heap).run());
        assertEquals("cannot be fetched", failure.getMessage());
        assertEquals(Map.of(), heap.sorted());
    }
}
