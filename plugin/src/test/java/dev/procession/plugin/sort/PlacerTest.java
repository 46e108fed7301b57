package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.work.FileStat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One file, with both ways to take a name; also after attempts that were killed at their worst moments. */
@Timeout(60)
class PlacerTest {
    private static final PlaceJob NEW = new PlaceJob("a.txt", "txt/a.txt", 7, null);

    @TempDir
    Path directory;

    private Heap heap;
    private Path run;
    private Path draft;
    private Path target;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        heap.file("a.txt", "content");
        run = Files.createDirectories(heap.output.resolve(".procession/run-1"));
        draft = run.resolve("7");
        target = Files.createDirectories(heap.output.resolve("txt")).resolve("a.txt");
    }

    private PlaceOutcome place(Publishing publishing, PlaceJob job) throws Exception {
        return new Placer(heap.source, heap.output, run, publishing).place(job);
    }

    private void assertPlaced(PlaceOutcome outcome, Publishing publishing) throws Exception {
        PlaceOutcome.Done done = assertInstanceOf(PlaceOutcome.Done.class, outcome);
        assertEquals(Map.of("txt/a.txt", "content"), heap.sorted());
        assertEquals(FileStat.of(target), done.placed());
        assertEquals(new Content().sum(heap.source.resolve("a.txt")), done.sum());
        // The proof stays until the journal knows.
        assertEquals(publishing == Publishing.LINK, Files.exists(draft));
    }

    private FileStat older() throws Exception {
        Files.writeString(target, "old");
        return FileStat.of(target);
    }

    @ParameterizedTest
    @EnumSource
    void place_newFile_isThereWithItsProof(Publishing publishing) throws Exception {
        PlaceOutcome outcome = place(publishing, NEW);
        assertPlaced(outcome, publishing);
        assertEquals(FileStat.of(heap.source.resolve("a.txt")), ((PlaceOutcome.Done) outcome).source());
    }

    @ParameterizedTest
    @EnumSource
    void place_nameTaken_overwritesNothing(Publishing publishing) throws Exception {
        Files.writeString(target, "mine");
        assertEquals(new PlaceOutcome.NameTaken(), place(publishing, NEW));
        assertEquals("mine", Files.readString(target));
        Files.writeString(target, "");
        assertEquals(new PlaceOutcome.NameTaken(), place(publishing, NEW));
        assertEquals("", Files.readString(target));
        assertTrue(Files.notExists(draft));
    }

    @ParameterizedTest
    @EnumSource
    void place_killedWhileCopying_beginsAgain(Publishing publishing) throws Exception {
        Files.writeString(draft, "cont");
        assertPlaced(place(publishing, NEW), publishing);
    }

    @ParameterizedTest
    @EnumSource
    void place_killedAfterPlacing_isDoneAlready(Publishing publishing) throws Exception {
        place(publishing, NEW);
        Object key = FileStat.of(target).key();
        assertPlaced(place(publishing, NEW), publishing);
        assertEquals(key, FileStat.of(target).key());
    }

    @ParameterizedTest
    @EnumSource(names = "CLAIM")
    void place_killedBetweenClaimAndMove_beginsAgain(Publishing publishing) throws Exception {
        Files.writeString(draft, "content");
        Files.createFile(target);
        assertPlaced(place(publishing, NEW), publishing);
    }

    @ParameterizedTest
    @EnumSource
    void place_overItsOldCopy_replacesIt(Publishing publishing) throws Exception {
        FileStat old = older();
        assertPlaced(place(publishing, new PlaceJob("a.txt", "txt/a.txt", 7, old)), publishing);
    }

    @ParameterizedTest
    @EnumSource
    void place_killedAfterReplacing_isDoneAlready(Publishing publishing) throws Exception {
        PlaceJob job = new PlaceJob("a.txt", "txt/a.txt", 7, older());
        place(publishing, job);
        assertPlaced(place(publishing, job), publishing);
    }

    @ParameterizedTest
    @EnumSource(names = "LINK")
    void place_killedBeforeReplacing_replaces(Publishing publishing) throws Exception {
        PlaceJob job = new PlaceJob("a.txt", "txt/a.txt", 7, older());
        Files.writeString(draft, "content");
        Files.createLink(Placer.second(draft), draft);
        assertPlaced(place(publishing, job), publishing);
        assertTrue(Files.notExists(Placer.second(draft)));
    }

    @ParameterizedTest
    @EnumSource
    void place_oldCopyChanged_isKept(Publishing publishing) throws Exception {
        FileStat old = older();
        Files.writeString(target, "mine");
        assertEquals(new PlaceOutcome.TargetChanged(), place(publishing, new PlaceJob("a.txt", "txt/a.txt", 7, old)));
        assertEquals("mine", Files.readString(target));
    }

    @ParameterizedTest
    @EnumSource
    void place_oldCopyGone_isPlacedAnew(Publishing publishing) throws Exception {
        FileStat old = older();
        Files.delete(target);
        assertPlaced(place(publishing, new PlaceJob("a.txt", "txt/a.txt", 7, old)), publishing);
    }

    @ParameterizedTest
    @EnumSource
    void place_runMovedAway_placesNothing(Publishing publishing) throws Exception {
        Files.move(run, run.resolveSibling("dead-run-1"), StandardCopyOption.ATOMIC_MOVE);
        assertInstanceOf(PlaceOutcome.Failed.class, place(publishing, NEW));
        assertEquals(Map.of(), heap.sorted());
    }
}
