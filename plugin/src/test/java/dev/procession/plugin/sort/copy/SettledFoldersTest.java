package dev.procession.plugin.sort.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.output.Publishing;
import dev.procession.plugin.work.FileStat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files of a directory that has not changed since the scan are not looked at before they are copied; others are. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SettledFoldersTest {
    @TempDir
    Path directory;

    private Path first;
    private Path second;

    @BeforeEach
    void open() throws Exception {
        first = Files.writeString(directory.resolve("a"), "first");
        second = Files.writeString(directory.resolve("b"), "second");
    }

    /** As seen by a run that begins so long from now: what is there now has settled when that is two seconds. */
    private static long in(long seconds) {
        return TimeUnit.SECONDS.toNanos(Instant.now().getEpochSecond() + seconds);
    }

    private static void pipe(Path path) throws Exception {
        Files.deleteIfExists(path);
        assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
    }

    @Test
    void holds_filesOfOneDirectory_fromTheSecondOn() throws Exception {
        SettledFolders folders = new SettledFolders(in(10));
        assertFalse(folders.holds(first));
        assertTrue(folders.holds(second));
        assertFalse(folders.holds(Files.createDirectory(directory.resolve("d")).resolve("c")));
        assertFalse(folders.holds(first), "the look at another directory came in between");
    }

    @Test
    void holds_directoryChangedLately_doesNot() {
        SettledFolders folders = new SettledFolders(in(-10));
        assertFalse(folders.holds(first));
        assertFalse(folders.holds(second));
    }

    @Test
    void holds_directoryWhoseTimeWasSetBack_doesNot() throws Exception {
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minusSeconds(3600)));
        SettledFolders folders = new SettledFolders(in(-10));
        assertFalse(folders.holds(first));
        assertFalse(folders.holds(second));
    }

    private FileCopy copies(long settledNanos) {
        return new FileCopy(Set.of(), true, new SettledFolders(settledNanos));
    }

    @Test
    void make_secondFileSettled_isCopiedWithTimeAndPermissionsOfTheMoment() throws Exception {
        FileCopy copies = copies(in(10));
        Heap.age(second, 3600);
        FileStat seen = FileStat.of(second);
        Files.setPosixFilePermissions(second, PosixFilePermissions.fromString("r--r-----"));
        copies.make(first, FileStat.of(first), directory.resolve("a2"));
        PlaceOutcome.Done done = copies.make(second, seen, directory.resolve("b2"));
        assertEquals(seen, done.source());
        assertEquals("second", Files.readString(directory.resolve("b2")));
        assertEquals(
                "r--r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("b2"))));
        assertEquals(Files.getLastModifiedTime(second), Files.getLastModifiedTime(directory.resolve("b2")));
    }

    @Test
    void make_secondFileWrittenSinceTheScan_isCopiedAsItIs() throws Exception {
        FileCopy copies = copies(in(10));
        FileStat seen = FileStat.of(second);
        for (String content : new String[] {"longer than it was", "2nd", "SECOND"}) {
            Files.writeString(second, content);
            Heap.age(second, content.length());
            copies.make(first, FileStat.of(first), directory.resolve("a" + content.length()));
            Path copy = directory.resolve("b" + content.length());
            PlaceOutcome.Done done = copies.make(second, seen, copy);
            assertEquals(FileStat.of(second), done.source());
            assertEquals(content, Files.readString(copy));
        }
    }

    @Test
    void make_secondFileGoneSinceTheScan_saysSoAndLeavesNothing() throws Exception {
        FileCopy copies = copies(in(10));
        FileStat seen = FileStat.of(second);
        copies.make(first, FileStat.of(first), directory.resolve("a2"));
        Files.delete(second);
        Exception thrown = org.junit.jupiter.api.Assertions.assertThrows(
                FileCopy.UnusableException.class, () -> copies.make(second, seen, directory.resolve("b2")));
        assertEquals("does not exist any more", thrown.getMessage());
        assertTrue(Files.notExists(directory.resolve("b2")));
    }

    /** A pipe would be waited for until somebody writes into it. */
    @Test
    void place_pipeInThePlaceOfAFile_isNotOpened() throws Exception {
        Heap heap = new Heap(Files.createDirectories(directory.resolve("heap")));
        heap.files("a.txt", "b.txt");
        long began = in(0);
        FileStat seen = FileStat.of(heap.source.resolve("b.txt"));
        Path run = heap.output.resolve(".procession/run-1");
        Files.createDirectories(run.resolve("drafts"));
        Files.createDirectories(heap.output.resolve("txt"));
        pipe(heap.source.resolve("b.txt"));
        Placer placer = new Placer(new PlaceRules(
                heap.source.toString(),
                heap.output.toString(),
                run.toString(),
                Publishing.DIRECT,
                true,
                true,
                false,
                false,
                began - TimeUnit.SECONDS.toNanos(2),
                PlaceRules.keep(Set.of())));
        FileStat first = FileStat.of(heap.source.resolve("a.txt"));
        assertInstanceOf(
                PlaceOutcome.Done.class, placer.place(new PlaceJob("a.txt", first, "txt/a.txt", 1, How.COPIED, null)));
        PlaceOutcome.Failed failed = assertInstanceOf(
                PlaceOutcome.Failed.class, placer.place(new PlaceJob("b.txt", seen, "txt/b.txt", 2, How.COPIED, null)));
        assertTrue(failed.text().endsWith("b.txt is no regular file any more"), failed.text());
        assertTrue(Files.notExists(heap.output.resolve("txt/b.txt")));
    }
}
