package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.HalfFile;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on an output where an earlier run has placed files. */
@Timeout(60)
class SecondRunTest {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        heap.files("a.txt", "b/a.txt", "c/a.txt", "d.jpg", Heap.utf8("їжак.txt"), "line\nend");
    }

    private Path journal() {
        return heap.output.resolve(".procession/run-1/journal");
    }

    /** What is remembered, by its key. */
    private Map<String, JournalEntry> known() throws Exception {
        OwnPlaces own = new OwnPlaces(heap.output.resolve(".procession"));
        Map<String, JournalEntry> known = new TreeMap<>();
        try (Scratch scratch = new Scratch(directory.resolve("scratch"));
                Cursor<JournalEntry> entries = Memory.open(own, scratch).entries()) {
            for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                known.put(entry.memoryKey(), entry);
            }
        }
        return known;
    }

    private Map<String, String> identities() throws Exception {
        Map<String, String> identities = new TreeMap<>();
        for (String name : heap.sorted().keySet()) {
            identities.put(
                    name,
                    String.valueOf(Files.readAttributes(Heap.at(heap.output, name), BasicFileAttributes.class)
                            .fileKey()));
        }
        return identities;
    }

    @Test
    void sort_nothingChanged_copiesNothing() throws Exception {
        heap.sort();
        Map<String, String> before = identities();
        byte[] written = Files.readAllBytes(journal());
        heap.details.clear();
        SortResult result = heap.sort();
        assertTrue(
                result.summary()
                        .matches("sorted 6 files \\(\\d+ B\\) into 3 folders in [0-9.]+ s, 0 copied, 6 unchanged: out"),
                result.summary());
        assertEquals(before, identities());
        assertArrayEquals(written, Files.readAllBytes(journal()));
        assertEquals(List.of("lock", "run-1", "workers"), heap.own());
        assertTrue(heap.details.stream().noneMatch(line -> line.startsWith("copying ")), heap.details.toString());
    }

    @Test
    void sort_freshFiles_areComparedOnceAndBelievedThen() throws Exception {
        Files.writeString(heap.source.resolve("new.txt"), "1");
        heap.sort();
        assertFalse(known().get("../in/new.txt").settled());
        assertTrue(known().get("../in/a.txt").settled());
        // The same size and the same time: only the content tells.
        Path file = heap.source.resolve("new.txt");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "2");
        Files.setLastModifiedTime(file, time);
        SortResult result = heap.sort();
        assertEquals(1, result.copied());
        assertEquals("2", heap.sorted().get("txt/new.txt"));
    }

    @Test
    void sort_oneChanged_isReplacedInItsPlace() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        heap.file("b/a.txt", "changed");
        SortResult result = heap.sort();
        assertTrue(result.summary().contains(", 1 copied, 1 renamed, 5 unchanged: "), result.summary());
        before.put("txt/a (2).txt", "changed");
        assertEquals(before, heap.sorted());
        assertEquals(6, heap.sort().unchanged());
        assertEquals(List.of("lock", "run-1", "run-2", "workers"), heap.own());
    }

    @Test
    void sort_newOnes_getNamesAndNobodyElseIsRenamed() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        Map<String, String> identities = identities();
        heap.files("0/a.txt", "bb/a.txt", "a (2).txt");
        SortResult result = heap.sort();
        assertEquals(3, result.copied());
        before.put("txt/a (4).txt", "0/a.txt");
        before.put("txt/a (2) (2).txt", "a (2).txt");
        before.put("txt/a (5).txt", "bb/a.txt");
        assertEquals(before, heap.sorted());
        Map<String, String> now = identities();
        now.keySet().retainAll(identities.keySet());
        assertEquals(identities, now);
    }

    @Test
    void sort_sourceGone_itsCopyStays() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        Files.delete(heap.source.resolve("a.txt"));
        assertEquals(5, heap.sort().unchanged());
        assertEquals(before, heap.sorted());
        heap.files("a.txt");
        // It is back, with another identity: the content says that its copy is there.
        FileTime time = Files.getLastModifiedTime(heap.output.resolve("txt/a.txt"));
        Files.setLastModifiedTime(heap.source.resolve("a.txt"), time);
        assertEquals(6, heap.sort().unchanged());
        assertEquals(before, heap.sorted());
    }

    @Test
    void sort_copyGone_isCopiedAgainToTheSamePlace() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        Files.delete(heap.output.resolve("txt/a (2).txt"));
        assertEquals(1, heap.sort().copied());
        assertEquals(before, heap.sorted());
        for (String name : List.of("txt/a.txt", "txt/a (2).txt", "txt/a (3).txt", "jpg/d.jpg")) {
            Files.delete(heap.output.resolve(name));
        }
        Files.delete(heap.output.resolve("jpg"));
        assertEquals(4, heap.sort().copied());
        assertEquals(before, heap.sorted());
    }

    @Test
    void sort_copyChangedByTheUser_isKept() throws Exception {
        heap.sort();
        Path copy = heap.output.resolve("txt/a (2).txt");
        Files.writeString(copy, "my notes");
        heap.file("b/a.txt", "changed too");
        SortResult result = heap.sort();
        assertEquals(
                List.of(copy + " was changed by somebody since it was sorted; it is kept, and its source "
                        + heap.source.resolve("b/a.txt") + " is copied beside it"),
                heap.warnings);
        assertEquals(1, result.copied());
        assertEquals("my notes", heap.sorted().get("txt/a (2).txt"));
        assertEquals("changed too", heap.sorted().get("txt/a (4).txt"));
        assertEquals(6, heap.sort().unchanged());
    }

    @Test
    void sort_copyReplacedByTheUserInSizeAndTime_isKept() throws Exception {
        heap.sort();
        Path copy = heap.output.resolve("txt/a.txt");
        FileTime time = Files.getLastModifiedTime(copy);
        Files.delete(copy);
        Files.writeString(copy, "A.TXT");
        Files.setLastModifiedTime(copy, time);
        heap.file("a.txt", "12345");
        heap.sort();
        assertEquals("A.TXT", heap.sorted().get("txt/a.txt"));
        assertEquals("12345", heap.sorted().get("txt/a (4).txt"));
    }

    @Test
    void sort_copyChangedBetweenPlanAndReplacement_isKept() throws Exception {
        heap.sort();
        heap.file("a.txt", "changed");
        Path copy = heap.output.resolve("txt/a.txt");
        BuildLogThat log = new BuildLogThat(heap, "copying in ", () -> Files.writeString(copy, "my notes"));
        new FileSorter(heap.request(), log).run();
        assertEquals("my notes", heap.sorted().get("txt/a.txt"));
        assertEquals("changed", heap.sorted().get("txt/a (4).txt"));
        assertEquals(
                List.of(copy
                        + " was changed by somebody in this moment; it is kept, and its source is copied beside it"),
                heap.warnings);
    }

    @Test
    void sort_projectMovedOrRestored_isRecognisedByContent() throws Exception {
        heap.sort();
        Path moved = Files.createDirectory(heap.base.resolve("moved"));
        for (String part : List.of("in", "out")) {
            try (Stream<Path> all = Files.walk(heap.base.resolve(part))) {
                for (Path path : all.toList()) {
                    Path to = RawName.resolve(moved, RawName.of(heap.base.relativize(path)));
                    // Other identities, the times kept: what a cache or an archive restores.
                    Files.copy(path, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        Heap there = new Heap(moved);
        SortResult result = there.sort();
        assertEquals(0, result.copied(), result.summary());
        assertEquals(6, result.unchanged());
        assertEquals(heap.sorted(), there.sorted());
    }

    @Test
    void sort_copiesTouched_areRecognisedByContent() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        for (String name : before.keySet()) {
            Heap.age(Heap.at(heap.output, name), 10);
        }
        assertEquals(6, heap.sort().unchanged());
        assertEquals(before, heap.sorted());
    }

    @Test
    void sort_sourceTouched_onlyTheTimeOfItsCopyFollows() throws Exception {
        heap.sort();
        Map<String, String> before = identities();
        Heap.age(heap.source.resolve("b/a.txt"), 100);
        assertEquals(6, heap.sort().unchanged());
        assertEquals(before, identities());
        assertEquals(
                Files.getLastModifiedTime(heap.source.resolve("b/a.txt")),
                Files.getLastModifiedTime(heap.output.resolve("txt/a (2).txt")));
        Map<String, JournalEntry> known = known();
        assertEquals(6, heap.sort().unchanged());
        assertEquals(known, known());
    }

    @Test
    void sort_twoSourcesOneOutput_areBothRemembered() throws Exception {
        heap.sort();
        Path other = Files.createDirectory(heap.base.resolve("other"));
        Files.writeString(other.resolve("a.txt"), "other");
        Heap.age(other.resolve("a.txt"), 60);
        heap.sourceText = "other";
        assertEquals(1, heap.sort().renamed());
        assertEquals("other", heap.sorted().get("txt/a (4).txt"));
        assertEquals(1, heap.sort().unchanged());
        heap.sourceText = "in";
        assertEquals(6, heap.sort().unchanged());
        // A directory of a source that is known is known.
        heap.sourceText = "in/b";
        assertEquals(1, heap.sort().unchanged());
    }

    @Test
    void sort_journalCutOffAnywhere_losesNothing() throws Exception {
        heap.sort();
        heap.files("e.txt").sort();
        Path last = heap.output.resolve(".procession/run-2/journal");
        byte[] whole = Files.readAllBytes(last);
        Map<String, String> before = heap.sorted();
        for (int cut = 1; cut <= whole.length; cut += 7) {
            Files.write(last, java.util.Arrays.copyOf(whole, whole.length - cut));
            // Where nothing is said of it any more, it still is what the next run would make.
            assertEquals(7, heap.sort().unchanged());
            assertEquals(before, heap.sorted());
            assertEquals(7, heap.sort().unchanged());
            Files.deleteIfExists(heap.output.resolve(".procession/run-3/journal"));
            Files.deleteIfExists(heap.output.resolve(".procession/run-3"));
        }
    }

    /** What a machine leaves that has lost its power: files, and nothing of the journal that told of them. */
    private void forgetAllBut(String head) throws Exception {
        Files.writeString(journal(), head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename", "skip", "overwrite", "fail"})
    void sort_journalCutBeforeTheFirstFile_copiesAreTakenForCopiesAndSaid(String collisions) throws Exception {
        heap.collisions = collisions;
        if (!collisions.equals("rename")) {
            // Of equal names these answers place one.
            Files.delete(heap.source.resolve("b/a.txt"));
            Files.delete(heap.source.resolve("c/a.txt"));
        }
        heap.sort();
        Map<String, String> before = heap.sorted();
        Map<String, String> identities = identities();
        forgetAllBut("procession sort-files 2\n");
        SortResult result = heap.sort();
        assertEquals(before.size(), result.unchanged(), result.summary());
        assertEquals(identities, identities());
        assertEquals(
                List.of("a run before did not end by itself, and the journal in "
                        + heap.output.resolve(".procession") + " does not tell of " + before.size()
                        + " files that cannot be told from copies of their sources; they are taken for those, and"
                        + " undo-sort leaves them where they are"),
                heap.warnings);
        heap.warnings.clear();
        assertEquals(before.size(), heap.sort().unchanged());
        assertEquals(List.of(), heap.warnings);
        // They may have been there before: nobody knows, and nobody takes them out.
        heap.history("run-2").undo();
        assertEquals(before, heap.sorted());
    }

    @Test
    void sort_journalCutAndFilesOfTheUsers_onlyCopiesAreTakenForCopies() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        forgetAllBut("");
        Path mine = heap.output.resolve("txt/a (2).txt");
        Files.writeString(mine, "mine, not b");
        Heap.age(heap.output.resolve("txt/a (3).txt"), 7);
        before.put("txt/a (2).txt", "mine, not b");
        before.put("txt/a (4).txt", "b/a.txt");
        // The same content, and another time: not what we would have made.
        before.put("txt/a (5).txt", "c/a.txt");
        SortResult result = heap.sort();
        assertEquals(4, result.unchanged(), result.summary());
        assertEquals(2, result.copied(), result.summary());
        assertEquals(before, heap.sorted());
        heap.history("run-2").undo();
        before.remove("txt/a (4).txt");
        before.remove("txt/a (5).txt");
        assertEquals(before, heap.sorted());
    }

    @Test
    void sort_journalCutAndMovedNow_filesGetThePlacesOfTheirCopiesAndUndoGivesBoth() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        Map<String, String> source = Heap.stamps(heap.source);
        forgetAllBut("");
        heap.mode = "move";
        assertEquals(6, heap.sort().placed().moved());
        assertEquals(before, heap.sorted());
        assertEquals(Map.of(), Heap.tree(heap.source));
        heap.history("run-2").undo();
        assertEquals(before, heap.sorted());
        assertEquals(source, Heap.stamps(heap.source));
    }

    @Test
    void sort_journalCutAndLinks_areTakenForLinks() throws Exception {
        heap.mode = "hardlink";
        heap.sort();
        Map<String, String> identities = identities();
        forgetAllBut("");
        assertEquals(6, heap.sort().unchanged());
        assertEquals(identities, identities());
        heap.history(null).verify();
    }

    @Test
    void sort_journalCutAndDuplicates_areDuplicatesOfWhatIsThere() throws Exception {
        heap.collisions = "dedupe";
        heap.file("z.bin", "a.txt").sort();
        Map<String, String> before = heap.sorted();
        // It may also tell of the duplicate, and not of the file that has its content.
        byte[] whole = Files.readAllBytes(journal());
        for (int length = 0; length < whole.length; length += 60) {
            Files.write(journal(), java.util.Arrays.copyOf(whole, length));
            assertEquals(1, heap.sort().duplicates());
            assertEquals(before, heap.sorted(), "cut at " + length);
            Files.deleteIfExists(heap.output.resolve(".procession/run-2/journal"));
            Files.deleteIfExists(heap.output.resolve(".procession/run-2"));
        }
        forgetAllBut("");
        assertEquals(1, heap.sort().duplicates());
        assertEquals("txt/a.txt", known().get("../in/z.bin").target());
        assertEquals(1, heap.sort().duplicates());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void sort_journalCutAndHalfAFile_isWholeAfterwardsAndUndoGivesBackTheHalf() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        Path half = heap.output.resolve("txt/a (2).txt");
        Files.writeString(half, "b/");
        Files.setPosixFilePermissions(half, HalfFile.MODE);
        forgetAllBut("");
        SortResult result = heap.sort();
        assertEquals(1, result.copied(), result.summary());
        assertEquals(before, heap.sorted());
        heap.history("run-2").undo();
        assertTrue(HalfFile.is(half));
        assertEquals(2, Files.size(half));
    }

    @Test
    void sort_journalCutAndAnotherSourceSortedSince_copiesAreStillTakenForCopies() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        forgetAllBut("");
        Path other = Files.createDirectory(heap.base.resolve("other"));
        Files.writeString(other.resolve("x.jpg"), "other");
        heap.sourceText = "other";
        heap.sort();
        before.put("jpg/x.jpg", "other");
        heap.sourceText = "in";
        assertEquals(6, heap.sort().unchanged());
        assertEquals(before, heap.sorted());
        // What comes later is the user's own again.
        Files.writeString(heap.output.resolve("txt/new.txt"), "new.txt");
        heap.files("new.txt");
        Files.setLastModifiedTime(
                heap.output.resolve("txt/new.txt"), Files.getLastModifiedTime(heap.source.resolve("new.txt")));
        assertEquals(1, heap.sort().renamed());
    }

    @Test
    void sort_journalCutAfterADisplacement_whatIsKeptAsideIsToldOf() throws Exception {
        Files.createDirectories(heap.output.resolve("jpg"));
        Files.writeString(heap.output.resolve("jpg/d.jpg"), "mine");
        heap.collisions = "overwrite";
        heap.sort();
        Map<String, String> before = heap.sorted();
        forgetAllBut("");
        heap.sort();
        assertEquals(before, heap.sorted());
        assertEquals(
                "the journal of run-1 does not tell of 1 file in " + heap.output.resolve(".procession/run-1/kept")
                        + ", which it displaced; look at what is there before you call forget-run, since nobody knows"
                        + " where it was",
                heap.warnings.get(0));
        heap.warnings.clear();
        heap.sort();
        assertEquals(List.of(), heap.warnings);
    }

    @Test
    void plan_journalCut_changesNothingAndTheRunDoesTheSame() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        forgetAllBut("");
        heap.dryRun = true;
        heap.plan = "plan.txt";
        assertEquals(6, heap.sort().unchanged());
        heap.dryRun = false;
        assertEquals(6, heap.sort().unchanged());
        assertEquals(before, heap.sorted());
    }

    @Test
    void sort_journalDamaged_copiesAreRecognisedByContent() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        byte[] bytes = Files.readAllBytes(journal());
        // In the middle of the results: the block before the last one, which says that the run has ended.
        bytes[bytes.length - 40] ^= 1;
        Files.write(journal(), bytes);
        SortResult result = heap.sort();
        assertEquals(6, result.unchanged(), result.summary());
        assertEquals(before, heap.sorted());
        assertEquals(1, heap.warnings.size(), heap.warnings.toString());
        assertTrue(
                heap.warnings.get(0).matches("the journal in .*/out/\\.procession is damaged in 1 place; .*"),
                heap.warnings.get(0));
        heap.warnings.clear();
        assertEquals(6, heap.sort().unchanged());
        assertEquals(List.of(), heap.warnings);
    }

    @Test
    void sort_journalOverwrittenWithRubbish_copiesAreRecognisedByContent() throws Exception {
        heap.sort();
        Map<String, String> before = heap.sorted();
        Files.writeString(journal(), "rubbish\n\u0000\n\nfile file\n");
        Files.deleteIfExists(heap.output.resolve(".procession/index"));
        assertEquals(6, heap.sort().unchanged());
        assertEquals(before, heap.sorted());
    }

    @Test
    void sort_journalOfAnotherVersion_isLeftAlone() throws Exception {
        heap.sort();
        String newer = "procession sort-files 12\nsomething else\n";
        Files.writeString(journal(), newer);
        assertEquals(
                journal() + " was written by another version of sort-files (procession sort-files 12); use that version"
                        + " for this <output>, or name another <output>",
                heap.fail());
        assertEquals(newer, Files.readString(journal()));
    }

    @Test
    void sort_noJournal_whatIsThereIsTheUsers() throws Exception {
        heap.sort();
        Files.delete(journal());
        Files.delete(journal().getParent());
        SortResult result = heap.sort();
        assertEquals(6, result.copied());
        assertEquals(12, heap.sorted().size());
    }

    @Test
    void sort_manyChanges_onlySoManyRunsAreKept() throws Exception {
        heap.keepRuns = "2";
        for (int i = 0; i < 30; i++) {
            heap.file("a.txt", "version " + i);
            assertEquals(i == 0 ? 6 : 1, heap.sort().copied());
        }
        assertEquals(List.of("index", "lock", "run-29", "run-30", "workers"), heap.own());
        assertEquals("version 29", heap.sorted().get("txt/a.txt"));
    }

    @Test
    void sort_leftoversOfADeadRun_areSwept() throws Exception {
        heap.sort();
        for (String name : List.of("run-2", "run-4")) {
            Path drafts = Files.createDirectories(heap.output.resolve(".procession/" + name + "/drafts"));
            Files.writeString(drafts.resolve("7"), "half");
        }
        Files.writeString(heap.output.resolve(".procession/index.new"), "half", StandardOpenOption.CREATE_NEW);
        Files.createDirectory(heap.output.resolve(".procession/scratch"));
        Files.writeString(heap.output.resolve(".procession/scratch/1"), "half");
        heap.files("e.txt");
        assertEquals(1, heap.sort().copied());
        heap.sort();
        assertEquals(7, heap.sorted().size());
        assertEquals(
                List.of("gaps", "lock", "run-1", "run-2", "run-4", "run-5", "workers"),
                heap.own().stream().filter(name -> !name.endsWith(".new")).toList());
        assertFalse(Files.exists(heap.output.resolve(".procession/run-2/drafts")));
    }
}
