package dev.procession.plugin.sort.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.InMemory;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.store.Scratch;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thread looks at the source ahead of who reads: in order, with what went wrong, and with nothing left of it. */
@Timeout(60)
class ScanAheadTest {
    /** More than fit into what may be ahead. */
    private static final int FILES = 5_000;

    @TempDir(factory = InMemory.class)
    Path directory;

    private Heap heap;
    private final Failures failures = new Failures();

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        for (int i = 0; i < FILES; i++) {
            if (i % 100 == 0) {
                Files.createDirectories(heap.source.resolve("d" + i / 100));
            }
            Files.createFile(heap.source.resolve("d" + i / 100).resolve("f" + i));
        }
    }

    private ScanAhead scan() throws Exception {
        SortPlaces places = heap.places();
        Scratch scratch = new Scratch(heap.base.resolve("scratch"));
        return new ScanAhead(new SourceScan(places, FileFilter.ALL, null, scratch, heap), failures);
    }

    /** A pool has ended when its threads have nothing left to do; their last instructions may come a moment later. */
    private static void assertNoThread() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("procession-sort-files-scan")) {
                thread.join(Duration.ofSeconds(10).toMillis());
                assertFalse(thread.isAlive(), "a thread is left");
            }
        }
    }

    @Test
    void next_moreFilesThanAreAhead_allInOrder() throws Exception {
        List<String> paths = new ArrayList<>();
        try (ScanAhead scan = scan()) {
            for (SourceFile file = scan.next(); file != null; file = scan.next()) {
                paths.add(file.path());
            }
            assertNull(scan.next());
        }
        assertEquals(FILES, paths.size());
        List<String> sorted = new ArrayList<>(paths);
        Collections.sort(sorted);
        assertEquals(sorted, paths);
        assertEquals(List.of(), failures.lines());
        assertNoThread();
    }

    @Test
    void next_directoryThatHasGone_isToldAndTheOthersAreRead() throws Exception {
        try (ScanAhead scan = scan()) {
            // The names of the directories are known by now.
            OwnPlaces.removeFlat(heap.source.resolve("d7"));
            int files = 0;
            while (scan.next() != null) {
                files++;
            }
            assertEquals(FILES - 100, files);
        }
        assertEquals(1, failures.count());
        assertTrue(
                failures.lines().get(0).endsWith("d7 cannot be read: it does not exist any more"),
                failures.lines()::toString);
    }

    @Test
    void close_beforeTheEnd_endsTheThread() throws Exception {
        try (ScanAhead scan = scan()) {
            assertNotNull(scan.next());
        }
        assertNoThread();
    }

    @Test
    void next_interrupted_saysSoAndEndsTheThread() throws Exception {
        try (ScanAhead scan = scan()) {
            Thread.currentThread().interrupt();
            assertThrows(ClosedByInterruptException.class, scan::next);
            assertTrue(Thread.interrupted());
        }
        assertNoThread();
    }
}
