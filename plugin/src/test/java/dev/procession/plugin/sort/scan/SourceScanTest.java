package dev.procession.plugin.sort.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.InMemory;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.store.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A scan that lists directories ahead, on other threads, tells the same as one that does not. */
@Timeout(60)
class SourceScanTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    /** What a scan has told of. */
    private record Told(List<SourceFile> files, List<String> failures, int links, int specials, List<String> git) {}

    private static Told scan(Heap heap, int processors, Path vanishing) throws Exception {
        SortPlaces places = heap.places();
        List<SourceFile> files = new ArrayList<>();
        Failures failures = new Failures();
        try (Scratch scratch = new Scratch(heap.base.resolve("scratch-" + processors));
                SourceScan scan = new SourceScan(places, FileFilter.ALL, null, scratch, processors, heap)) {
            if (vanishing != null) {
                // The names in the source itself are known by now, and nothing is listed yet.
                Files.delete(vanishing);
            }
            for (SourceFile file = scan.next(); file != null; file = scan.next()) {
                files.add(file);
            }
            failures.addAll(scan.takeFailures());
            assertEquals(files.size(), scan.files());
            return new Told(files, failures.lines(), scan.links(), scan.specials(), scan.repositories());
        }
    }

    private static void grow(Path at, int depth, Random random) throws Exception {
        Files.createDirectories(at);
        for (int i = random.nextInt(12); i >= 0; i--) {
            Files.writeString(at.resolve("f" + random.nextInt(1_000) + (i % 3 == 0 ? " file" : ".txt")), "x".repeat(i));
        }
        if (random.nextInt(5) == 0) {
            Files.createSymbolicLink(at.resolve("link"), at);
        }
        if (depth > 0) {
            for (int i = random.nextInt(7); i >= 0; i--) {
                Path below = at.resolve((i % 2 == 0 ? "d" : "d.") + random.nextInt(1_000));
                if (Files.notExists(below)) { // two of the same name would be one, with two links of the same name
                    grow(below, depth - 1, random);
                }
            }
        }
    }

    @Test
    void next_deepTree_sameOnAnyNumberOfProcessors() throws Exception {
        long seed = System.nanoTime();
        System.out.println("SourceScanTest: seed " + seed);
        Heap heap = new Heap(directory);
        grow(heap.source, 5, new Random(seed));
        // Two that are too large to be listed ahead, and one of them not the last.
        for (String large : new String[] {"a/large", "z"}) {
            Path at = Files.createDirectories(heap.source.resolve(large));
            for (int i = 0; i < 4_200; i++) {
                Files.createFile(at.resolve("f" + i));
            }
        }
        for (int i = 0; i < 30; i++) {
            Files.createDirectories(heap.source.resolve("git/" + i + "/.git"));
        }
        Told one = scan(heap, 1, null);
        assertEquals(one, scan(heap, 2, null), "seed " + seed);
        assertEquals(one, scan(heap, 8, null), "seed " + seed);
        assertEquals(30, one.git().size());
        List<String> paths = one.files().stream().map(SourceFile::path).toList();
        assertEquals(paths.stream().sorted().toList(), paths, "seed " + seed);
        assertEquals(Heap.tree(heap.source).keySet().stream().toList(), paths, "seed " + seed);
    }

    @Test
    void next_directoryThatVanishes_isOneFailureInItsPlace() throws Exception {
        Heap heap = new Heap(directory);
        for (int i = 0; i < 20; i++) {
            heap.files("d" + i + "/a", "d" + i + "/b");
        }
        for (int processors : new int[] {1, 2}) {
            Path empty = Files.createDirectories(heap.source.resolve("d15-gone"));
            Told told = scan(heap, processors, empty);
            assertEquals(40, told.files().size());
            assertEquals(1, told.failures().size());
            assertTrue(
                    told.failures().get(0).endsWith("d15-gone cannot be read: it does not exist any more"),
                    told.failures()::toString);
        }
    }
}
