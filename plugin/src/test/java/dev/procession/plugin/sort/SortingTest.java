package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.FolderRule;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A first run: which file goes where, whole and with all that belongs to it. */
@Timeout(60)
class SortingTest {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
    }

    @Test
    void sort_tree_isOneFolderPerExtension() throws Exception {
        heap.files("a.txt", "deep/er/b.TXT", "deep/x.tar.gz", "Makefile", "deep/.bashrc", ".git.conf");
        SortResult result = heap.sort();
        assertEquals(
                Heap.map(
                        "dot files/.bashrc", "deep/.bashrc",
                        "dot files/.git.conf", ".git.conf",
                        "no extension/Makefile", "Makefile",
                        "tar.gz/x.tar.gz", "deep/x.tar.gz",
                        "txt/a.txt", "a.txt",
                        "txt/b.TXT", "deep/er/b.TXT"),
                heap.sorted());
        assertTrue(
                result.summary()
                        .matches(
                                "sorted 6 files \\(60 B\\) into 4 folders in \\d+\\.\\d\\d s, 0 renamed, 0 unchanged: out"),
                result.summary());
        assertEquals(List.of(), heap.warnings);
        assertTrue(heap.details.contains("a.txt -> txt/a.txt"), heap.details.toString());
        assertTrue(
                heap.details.contains("count: 6 files in; out 0 unchanged and 6 copied, of which 0 not there any more;"
                        + " 0 links and 0 special files passed by; 0 failures"),
                heap.details.toString());
    }

    @Test
    void sort_done_leavesOnlyTheJournalAndTheLocks() throws Exception {
        heap.files("a.txt", "b/a.txt").sort();
        assertEquals(List.of("lock", "run-1", "workers"), heap.own());
    }

    @Test
    void sort_equalNames_areNumberedInPathOrder() throws Exception {
        heap.files("z/a.txt", "a.txt", "b/a.txt", "B/a.txt", "b/a.txt.d/a.txt");
        SortResult result = heap.sort();
        assertEquals(
                Heap.map(
                        "txt/a.txt", "B/a.txt",
                        "txt/a (2).txt", "a.txt",
                        "txt/a (3).txt", "b/a.txt",
                        "txt/a (4).txt", "b/a.txt.d/a.txt",
                        "txt/a (5).txt", "z/a.txt"),
                heap.sorted());
        assertEquals(4, result.renamed());
        assertTrue(result.summary().contains(", 4 renamed, 0 unchanged: "), result.summary());
    }

    @Test
    void sort_realNumberedName_keepsIt() throws Exception {
        heap.files("1/a.txt", "2/a.txt", "3/a (2).txt", "4/a (2).txt").sort();
        assertEquals(
                Heap.map(
                        "txt/a.txt", "1/a.txt",
                        "txt/a (2).txt", "3/a (2).txt",
                        "txt/a (3).txt", "2/a.txt",
                        "txt/a (2) (2).txt", "4/a (2).txt"),
                heap.sorted());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sort_namesThatDifferInCase_areTwoWhereTheFileSystemSaysSo() throws Exception {
        heap.files("1/a.txt", "2/A.txt").sort();
        assertEquals(Heap.map("txt/a.txt", "1/a.txt", "txt/A.txt", "2/A.txt"), heap.sorted());
    }

    @Test
    void sort_longEqualNames_bothFit() throws Exception {
        String ascii = "x".repeat(251) + ".txt";
        String cyrillic = Heap.utf8("ї".repeat(125) + ".txt");
        heap.files("1/" + ascii, "2/" + ascii, "1/" + cyrillic, "2/" + cyrillic).sort();
        assertEquals(
                Heap.map(
                        "txt/" + ascii, "1/" + ascii,
                        "txt/" + "x".repeat(247) + " (2).txt", "2/" + ascii,
                        "txt/" + cyrillic, "1/" + cyrillic,
                        "txt/" + Heap.utf8("ї".repeat(123)) + " (2).txt", "2/" + cyrillic),
                heap.sorted());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sort_namesThatAreNoText_areKeptByteForByte() throws Exception {
        heap.files(
                "1/\u00ff\u00fe.txt",
                "2/\u00ff\u00fe.txt",
                "line\nend.txt",
                Heap.utf8("їжак.jpg"),
                " . ",
                "%41.txt",
                "A.txt",
                "\u0001\u007f\u0080",
                "d\u00ffr/a\\b:c*?.t");
        heap.sort();
        assertEquals(
                Heap.map(
                        "txt/\u00ff\u00fe.txt",
                        "1/\u00ff\u00fe.txt",
                        "txt/\u00ff\u00fe (2).txt",
                        "2/\u00ff\u00fe.txt",
                        "txt/line\nend.txt",
                        "line\nend.txt",
                        "jpg/" + Heap.utf8("їжак.jpg"),
                        Heap.utf8("їжак.jpg"),
                        "no extension/ . ",
                        " . ",
                        "txt/%41.txt",
                        "%41.txt",
                        "txt/A.txt",
                        "A.txt",
                        "no extension/\u0001\u007f\u0080",
                        "\u0001\u007f\u0080",
                        "t/a\\b:c*?.t",
                        "d\u00ffr/a\\b:c*?.t"),
                heap.sorted());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void sort_file_keepsTimeAndPermissions() throws Exception {
        heap.files("private.txt", "open.sh", "locked.txt");
        FileTime time = FileTime.from(1_500_000_000_123_456_789L, TimeUnit.NANOSECONDS);
        Files.setLastModifiedTime(heap.source.resolve("private.txt"), time);
        Map<String, String> modes =
                Map.of("private.txt", "rw-------", "open.sh", "rwxrwxrwx", "locked.txt", "r--r-----");
        for (Map.Entry<String, String> mode : modes.entrySet()) {
            Files.setPosixFilePermissions(
                    heap.source.resolve(mode.getKey()), PosixFilePermissions.fromString(mode.getValue()));
        }
        heap.sort();
        assertEquals(time, Files.getLastModifiedTime(heap.output.resolve("txt/private.txt")));
        for (Map.Entry<String, String> mode : modes.entrySet()) {
            Path copy = heap.output.resolve(FolderRule.folderOf(mode.getKey())).resolve(mode.getKey());
            assertEquals(mode.getValue(), PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
        }
    }

    @Test
    void sort_sizesAroundTheBuffer_areWhole() throws Exception {
        Random random = new Random(42);
        int[] sizes = {0, 1, Content.BUFFER - 1, Content.BUFFER, Content.BUFFER + 1, 3 * Content.BUFFER + 7};
        for (int size : sizes) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            heap.file("f" + size + ".bin", content);
        }
        heap.sort();
        for (int size : sizes) {
            assertArrayEquals(
                    Files.readAllBytes(heap.source.resolve("f" + size + ".bin")),
                    Files.readAllBytes(heap.output.resolve("bin/f" + size + ".bin")));
        }
    }

    @Test
    void sort_filesOfTheUsersOwnInOutput_areKept() throws Exception {
        Files.createDirectories(heap.output.resolve("txt"));
        Files.writeString(heap.output.resolve("txt/a.txt"), "mine");
        Files.createDirectory(heap.output.resolve("txt/a (2).txt"));
        Files.createSymbolicLink(heap.output.resolve("txt/a (3).txt"), Path.of("nowhere"));
        heap.files("a.txt").sort();
        assertEquals(Heap.map("txt/a.txt", "mine", "txt/a (4).txt", "a.txt"), heap.sorted());
    }

    @Test
    void sort_usersFileThatEqualsTheSource_isKeptToo() throws Exception {
        heap.files("a.txt");
        Files.createDirectories(heap.output.resolve("txt"));
        Files.copy(
                heap.source.resolve("a.txt"),
                heap.output.resolve("txt/a.txt"),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        heap.sort();
        assertEquals(Heap.map("txt/a.txt", "a.txt", "txt/a (2).txt", "a.txt"), heap.sorted());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void sort_linksAndPipes_arePassedByAndNeverOpened() throws Exception {
        heap.files("a.txt", "d/b.txt");
        Path outside = Files.createDirectory(heap.base.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(heap.source.resolve("link.txt"), Path.of("a.txt"));
        Files.createSymbolicLink(heap.source.resolve("folder"), outside);
        Files.createSymbolicLink(heap.source.resolve("d/loop"), heap.source);
        Path pipe = heap.source.resolve("pipe.txt");
        assertTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS));
        SortResult result = heap.sort();
        assertEquals(Heap.map("txt/a.txt", "a.txt", "txt/b.txt", "d/b.txt"), heap.sorted());
        assertEquals(2, result.files());
        assertEquals(
                List.of("1 special file (pipes, sockets, devices) in <source> not sorted; -X names them"),
                heap.warnings);
        assertTrue(
                heap.details.contains("passed by, a symbolic link: " + heap.source.resolve("folder")),
                heap.details.toString());
        assertTrue(heap.details.contains("passed by, a pipe, socket or device: " + pipe), heap.details.toString());
        assertTrue(heap.details.toString().contains("3 links and 1 special file passed by"), heap.details.toString());
    }

    @Test
    void sort_outputInsideSource_isNotSortedItself() throws Exception {
        heap.files("a.txt", "b/c.txt");
        heap.outputText = "in/sorted";
        heap.sort();
        SortResult again = heap.sort();
        assertEquals(2, again.unchanged());
        assertEquals(Heap.map("txt/a.txt", "a.txt", "txt/c.txt", "b/c.txt"), Heap.tree(heap.source.resolve("sorted")));
    }

    @Test
    void sort_emptySource_sortsNothing() throws Exception {
        Files.createDirectories(heap.source.resolve("empty/er"));
        SortResult result = heap.sort();
        assertTrue(result.summary().startsWith("sorted 0 files (0 B) into 0 folders in "), result.summary());
        assertEquals(Map.of(), heap.sorted());
    }

    @Test
    void sort_fileThatChangesWhileItIsCopied_isListedAndTheOthersAreSorted() throws Exception {
        heap.files("a.txt", "b.txt", "c.txt");
        Path gone = heap.source.resolve("b.txt");
        BuildLogThat log = new BuildLogThat(heap, "copying in ", () -> Files.delete(gone));
        SortFailedException failure = org.junit.jupiter.api.Assertions.assertThrows(
                SortFailedException.class, () -> new FileSorter(heap.request(), log).run());
        assertEquals(List.of(gone + " does not exist any more"), failure.failures());
        assertTrue(
                failure.getMessage()
                        .matches(
                                "(?s)sorted 2 files \\(10 B\\) into 1 folder in [0-9.]+ s, 0 renamed, 0 unchanged, 1 failed:"
                                        + " out\\R  - .*in/b.txt does not exist any more\\R"
                                        + "mend these and run again: what is sorted already is not copied again;"
                                        + " <failOnError>false</failOnError> lets the build go on"),
                failure.getMessage());
        assertEquals(Heap.map("txt/a.txt", "a.txt", "txt/c.txt", "c.txt"), heap.sorted());
        assertEquals(List.of("lock", "run-1", "workers"), heap.own());
    }

    @Test
    void sort_entriesThatFail_canBeLetPass() throws Exception {
        heap.files("a.txt", "b.txt");
        heap.failOnError = false;
        Path gone = heap.source.resolve("b.txt");
        SortResult result =
                new FileSorter(heap.request(), new BuildLogThat(heap, "copying in ", () -> Files.delete(gone))).run();
        assertEquals(1, result.files());
        assertEquals(List.of(gone + " does not exist any more"), heap.warnings);
        assertTrue(result.summary().endsWith(", 1 failed: out"), result.summary());
    }

    @Test
    void sort_fileBecomesAPipe_isListedAndNotOpened() throws Exception {
        heap.files("a.txt", "b.txt");
        Path pipe = heap.source.resolve("b.txt");
        BuildLogThat log = new BuildLogThat(heap, "copying in ", () -> {
            Files.delete(pipe);
            assertTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS));
        });
        heap.failOnError = false;
        assertEquals(
                List.of(pipe + " is no regular file any more"),
                new FileSorter(heap.request(), log).run().failures());
    }

    @Test
    void sort_fileChangedBetweenScanAndCopy_isCopiedAsItIsNow() throws Exception {
        heap.files("a.txt");
        BuildLogThat log = new BuildLogThat(
                heap, "copying in ", () -> Files.writeString(heap.source.resolve("a.txt"), "something longer"));
        new FileSorter(heap.request(), log).run();
        assertEquals(Heap.map("txt/a.txt", "something longer"), heap.sorted());
        assertEquals(1, heap.sort().unchanged());
    }

    @Test
    void sort_nameTakenSinceThePlan_getsTheNextNumber() throws Exception {
        heap.files("a.txt", "b/a.txt");
        BuildLogThat log = new BuildLogThat(heap, "copying in ", () -> {
            Files.createDirectories(heap.output.resolve("txt"));
            Files.writeString(heap.output.resolve("txt/a.txt"), "mine");
        });
        new FileSorter(heap.request(), log).run();
        assertEquals(
                Heap.map("txt/a.txt", "mine", "txt/a (2).txt", "b/a.txt", "txt/a (3).txt", "a.txt"), heap.sorted());
        assertEquals(2, heap.sort().unchanged());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void sort_unreadableEntries_areListed() throws Exception {
        heap.files("a.txt", "secret.txt", "closed/b.txt");
        Path secret = heap.source.resolve("secret.txt");
        Path closed = heap.source.resolve("closed");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            Assumptions.assumeFalse(Files.isReadable(secret), "this user may read everything");
            heap.failOnError = false;
            assertEquals(
                    List.of(
                            closed + " cannot be read: permission denied",
                            secret + " cannot be read: permission denied"),
                    heap.sort().failures());
            assertEquals(Heap.map("txt/a.txt", "a.txt"), heap.sorted());
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void sort_folderThatIsAFileOrALink_isListed() throws Exception {
        heap.files("a.txt", "b.jpg", "c.png");
        Files.createDirectories(heap.output);
        Files.writeString(heap.output.resolve("txt"), "mine");
        Files.createSymbolicLink(heap.output.resolve("jpg"), heap.source);
        heap.failOnError = false;
        assertEquals(
                List.of(
                        heap.source.resolve("a.txt") + " cannot be placed: " + heap.output.resolve("txt")
                                + " is a file where a folder is needed; move it away",
                        heap.source.resolve("b.jpg") + " cannot be placed: " + heap.output.resolve("jpg")
                                + " is a symbolic link; remove it, or name another <output>"),
                heap.sort().failures());
        assertEquals(Heap.map("png/c.png", "c.png", "txt", "mine"), heap.sorted());
    }

    @Test
    void sort_sourceIsNeverTouched() throws Exception {
        heap.files("a.txt", "b/a.txt", "c/d.jpg");
        Map<String, String> before = stamps(heap.source);
        heap.sort();
        heap.sort();
        assertEquals(before, stamps(heap.source));
    }

    private static Map<String, String> stamps(Path root) throws Exception {
        Map<String, String> stamps = new java.util.TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                stamps.put(
                        path.toString(),
                        Files.readAttributes(path, "size,lastModifiedTime,fileKey", LinkOption.NOFOLLOW_LINKS)
                                .toString());
            }
        }
        return stamps;
    }

    @Test
    void sort_auto_copiesHereAndSaysWhy() throws Exception {
        heap.files("a.txt");
        heap.workers = "auto";
        assertEquals(0, heap.sort().workers());
        assertTrue(
                heap.details.contains(
                        "copying in the build's JVM: workers would copy no faster, and have to be started"),
                heap.details.toString());
    }

    @Test
    void sort_futureTime_isNeverBelieved() throws Exception {
        heap.files("a.txt");
        Path file = heap.source.resolve("a.txt");
        FileTime future = FileTime.from(Instant.now().plusSeconds(3600));
        Files.setLastModifiedTime(file, future);
        heap.sort();
        Files.writeString(file, "b.txt");
        Files.setLastModifiedTime(file, future);
        assertEquals(1, heap.sort().copied());
        assertEquals(Heap.map("txt/a.txt", "b.txt"), heap.sorted());
    }
}
