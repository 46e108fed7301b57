package dev.procession.plugin.sort.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.output.HalfFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs are undone, verified and forgotten. */
@Timeout(60)
class HistoryTest {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "copy, rename",
        "copy, overwrite",
        "copy, dedupe",
        "copy, skip",
        "move, rename",
        "move, overwrite",
        "move, dedupe",
        "hardlink, rename",
        "auto, overwrite"
    })
    void undo_anyMode_everythingIsAsBefore(String mode, String collisions) throws Exception {
        // What an earlier run has placed, changed since, and what is the user's own.
        heap.files("a.txt", "b/a.txt", "changed.txt", "touched.txt", "gone.txt").sort();
        Files.writeString(heap.output.resolve("txt/mine.txt"), "mine");
        heap.file("changed.txt", "changed since").file("0/a.txt", "new").file("mine.txt", "not mine");
        heap.file("z/same.txt", "not mine").file("deep/new.jpg", "jpg");
        Heap.age(heap.source.resolve("touched.txt"), 500);
        Files.delete(heap.source.resolve("gone.txt"));
        Map<String, String> source = Heap.stamps(heap.source);
        Map<String, String> output = Heap.stamps(heap.output);

        heap.mode = mode;
        heap.collisions = collisions;
        heap.prune = !mode.equals("move");
        heap.sort();
        assertFalse(Heap.stamps(heap.output).equals(output));
        HistoryResult undone = heap.history(null).undo();
        assertEquals(source, Heap.stamps(heap.source));
        assertEquals(output, Heap.stamps(heap.output));
        assertFalse(Files.exists(heap.output.resolve("jpg")));
        assertTrue(undone.summary().matches("undone run-2: \\d+ files put back in [0-9.]+ s: out"), undone.summary());
        assertEquals(List.of("index", "lock", "run-1", "workers"), heap.own());

        // The first run is known as before: what is unchanged is recognised.
        heap.mode = "copy";
        heap.collisions = "rename";
        heap.prune = false;
        assertEquals(3, heap.sort().unchanged());
        heap.history(null).undo();
        heap.history(null).undo();
        assertEquals(Map.of("txt/mine.txt", "mine"), heap.sorted());
    }

    @Test
    void undo_copyChangedSince_staysAndIsTold() throws Exception {
        heap.files("a.txt", "b.txt", "c.jpg").sort();
        Path changed = heap.output.resolve("txt/a.txt");
        Files.writeString(changed, "my notes");
        SortFailedException failure =
                assertThrows(SortFailedException.class, () -> heap.history(null).undo());
        assertEquals(List.of(changed + " was changed since it was sorted; it stays there"), failure.failures());
        assertEquals(Map.of("txt/a.txt", "my notes"), heap.sorted());
        assertFalse(Files.exists(heap.output.resolve("jpg")));
        // What could be undone is; the rest can be tried again, or let go.
        assertThrows(SortFailedException.class, () -> heap.history(null).undo());
        Files.delete(changed);
        assertEquals(0, heap.history(null).undo().files());
        assertEquals(3, heap.sort().copied());
    }

    @Test
    void undo_secondCall_countsWhatItPutsBackAndNamesTheWayOut() throws Exception {
        heap.mode = "move";
        heap.files("a.txt", "b.txt", "c.txt").sort();
        Path changed = heap.output.resolve("txt/a.txt");
        Files.writeString(changed, "my notes");
        String first = assertThrows(SortFailedException.class, heap.history(null)::undo)
                .getMessage();
        assertTrue(first.startsWith("undone run-1: 2 files put back, 1 not in "), first);
        assertTrue(first.contains("undo again; or let go of the run with forget-run"), first);
        String second = assertThrows(SortFailedException.class, heap.history(null)::undo)
                .getMessage();
        assertTrue(second.startsWith("undone run-1: 0 files put back, 1 not in "), second);
        // By hand.
        Files.move(changed, heap.source.resolve("a.txt"));
        assertEquals(0, heap.history(null).undo().files());
        assertEquals(Map.of("a.txt", "my notes", "b.txt", "b.txt", "c.txt", "c.txt"), Heap.tree(heap.source));
    }

    @Test
    void undo_moveWhoseSourcePathIsTaken_staysAndIsTold() throws Exception {
        heap.mode = "move";
        heap.files("a.txt", "b/c.txt").sort();
        heap.file("a.txt", "a new one");
        SortFailedException failure =
                assertThrows(SortFailedException.class, () -> heap.history(null).undo());
        assertEquals(
                List.of(heap.output.resolve("txt/a.txt") + " cannot go back to " + heap.source.resolve("a.txt")
                        + ": there is another file now"),
                failure.failures());
        assertEquals(Map.of("txt/a.txt", "a.txt"), heap.sorted());
        assertEquals(Map.of("a.txt", "a new one", "b/c.txt", "b/c.txt"), Heap.tree(heap.source));
    }

    @Test
    void undo_moveWhoseSourcePathIsTakenByAFileThatNobodyMayRead_staysAndIsTold() throws Exception {
        heap.files("a.txt");
        heap.mode = "move";
        heap.sort();
        Path mine = heap.source.resolve("a.txt");
        Files.writeString(mine, "mine");
        Files.setPosixFilePermissions(mine, HalfFile.MODE);
        assertThrows(SortFailedException.class, heap.history(null)::undo);
        assertTrue(HalfFile.is(mine));
        Files.setPosixFilePermissions(mine, HalfFile.READABLE);
        assertEquals("mine", Files.readString(mine));
        assertEquals(Map.of("txt/a.txt", "a.txt"), heap.sorted());
    }

    @Test
    void undo_killedWhileCopyingBack_beginsAgain() throws Exception {
        heap.files("a.txt");
        heap.mode = "move";
        heap.sort();
        Path half = Files.createFile(heap.source.resolve("a.txt"), HalfFile.mode());
        Files.writeString(half, "a.t");
        heap.history(null).undo();
        assertEquals("a.txt", Files.readString(half));
    }

    @Test
    void undo_sourceFolderGone_isMadeAgain() throws Exception {
        heap.mode = "move";
        heap.files("b/c/a.txt").sort();
        Files.delete(heap.source.resolve("b/c"));
        Files.delete(heap.source.resolve("b"));
        heap.history("run-1").undo();
        assertEquals(Map.of("b/c/a.txt", "b/c/a.txt"), Heap.tree(heap.source));
    }

    @Test
    void undo_notTheLast_isRefused() throws Exception {
        heap.files("a.txt").sort();
        heap.files("b.txt").sort();
        assertEquals(
                "<run>run-1</run> is not the last one, and later ones build on it: undo run-2 first",
                assertThrows(
                                SortFailedException.class,
                                () -> heap.history("run-1").undo())
                        .getMessage());
        assertEquals(
                "<run> must be one of run-1, run-2: run=run-7",
                assertThrows(
                                SortFailedException.class,
                                () -> heap.history("run-7").undo())
                        .getMessage());
        assertEquals(2, heap.sorted().size());
    }

    @Test
    void undo_neverSorted_saysSo() throws Exception {
        Files.createDirectories(heap.output);
        assertEquals(
                "<output>out</output>: " + heap.output
                        + " was never sorted into: it has no .procession; name the directory that was",
                assertThrows(SortFailedException.class, () -> heap.history(null).undo())
                        .getMessage());
    }

    @Test
    void verify_everythingAsPlaced_saysSo() throws Exception {
        heap.files("a.txt", "b/a.txt", "c.jpg").sort();
        assertTrue(
                heap.history(null)
                        .verify()
                        .summary()
                        .matches("verified 3 files \\(17 B\\) in [0-9.]+ s, 0 of them by size and time alone,"
                                + " 0 not as placed: out"),
                heap.history(null).verify().summary());
    }

    @Test
    void verify_changedMissingAndMovedFiles_areTold() throws Exception {
        heap.files("a.txt", "b.txt", "c.txt", "d.txt").sort();
        Path changed = heap.output.resolve("txt/a.txt");
        Path grown = heap.output.resolve("txt/c.txt");
        Files.writeString(heap.base.resolve("other"), "A.txt");
        Files.setLastModifiedTime(heap.base.resolve("other"), Files.getLastModifiedTime(changed));
        Files.move(heap.base.resolve("other"), changed, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(heap.output.resolve("txt/b.txt"));
        Files.writeString(grown, "c.txt, grown");
        heap.mode = "move";
        heap.sourceText = "moved";
        Files.createDirectories(heap.base.resolve("moved"));
        Files.writeString(heap.base.resolve("moved/m.bin"), "m");
        heap.sort();
        Path moved = heap.output.resolve("bin/m.bin");
        Heap.age(moved, 77);
        assertEquals(
                List.of(
                        moved + " has another time of modification; it was moved, so nobody knows its content",
                        changed + " has another content",
                        heap.output.resolve("txt/b.txt") + " is not there any more",
                        grown + " has 12 bytes, and had 5"),
                assertThrows(SortFailedException.class, () -> heap.history(null).verify())
                        .failures());
    }

    @Test
    void forget_killedInTheMiddle_isNoRunThatCanBeUndoneAndIsCompleted() throws Exception {
        heap.files("a.txt").sort();
        heap.file("a.txt", "changed");
        heap.sort();
        // Its name is taken from it first, and then what it displaced is let go.
        Path left = heap.output.resolve(".procession/forgotten-2");
        Files.move(heap.output.resolve(".procession/run-2"), left);
        assertTrue(Files.exists(left.resolve("kept")));
        assertEquals(
                "<run> must be one of run-1: run=run-2",
                assertThrows(
                                SortFailedException.class,
                                () -> heap.history("run-2").undo())
                        .getMessage());
        assertEquals(1, heap.sort().unchanged());
        assertFalse(Files.exists(left.resolve("kept")));
        heap.history("run-1").forget();
        assertEquals(List.of("index", "lock", "workers"), heap.own());
        assertEquals(1, heap.sort().unchanged());
        assertEquals(Map.of("txt/a.txt", "changed"), heap.sorted());
        heap.files("b.txt");
        assertEquals("run-3", heap.sort().run());
    }

    @Test
    void forget_run_staysKnownAndCannotBeUndone() throws Exception {
        heap.files("a.txt").sort();
        heap.file("a.txt", "changed");
        heap.sort();
        assertEquals(
                "forgot run-2: 1 file that had been displaced let go: out",
                heap.history(null).forget().summary());
        assertEquals(1, heap.sort().unchanged());
        assertEquals(List.of("index", "lock", "run-1", "workers"), heap.own());
        assertEquals(
                "forgot run-1: 0 files that had been displaced let go: out",
                heap.history("all").forget().summary());
        assertEquals(1, heap.sort().unchanged());
        assertTrue(
                assertThrows(SortFailedException.class, () -> heap.history(null).undo())
                        .getMessage()
                        .contains("remembers no run that could be undone"));
        // Numbers are not given twice.
        heap.files("b.txt");
        assertEquals("run-3", heap.sort().run());
    }
}
