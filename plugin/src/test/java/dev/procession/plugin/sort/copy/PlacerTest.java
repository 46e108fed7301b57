package dev.procession.plugin.sort.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.output.HalfFile;
import dev.procession.plugin.sort.output.Publishing;
import dev.procession.plugin.work.FileStat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One file, with both ways to take a name; also after attempts that were killed at their worst moments. */
@Timeout(60)
class PlacerTest {
    private static final FileStat SEEN = new FileStat(7, 0, "?");
    private static final PlaceJob NEW = new PlaceJob("a.txt", SEEN, "txt/a.txt", 7, How.COPIED, null);
    private static final PlaceJob MOVE = new PlaceJob("a.txt", SEEN, "txt/a.txt", 7, How.MOVED, null);

    @TempDir
    Path directory;

    private Heap heap;
    private Path run;
    private Path draft;
    private Path kept;
    private Path source;
    private Path target;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        heap.file("a.txt", "content");
        run = heap.output.resolve(".procession/run-1");
        draft = Files.createDirectories(run.resolve("drafts")).resolve("7");
        kept = Files.createDirectories(run.resolve("kept")).resolve("7");
        source = heap.source.resolve("a.txt");
        target = Files.createDirectories(heap.output.resolve("txt")).resolve("a.txt");
    }

    private PlaceOutcome place(Publishing publishing, PlaceJob job) throws Exception {
        return place(publishing, true, job);
    }

    private PlaceOutcome place(Publishing publishing, boolean links, PlaceJob job) throws Exception {
        return new Placer(new PlaceRules(
                        heap.source.toString(),
                        heap.output.toString(),
                        run.toString(),
                        publishing,
                        links,
                        true,
                        false,
                        false,
                        Long.MIN_VALUE,
                        PlaceRules.keep(Set.of())))
                .place(job);
    }

    private void assertPlaced(PlaceOutcome outcome) throws Exception {
        PlaceOutcome.Done done = assertInstanceOf(PlaceOutcome.Done.class, outcome);
        assertEquals(Map.of("txt/a.txt", "content"), heap.sorted());
        FileStat there = FileStat.of(target);
        assertEquals(there.size(), done.placed().size());
        assertEquals(there.modifiedNanos(), done.placed().modifiedNanos());
        if (done.how() == How.COPIED) {
            assertEquals(new Content().sum(source), done.sum());
        }
        assertFalse(Files.exists(draft));
        assertFalse(HalfFile.is(target));
    }

    private PlaceJob overOld(How how) throws Exception {
        Files.writeString(target, "old");
        return new PlaceJob("a.txt", SEEN, "txt/a.txt", 7, how, FileStat.of(target));
    }

    @ParameterizedTest
    @EnumSource
    void place_newFile_isThere(Publishing publishing) throws Exception {
        PlaceOutcome outcome = place(publishing, NEW);
        assertPlaced(outcome);
        assertEquals(FileStat.of(source), ((PlaceOutcome.Done) outcome).source());
    }

    /** Java cannot give a file such a time, so no test could without another program. */
    @ParameterizedTest
    @EnumSource
    @EnabledOnOs(OS.LINUX)
    void place_fileOfBefore1970_getsItsSecondAndIsRecognisedWhenItIsPlacedAgain(Publishing publishing)
            throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("touch", "-d", "1960-01-01 00:00:00.25 UTC", source.toString())
                        .inheritIO()
                        .start()
                        .waitFor());
        assertEquals(
                Instant.parse("1960-01-01T00:00:00.250Z"),
                Files.getLastModifiedTime(source).toInstant());
        assertPlaced(place(publishing, NEW));
        assertEquals(
                Instant.parse("1960-01-01T00:00:00Z"),
                Files.getLastModifiedTime(target).toInstant());
        // As after the kill of a worker that had not yet said what it did.
        assertPlaced(place(publishing, NEW));
    }

    @ParameterizedTest
    @EnumSource
    void place_nameTaken_overwritesNothing(Publishing publishing) throws Exception {
        for (PlaceJob job : new PlaceJob[] {NEW, MOVE, new PlaceJob("a.txt", SEEN, "txt/a.txt", 7, How.LINKED, null)}) {
            Files.writeString(target, "mine");
            assertEquals(new PlaceOutcome.NameTaken(), place(publishing, job));
            assertEquals("mine", Files.readString(target));
            assertEquals("content", Files.readString(source));
        }
        Files.writeString(target, "");
        assertEquals(new PlaceOutcome.NameTaken(), place(publishing, NEW));
        assertEquals("", Files.readString(target));
        assertTrue(Files.notExists(draft));
    }

    @Test
    void place_killedWhileCopyingDirectly_beginsAgain() throws Exception {
        for (String written : new String[] {"", "cont", "content"}) {
            Files.createFile(target, HalfFile.mode());
            Files.writeString(target, written);
            assertPlaced(place(Publishing.DIRECT, NEW));
            Files.delete(target);
        }
    }

    @ParameterizedTest
    @EnumSource
    void place_killedAfterMoving_isDoneAlready(Publishing publishing) throws Exception {
        PlaceJob move = new PlaceJob("a.txt", FileStat.of(source), "txt/a.txt", 7, How.MOVED, null);
        assertPlaced(place(publishing, move));
        assertPlaced(place(publishing, move));
    }

    @Test
    void place_killedWhileCopyingADraft_beginsAgain() throws Exception {
        Files.writeString(draft, "cont");
        assertPlaced(place(Publishing.CLAIM, NEW));
    }

    @ParameterizedTest
    @EnumSource
    void place_killedAfterPlacing_isDoneAlready(Publishing publishing) throws Exception {
        place(publishing, NEW);
        Object key = FileStat.of(target).key();
        assertPlaced(place(publishing, NEW));
        assertEquals(key, FileStat.of(target).key());
    }

    @Test
    void place_killedBeforeTheTimeWasSet_isDoneAlreadyAndGetsIt() throws Exception {
        place(Publishing.DIRECT, NEW);
        Object key = FileStat.of(target).key();
        Heap.age(target, -1);
        assertPlaced(place(Publishing.DIRECT, NEW));
        assertEquals(key, FileStat.of(target).key());
        assertEquals(Files.getLastModifiedTime(source), Files.getLastModifiedTime(target));
    }

    @Test
    void place_nameTakenBySameContentFromBeforeTheRun_isTheUsers() throws Exception {
        Files.writeString(target, Files.readString(source));
        Heap.age(target, 1800);
        assertEquals(new PlaceOutcome.NameTaken(), place(Publishing.DIRECT, NEW));
    }

    @Test
    void place_killedBetweenClaimAndRename_beginsAgain() throws Exception {
        Files.writeString(draft, "content");
        Files.createFile(target);
        assertPlaced(place(Publishing.CLAIM, NEW));
    }

    @ParameterizedTest
    @EnumSource
    void place_move_isTheSameFile(Publishing publishing) throws Exception {
        String key = FileStat.of(source).key();
        assertPlaced(place(publishing, MOVE));
        assertEquals(key, FileStat.of(target).key());
        assertFalse(Files.exists(source));
    }

    @ParameterizedTest
    @EnumSource
    void place_moveKilledAfterTheClaim_beginsAgain(Publishing publishing) throws Exception {
        new Traces(publishing).claim(target);
        assertPlaced(place(publishing, MOVE));
    }

    @Test
    void place_hardLink_isTheSameFileUnderTwoNames() throws Exception {
        PlaceJob job = new PlaceJob("a.txt", SEEN, "txt/a.txt", 7, How.LINKED, null);
        assertPlaced(place(Publishing.DIRECT, job));
        assertTrue(Files.isSameFile(source, target));
        // A second attempt finds its own link.
        assertPlaced(place(Publishing.DIRECT, job));
    }

    @ParameterizedTest
    @EnumSource(
            value = How.class,
            names = {"COPIED", "LINKED", "MOVED"})
    void place_overItsOldCopy_keepsThatAside(How how) throws Exception {
        for (boolean links : new boolean[] {true, false}) {
            if (how == How.LINKED && !links) {
                continue;
            }
            heap.file("a.txt", "content");
            Files.deleteIfExists(kept);
            assertPlaced(place(Publishing.DIRECT, links, overOld(how)));
            assertEquals("old", Files.readString(kept));
            assertEquals(how != How.MOVED, Files.exists(source));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = How.class,
            names = {"COPIED", "LINKED", "MOVED"})
    void place_killedAfterReplacing_isDoneAlready(How how) throws Exception {
        PlaceJob job = overOld(how);
        place(Publishing.DIRECT, job);
        assertPlaced(place(Publishing.DIRECT, job));
        assertEquals("old", Files.readString(kept));
    }

    @ParameterizedTest
    @EnumSource(
            value = How.class,
            names = {"COPIED", "LINKED", "MOVED"})
    void place_killedBeforeReplacing_replaces(How how) throws Exception {
        PlaceJob job = overOld(how);
        Files.writeString(draft, "cont");
        Files.createLink(kept, target);
        assertPlaced(place(Publishing.DIRECT, job));
        assertEquals("old", Files.readString(kept));
    }

    @ParameterizedTest
    @EnumSource
    void place_oldCopyChanged_isKept(Publishing publishing) throws Exception {
        PlaceJob job = overOld(How.COPIED);
        Files.writeString(target, "mine");
        assertEquals(new PlaceOutcome.TargetChanged(), place(publishing, job));
        assertEquals("mine", Files.readString(target));
        assertFalse(Files.exists(kept));
        assertFalse(Files.exists(draft));
    }

    @ParameterizedTest
    @EnumSource
    void place_oldCopyGone_isPlacedAnew(Publishing publishing) throws Exception {
        PlaceJob job = overOld(How.COPIED);
        Files.delete(target);
        assertPlaced(place(publishing, job));
    }

    @Test
    void place_acrossFileSystems_sourceGoesOnlyAfterTheCopyIsRead() throws Exception {
        PlaceRules rules = new PlaceRules(
                heap.source.toString(),
                heap.output.toString(),
                run.toString(),
                Publishing.DIRECT,
                true,
                true,
                true,
                false,
                Long.MIN_VALUE,
                PlaceRules.keep(Set.of()));
        PlaceOutcome outcome =
                new PlaceTask(rules, java.util.List.of(MOVE)).call().get(0);
        assertEquals(How.MOVED, ((PlaceOutcome.Done) outcome).how());
        assertFalse(Files.exists(source));
        assertEquals("content", Files.readString(target));
    }

    @Test
    void place_acrossFileSystemsAndTheCopyIsDamaged_sourceStays() throws Exception {
        PlaceRules rules = new PlaceRules(
                heap.source.toString(),
                heap.output.toString(),
                run.toString(),
                Publishing.DIRECT,
                true,
                true,
                true,
                false,
                Long.MIN_VALUE,
                PlaceRules.keep(Set.of()));
        java.util.List<PlaceOutcome> outcomes = new java.util.ArrayList<>();
        outcomes.add(new Placer(rules).place(MOVE));
        Files.writeString(target, "contemt");
        new SourceRemoval(rules).remove(new PlaceJob[] {MOVE}, outcomes);
        assertTrue(
                ((PlaceOutcome.Failed) outcomes.get(0)).text().contains("another content was read there"),
                outcomes.toString());
        assertEquals("content", Files.readString(source));
        assertFalse(Files.exists(target));
    }
}
