package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run leaves that was killed between placing a file and saying so; with both ways to take a name. */
@Timeout(60)
class RecoveryTest {
    private static final Intent INTENT = new Intent("run-1", 7, "../in/a.txt", "txt/a.txt");

    @TempDir
    Path directory;

    private Heap heap;
    private SortPlaces places;
    private Path target;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        heap.files("a.txt");
        places = SortPlaces.of(heap.request());
        Files.createDirectories(places.own().resolve("run-1"));
        target = Files.createDirectories(places.output().resolve("txt")).resolve("a.txt");
    }

    /** A run up to the moment of its death. */
    private void killedRun(Publishing publishing, boolean placed, boolean saidSo) throws Exception {
        try (OutputLock lock = OutputLock.acquire(places);
                Journal journal = Journal.open(lock)) {
            journal.plan(List.of(INTENT));
            if (placed) {
                PlaceOutcome.Done done = (PlaceOutcome.Done) new Placer(
                                places.source(), places.output(), places.own().resolve("run-1"), publishing)
                        .place(new PlaceJob("a.txt", "txt/a.txt", 7, null));
                if (saidSo) {
                    journal.record(List.of(new JournalEntry(
                            INTENT.key(), done.source(), INTENT.target(), done.placed(), done.sum(), true)));
                }
            }
        }
    }

    private JournalEntry recover(Publishing publishing) throws Exception {
        try (OutputLock lock = OutputLock.acquire(places);
                Journal journal = Journal.open(lock)) {
            new Recovery(places, journal, publishing, heap).run();
        }
        assertEquals(List.of("lock", "sort-files.journal"), heap.own());
        try (OutputLock lock = OutputLock.acquire(places);
                Journal journal = Journal.open(lock)) {
            return journal.find(INTENT.key());
        }
    }

    @ParameterizedTest
    @EnumSource
    void run_placedAndNotSaid_isLearned(Publishing publishing) throws Exception {
        killedRun(publishing, true, false);
        assertEquals("txt/a.txt", recover(publishing).target());
        assertEquals(1, heap.sort().unchanged());
        assertEquals(Map.of("txt/a.txt", "a.txt"), heap.sorted());
    }

    @ParameterizedTest
    @EnumSource
    void run_placedAndSaid_staysAsSaid(Publishing publishing) throws Exception {
        killedRun(publishing, true, true);
        assertTrue(recover(publishing).settled());
    }

    @ParameterizedTest
    @EnumSource
    void run_notPlaced_nameIsFree(Publishing publishing) throws Exception {
        killedRun(publishing, false, false);
        Files.writeString(places.own().resolve("run-1/7"), "a.t");
        assertNull(recover(publishing));
        heap.sort();
        assertEquals(Map.of("txt/a.txt", "a.txt"), heap.sorted());
    }

    @ParameterizedTest
    @EnumSource
    void run_notPlacedAndTakenByTheUser_isTheUsers(Publishing publishing) throws Exception {
        killedRun(publishing, false, false);
        Files.writeString(places.own().resolve("run-1/7"), "a.txt");
        Files.writeString(target, "mine");
        assertNull(recover(publishing));
        heap.sort();
        assertEquals(Map.of("txt/a.txt", "mine", "txt/a (2).txt", "a.txt"), heap.sorted());
    }

    @ParameterizedTest
    @EnumSource(names = "CLAIM")
    void run_claimedOnly_givesTheNameBack(Publishing publishing) throws Exception {
        killedRun(publishing, false, false);
        Files.writeString(places.own().resolve("run-1/7"), "a.txt");
        Files.createFile(target);
        assertNull(recover(publishing));
        assertTrue(Files.notExists(target));
    }

    @ParameterizedTest
    @EnumSource
    void run_killedWhileRecovering_goesOn(Publishing publishing) throws Exception {
        killedRun(publishing, true, false);
        Files.move(places.own().resolve("run-1"), places.own().resolve("dead-run-1"));
        assertEquals("txt/a.txt", recover(publishing).target());
    }
}
