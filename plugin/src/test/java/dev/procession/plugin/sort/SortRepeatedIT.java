package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 2,000 files with 200 equal names, sorted by four workers or threads again and again, and put back; 100 times in the
 * profile {@code long}.
 */
@Timeout(1500)
class SortRepeatedIT {
    private static final int REPEATS = Integer.getInteger("procession.sort.repeats", 6);

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void sort_manyTimes_identicalTreesAndNothingLost() throws Exception {
        Heap heap = new Heap(directory);
        Corpus.write(heap, 2_000, 200, 5_000, 6);
        Map<String, String> sources = Heap.tree(heap.source);
        Map<String, String> stamps = Heap.stamps(heap.source);
        assertEquals(2_000, sources.size());
        Map<String, String> first = Map.of();
        long nanos = 0;
        for (int i = 0; i < REPEATS; i++) {
            heap.outputText = "out" + i;
            heap.workers = i % 2 == 0 ? "4" : "0";
            heap.mode = i % 3 == 2 ? "move" : "copy";
            SortResult result = heap.sort();
            nanos += result.nanos();
            assertTrue(
                    result.summary()
                            .matches("sorted 2,000 files \\(1\\d MB\\) into 14 folders( with 4 workers)? in [0-9.]+ s,"
                                    + "( 2,000 moved,)? 200 renamed, 0 unchanged: out" + i),
                    result.summary());
            Map<String, String> tree = Heap.tree(heap.base.resolve("out" + i));
            if (i == 0) {
                first = tree;
                assertEquals(Heap.contents(sources), Heap.contents(tree));
            } else {
                assertEquals(first, tree, "run " + i);
            }
            if (heap.mode.equals("move")) {
                heap.history(null).undo();
                assertEquals(stamps, Heap.stamps(heap.source), "run " + i);
            }
        }
        System.out.println("SortRepeatedIT: " + REPEATS + " runs, " + nanos / REPEATS / 1_000_000
                + " ms each, all trees identical");
    }
}
