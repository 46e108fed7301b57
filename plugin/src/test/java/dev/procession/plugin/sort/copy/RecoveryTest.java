package dev.procession.plugin.sort.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.Intent;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.journal.RunLog;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.name.NameFolding;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.HalfFile;
import dev.procession.plugin.sort.output.OutputTraits;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.output.Publishing;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.work.FileStat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run leaves that was killed between placing a file and saying so; with both ways to take a name. */
@Timeout(60)
class RecoveryTest {
    private static final String KEY = "../in/a.txt";

    @TempDir
    Path directory;

    private Heap heap;
    private SortPlaces places;
    private OwnPlaces.Run run;
    private Path source;
    private Path target;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        heap.files("a.txt");
        places = heap.places();
        run = places.own().run(1);
        Files.createDirectories(run.drafts());
        Files.createDirectories(run.kept());
        Files.createFile(places.own().workers());
        source = heap.source.resolve("a.txt");
        target = Files.createDirectories(places.output().resolve("txt")).resolve("a.txt");
    }

    private PlaceRules rules(Publishing publishing) {
        return new PlaceRules(
                RawName.of(places.source()),
                RawName.of(places.output()),
                RawName.of(run.directory()),
                publishing,
                true,
                true,
                false,
                false,
                Long.MIN_VALUE,
                PlaceRules.keep(Set.of()));
    }

    private void intend(Step step, How how) throws Exception {
        try (RunLog journal = RunLog.create(run.journal())) {
            journal.folders(List.of("txt"));
            journal.intend(List.of(new Intent(7, step, how, KEY, "txt/a.txt", FileStat.of(source), null)));
        }
    }

    /** A run up to the moment of its death. */
    private void killedRun(Publishing publishing, How how, boolean placed, boolean saidSo) throws Exception {
        intend(Step.PLACE, how);
        if (placed) {
            RunLog.Contents contents = RunLog.read(run.journal(), result -> {});
            PlaceOutcome.Done done = (PlaceOutcome.Done) new Placer(rules(publishing))
                    .place(new PlaceJob("a.txt", FileStat.of(heap.source.resolve("a.txt")), "txt/a.txt", 7, how, null));
            if (saidSo) {
                try (RunLog journal = RunLog.append(run.journal(), contents)) {
                    journal.results(List.of(new Result(
                            7,
                            Step.PLACE,
                            KEY,
                            new JournalEntry(KEY, done.source(), "txt/a.txt", done.placed(), done.sum(), true, how),
                            null)));
                }
            }
        }
    }

    private JournalEntry recover(Publishing publishing) throws Exception {
        OutputTraits traits = new OutputTraits(new NameFolding(false, false), publishing, true, true);
        new Recovery(places.output(), places.own(), traits, heap).run(0);
        assertFalse(Files.exists(run.drafts()));
        assertTrue(RunLog.read(run.journal(), result -> {}).ended());
        try (Scratch scratch = new Scratch(directory.resolve("scratch"));
                Cursor<JournalEntry> entries =
                        Memory.open(places.own(), scratch).entries()) {
            return entries.next();
        }
    }

    @ParameterizedTest
    @EnumSource
    void run_placedAndNotSaid_isLearned(Publishing publishing) throws Exception {
        killedRun(publishing, How.COPIED, true, false);
        assertEquals("txt/a.txt", recover(publishing).target());
        assertEquals(1, heap.sort().unchanged());
        assertEquals(Map.of("txt/a.txt", "a.txt"), heap.sorted());
    }

    @ParameterizedTest
    @EnumSource
    void run_placedAndSaid_staysAsSaid(Publishing publishing) throws Exception {
        killedRun(publishing, How.COPIED, true, true);
        assertTrue(recover(publishing).settled());
    }

    @Test
    void run_placedButForItsTime_getsItsTime() throws Exception {
        killedRun(Publishing.DIRECT, How.COPIED, true, false);
        Files.setLastModifiedTime(target, FileTime.fromMillis(1));
        assertEquals("txt/a.txt", recover(Publishing.DIRECT).target());
        assertEquals(Files.getLastModifiedTime(source), Files.getLastModifiedTime(target));
    }

    @ParameterizedTest
    @EnumSource
    void run_notPlaced_nameIsFree(Publishing publishing) throws Exception {
        killedRun(publishing, How.COPIED, false, false);
        Files.writeString(run.drafts().resolve("7"), "a.t");
        assertNull(recover(publishing));
        heap.sort();
        assertEquals(Map.of("txt/a.txt", "a.txt"), heap.sorted());
    }

    @Test
    void run_half_isRemoved() throws Exception {
        killedRun(Publishing.DIRECT, How.COPIED, false, false);
        Files.createFile(target, HalfFile.mode());
        Files.writeString(target, "a.t");
        assertNull(recover(Publishing.DIRECT));
        assertFalse(Files.exists(target));
    }

    @ParameterizedTest
    @EnumSource
    void run_notPlacedAndTakenByTheUser_isTheUsers(Publishing publishing) throws Exception {
        killedRun(publishing, How.COPIED, false, false);
        Files.writeString(target, "mine");
        assertNull(recover(publishing));
        heap.sort();
        assertEquals(Map.of("txt/a.txt", "mine", "txt/a (2).txt", "a.txt"), heap.sorted());
    }

    @ParameterizedTest
    @EnumSource
    void run_claimedOnly_givesTheNameBack(Publishing publishing) throws Exception {
        killedRun(publishing, How.MOVED, false, false);
        new Traces(publishing).claim(target);
        assertNull(recover(publishing));
        assertTrue(Files.notExists(target));
        assertTrue(Files.exists(source));
    }

    @ParameterizedTest
    @EnumSource
    void run_movedAndNotSaid_isLearned(Publishing publishing) throws Exception {
        killedRun(publishing, How.MOVED, true, false);
        assertEquals(How.MOVED, recover(publishing).how());
        assertEquals(Map.of("txt/a.txt", "a.txt"), heap.sorted());
        assertFalse(Files.exists(source));
    }

    @Test
    void run_copiedForAMoveAndSourceNotDeleted_moveIsFinished() throws Exception {
        intend(Step.PLACE, How.MOVED);
        new Placer(rules(Publishing.DIRECT))
                .place(new PlaceJob(
                        "a.txt", FileStat.of(heap.source.resolve("a.txt")), "txt/a.txt", 7, How.COPIED, null));
        assertEquals(How.MOVED, recover(Publishing.DIRECT).how());
        assertFalse(Files.exists(source));
        assertEquals(Map.of("txt/a.txt", "a.txt"), heap.sorted());
    }

    @Test
    void run_displacedAndNotSaid_isLearned() throws Exception {
        Files.writeString(target, "mine");
        intend(Step.DISPLACE, How.COPIED);
        new Placer(rules(Publishing.DIRECT))
                .place(new PlaceJob(
                        "a.txt",
                        FileStat.of(heap.source.resolve("a.txt")),
                        "txt/a.txt",
                        7,
                        How.COPIED,
                        FileStat.of(target)));
        assertEquals("txt/a.txt", recover(Publishing.DIRECT).target());
        assertEquals("mine", Files.readString(run.kept().resolve("7")));
    }

    private void displaceAndDie(How how) throws Exception {
        Files.writeString(target, "mine");
        intend(Step.DISPLACE, how);
        new Placer(rules(Publishing.DIRECT))
                .place(new PlaceJob("a.txt", FileStat.of(source), "txt/a.txt", 7, how, FileStat.of(target)));
    }

    @Test
    void run_displacedAndSourceEditedSince_undoGivesBackWhatWasDisplaced() throws Exception {
        displaceAndDie(How.COPIED);
        Files.writeString(source, "edited");
        assertEquals(How.COPIED, recover(Publishing.DIRECT).how());
        heap.history(null).undo();
        assertEquals(Map.of("txt/a.txt", "mine"), heap.sorted());
    }

    @Test
    void run_displacedByAMoveAndNewFileHasTheOldName_nothingIsLost() throws Exception {
        displaceAndDie(How.MOVED);
        Files.writeString(source, "new");
        assertEquals(How.MOVED, recover(Publishing.DIRECT).how());
        assertThrows(SortFailedException.class, heap.history(null)::undo);
        assertEquals("mine", Files.readString(run.kept().resolve("7")));
        Files.delete(source);
        heap.history(null).undo();
        assertEquals("a.txt", Files.readString(source));
        assertEquals(Map.of("txt/a.txt", "mine"), heap.sorted());
    }

    @Test
    void run_displacedAndCopyEditedSince_undoKeepsWhatWasDisplaced() throws Exception {
        displaceAndDie(How.COPIED);
        Files.writeString(target, "edited");
        recover(Publishing.DIRECT);
        String told = assertThrows(SortFailedException.class, heap.history(null)::undo)
                .getMessage();
        assertTrue(told.contains("what it displaced stays in"), told);
        assertEquals("mine", Files.readString(run.kept().resolve("7")));
        assertEquals(Map.of("txt/a.txt", "edited"), heap.sorted());
    }

    @Test
    void run_movedFileThatNobodyMayReadAndNewFileHasTheOldName_bothStay() throws Exception {
        Files.setPosixFilePermissions(source, HalfFile.MODE);
        killedRun(Publishing.DIRECT, How.MOVED, true, false);
        Files.writeString(source, "new");
        assertEquals(How.MOVED, recover(Publishing.DIRECT).how());
        assertEquals("new", Files.readString(source));
        Files.setPosixFilePermissions(target, HalfFile.READABLE);
        assertEquals(Map.of("txt/a.txt", "a.txt"), heap.sorted());
    }

    @Test
    void run_claimedAndSourceTakenByTheUser_givesTheNameBack() throws Exception {
        killedRun(Publishing.DIRECT, How.MOVED, false, false);
        new Traces(Publishing.DIRECT).claim(target);
        Files.delete(source);
        assertNull(recover(Publishing.DIRECT));
        assertTrue(Files.notExists(target));
    }

    @Test
    void run_keptAsideAndNotDisplaced_isAsBefore() throws Exception {
        Files.writeString(target, "mine");
        intend(Step.DISPLACE, How.COPIED);
        Files.createLink(run.kept().resolve("7"), target);
        assertNull(recover(Publishing.DIRECT));
        assertEquals(Map.of("txt/a.txt", "mine"), heap.sorted());
        assertFalse(Files.exists(run.kept().resolve("7")));
    }

    @Test
    void run_killedWhileRecovering_goesOn() throws Exception {
        killedRun(Publishing.DIRECT, How.COPIED, true, false);
        recover(Publishing.DIRECT);
        // The journal was written, and the drafts not yet removed.
        Files.createDirectory(run.drafts());
        assertEquals("txt/a.txt", recover(Publishing.DIRECT).target());
    }
}
