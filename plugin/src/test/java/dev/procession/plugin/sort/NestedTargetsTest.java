package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Folders in folders; and outputs on other file systems. */
@Timeout(120)
class NestedTargetsTest {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
    }

    @Test
    void sort_folderWithTheNameOfAFile_fileGetsANumber() throws Exception {
        heap.files("a/x/y.txt", "a/b.txt", "b/x").plan = "plan.txt";
        heap.dryRun = true;
        heap.sort();
        Path plan = heap.base.resolve("plan.txt");
        // One file is to be called as the folder of another one is.
        Files.writeString(
                plan,
                Files.readString(plan)
                        .replace("txt/y.txt", "deep/er/x/y.txt")
                        .replace("no extension/x", "deep/er/x")
                        .replace("txt/b.txt", "deep/er/b.txt"));
        heap.dryRun = false;
        heap.replay = "plan.txt";
        heap.failOnError = false;
        assertEquals(
                List.of(heap.source.resolve("b/x") + " cannot be placed: the name deep/er/x is taken since the plan was"
                        + " made; write another one into the plan"),
                heap.sort().failures());
        assertEquals(Heap.map("deep/er/x/y.txt", "a/x/y.txt", "deep/er/b.txt", "a/b.txt"), heap.sorted());
        heap.history(null).undo();
        assertFalse(Files.exists(heap.output.resolve("deep")));
    }

    @Test
    void sort_fileOrLinkWhereANestedFolderIsNeeded_isListed() throws Exception {
        heap.files("a.txt", "b.txt").plan = "plan.txt";
        heap.dryRun = true;
        heap.sort();
        Path plan = heap.base.resolve("plan.txt");
        Files.writeString(
                plan,
                Files.readString(plan)
                        .replace("txt/a.txt", "one/two/three/a.txt")
                        .replace("txt/b.txt", "link/two/b.txt"));
        Files.createDirectories(heap.output.resolve("one"));
        Files.writeString(heap.output.resolve("one/two"), "mine");
        Files.createSymbolicLink(heap.output.resolve("link"), heap.source);
        heap.dryRun = false;
        heap.replay = "plan.txt";
        heap.failOnError = false;
        assertEquals(
                List.of(
                        heap.source.resolve("a.txt") + " cannot be placed: " + heap.output.resolve("one/two")
                                + " is a file where a folder is needed; move it away",
                        heap.source.resolve("b.txt") + " cannot be placed: " + heap.output.resolve("link")
                                + " is a symbolic link; remove it, or name another <output>"),
                heap.sort().failures());
    }

    /** The machine's shared memory is another file system than the one for temporary files on most machines. */
    private Path elsewhere() throws Exception {
        Path memory = Path.of("/dev/shm");
        Assumptions.assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(heap.base)),
                "no second file system here");
        return Files.createTempDirectory(memory, "procession-sort-test");
    }

    private static void delete(Path root) throws Exception {
        try (var all = Files.walk(root)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void move_acrossFileSystems_isMovedAndCanBeUndone() throws Exception {
        Path other = elsewhere();
        try {
            heap.files("a.txt", "b/a.txt", "c.jpg");
            heap.mode = "move";
            heap.outputText = other.toString();
            var before = Heap.stamps(heap.source);
            SortResult result = heap.sort();
            assertEquals(3, result.placed().moved());
            assertEquals(0, Heap.tree(heap.source).size());
            assertEquals(
                    Heap.map("txt/a.txt", "a.txt", "txt/a (2).txt", "b/a.txt", "jpg/c.jpg", "c.jpg"), Heap.tree(other));
            heap.history(null).undo();
            assertEquals(before, Heap.stamps(heap.source));
            assertEquals(0, Heap.tree(other).size());
            heap.mode = "hardlink";
            assertEquals(true, heap.fail().startsWith("<mode>hardlink</mode>: " + heap.source + " and "), heap.fail());
        } finally {
            delete(other);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reflink_onAFileSystemWithClones_clonesAndSaysSo() throws Exception {
        Path image = heap.base.resolve("image");
        Path mounted = Files.createDirectory(heap.base.resolve("mounted"));
        Assumptions.assumeTrue(
                run("truncate", "-s", "400M", image.toString())
                        && (run("mkfs.xfs", "-q", image.toString()) || run("mkfs.btrfs", "-q", image.toString()))
                        && run("mount", "-o", "loop", image.toString(), mounted.toString()),
                "no xfs or btrfs can be made and mounted here");
        try {
            Heap there = new Heap(Files.createDirectory(mounted.resolve("heap")));
            there.mode = "reflink";
            there.file("a.bin", new byte[5_000_000]).files("b.txt", "c/b.txt");
            SortResult result = there.sort();
            assertEquals(new SortResult.Placed(0, 3, 0, 0), result.placed());
            assertEquals(Heap.contents(Heap.tree(there.source)), Heap.contents(there.sorted()));
            assertEquals(3, there.sort().unchanged());
            there.file("b.txt", "changed");
            assertEquals(1, there.sort().placed().cloned());
            assertEquals("changed", there.sorted().get("txt/b.txt"));
            there.history(null).undo();
            assertEquals("b.txt", there.sorted().get("txt/b.txt"));
            there.history(null).verify();
        } finally {
            run("umount", mounted.toString());
        }
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (Exception e) {
            return false;
        }
    }
}
