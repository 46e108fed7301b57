package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.work.WorkerUse;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A heap with strange and equal names, sorted by four workers or by threads again and again, and put back: 2,000 files six
 * times; in the profile {@code long} 20,000 files 100 times.
 */
@Timeout(3000)
@EnabledOnOs(OS.LINUX)
class SortRepeatedIT {
    private static final int REPEATS = Integer.getInteger("procession.sort.repeats", 6);
    private static final int FILES = REPEATS > 20 ? 20_000 : 2_000;
    private static final int DIRECTORIES = FILES / 40;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void sort_manyTimes_identicalTreesAndNothingLost() throws Exception {
        Heap heap = new Heap(directory);
        MessyCorpus corpus = MessyCorpus.write(heap.source, FILES, DIRECTORIES, 1001);
        Map<String, String> sources = sums(heap.source);
        assertEquals(FILES, sources.size());
        Map<String, String> first = Map.of();
        long nanos = 0;
        for (int i = 0; i < REPEATS; i++) {
            heap.outputText = "out" + i;
            heap.workers = i % 2 == 0 || REPEATS > 20 ? "4" : "0";
            heap.use = i % 4 == 0 ? WorkerUse.ALONE : WorkerUse.AT_ONCE;
            heap.mode = i % 3 == 2 ? "move" : "copy";
            SortResult result = heap.sort();
            nanos += result.nanos();
            String where = "run " + i + ": " + result.summary();
            assertEquals(FILES, result.copied(), where);
            assertEquals(corpus.equalNames(), result.renamed(), where);
            assertEquals(List.of(), heap.warnings, where);
            heap.details.clear();
            Path output = heap.base.resolve("out" + i);
            Map<String, String> tree = sums(output);
            if (i == 0) {
                first = tree;
                assertEquals(contents(sources), contents(tree));
            }
            assertEquals(first, tree, where);
            if (heap.mode.equals("move")) {
                heap.history(null).undo();
                assertEquals(sources, sums(heap.source), where);
            }
            heap.details.clear();
            delete(output);
        }
        assertEquals(sources, sums(heap.source));
        assertTrue(first.containsKey(Heap.utf8("txt/Звіт за 2023 рік.txt")), () -> "no report");
        System.out.println("SortRepeatedIT: " + REPEATS + " runs with " + FILES + " files, "
                + nanos / REPEATS / 1_000_000 + " ms each, all trees identical");
    }

    /** Size, checksum, permissions and time of all files, by their raw names. */
    private static Map<String, String> sums(Path root) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        Content content = new Content();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.endsWith(OwnPlaces.NAME) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                sums.put(
                        RawName.of(root.relativize(file)),
                        attributes.size() + " " + content.hash(file) + " " + Files.getPosixFilePermissions(file) + " "
                                + attributes.lastModifiedTime());
                return FileVisitResult.CONTINUE;
            }
        });
        return sums;
    }

    private static List<String> contents(Map<String, String> sums) {
        return sums.values().stream().sorted().toList();
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
