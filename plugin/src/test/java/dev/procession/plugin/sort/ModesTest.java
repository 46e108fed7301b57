package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.failure.SortFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Other ways into the output than a copy, and other answers to taken names than a number. */
@Timeout(60)
class ModesTest {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
    }

    @Test
    void move_files_leaveTheSource() throws Exception {
        heap.mode = "move";
        heap.files("a.txt", "b/a.txt", "c/d.jpg");
        Map<String, String> stamps = Heap.stamps(heap.source);
        SortResult result = heap.sort();
        assertEquals(Heap.map("txt/a.txt", "a.txt", "txt/a (2).txt", "b/a.txt", "jpg/d.jpg", "c/d.jpg"), heap.sorted());
        assertEquals(Map.of(), Heap.tree(heap.source));
        assertTrue(result.summary().contains(", 3 moved, 1 renamed, 0 unchanged: out"), result.summary());
        assertEquals(
                stamps.values().stream().sorted().toList(),
                Heap.stamps(heap.output).values().stream().sorted().toList());
    }

    @Test
    void move_sameNameComesAgain_isAnotherFile() throws Exception {
        heap.mode = "move";
        heap.files("a.txt").sort();
        heap.file("a.txt", "the next one");
        heap.sort();
        assertEquals(Heap.map("txt/a.txt", "a.txt", "txt/a (2).txt", "the next one"), heap.sorted());
    }

    @Test
    void move_copiedBefore_takesThePlaceOfItsCopy() throws Exception {
        heap.files("a.txt", "b.txt").sort();
        heap.file("b.txt", "changed");
        heap.mode = "move";
        heap.sort();
        assertEquals(Heap.map("txt/a.txt", "a.txt", "txt/b.txt", "changed"), heap.sorted());
        assertEquals(Map.of(), Heap.tree(heap.source));
    }

    @Test
    void move_whatNobodyMeans_isRefused() throws Exception {
        heap.mode = "move";
        heap.files("a.txt", "deep/er/repo/.git/config", "deep/er/repo/x.c");
        assertEquals(
                "<mode>move</mode>: <source> holds repositories, whose files belong together, so nothing was done: "
                        + heap.source.resolve("deep/er/repo/.git")
                        + "; exclude them, copy, or say <force>true</force>",
                heap.fail());
        heap.sourceText = "in/deep/er/repo";
        assertTrue(heap.fail().contains(" holds .git: its files belong to a repository, so nothing was done"));
        heap.sourceText = "/";
        heap.outputText = heap.output.toString();
        assertTrue(
                heap.fail().contains(" is the root of a file system")
                        || heap.fail().contains("holds"),
                heap.fail());
        heap.sourceText = System.getProperty("user.home");
        assertTrue(heap.fail().contains("is your home directory, so nothing was done"), heap.fail());
        heap.sourceText = "in";
        heap.outputText = "out";
        assertEquals(3, Heap.tree(heap.source).size());
        heap.force = true;
        assertEquals(3, heap.sort().placed().moved());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void hardlink_files_areSecondNames() throws Exception {
        heap.mode = "hardlink";
        heap.files("a.txt", "b/a.txt");
        SortResult result = heap.sort();
        assertTrue(result.summary().contains(", 2 linked, 1 renamed, 0 unchanged: out"), result.summary());
        assertTrue(Files.isSameFile(heap.source.resolve("a.txt"), heap.output.resolve("txt/a.txt")));
        // Written through either name: it is one file.
        Files.writeString(heap.source.resolve("a.txt"), "longer than before");
        assertEquals(2, heap.sort().unchanged());
        // A new file under the name, as editors write them.
        Files.delete(heap.source.resolve("a.txt"));
        heap.file("a.txt", "another file");
        assertEquals(1, heap.sort().placed().linked());
        assertTrue(Files.isSameFile(heap.source.resolve("a.txt"), heap.output.resolve("txt/a.txt")));
        assertEquals(2, heap.sort().unchanged());
    }

    @Test
    void auto_withoutClones_copiesAndSaysSo() throws Exception {
        heap.mode = "auto";
        heap.files("a.txt");
        SortResult result = heap.sort();
        assertEquals(1, result.placed().total());
        assertEquals(Heap.map("txt/a.txt", "a.txt"), heap.sorted());
        assertTrue(result.summary().contains(result.placed().cloned() == 1 ? " 1 cloned," : " 0 renamed,"));
    }

    @Test
    void skip_takenNames_areLeft() throws Exception {
        heap.collisions = "skip";
        Files.createDirectories(heap.output.resolve("jpg"));
        Files.writeString(heap.output.resolve("jpg/d.jpg"), "mine");
        heap.files("a.txt", "b/a.txt", "c/d.jpg");
        SortResult result = heap.sort();
        assertEquals(Heap.map("txt/a.txt", "a.txt", "jpg/d.jpg", "mine"), heap.sorted());
        assertTrue(result.summary().contains(", 0 renamed, 0 unchanged, 2 skipped: out"), result.summary());
        assertEquals(2, heap.sort().skipped());
    }

    @Test
    void overwrite_takenNames_areGivenToTheLastAndTheUsersFileIsKeptAside() throws Exception {
        heap.collisions = "overwrite";
        Files.createDirectories(heap.output.resolve("jpg"));
        Files.writeString(heap.output.resolve("jpg/d.jpg"), "mine");
        heap.files("a.txt", "b/a.txt", "c/d.jpg");
        SortResult result = heap.sort();
        assertEquals(Heap.map("txt/a.txt", "b/a.txt", "jpg/d.jpg", "c/d.jpg"), heap.sorted());
        assertTrue(result.summary().contains(", 0 unchanged, 1 skipped, 1 overwritten: out"), result.summary());
        try (var kept = Files.list(heap.output.resolve(".procession/run-1/kept"))) {
            assertEquals("mine", Files.readString(kept.findFirst().get()));
        }
        SortResult again = heap.sort();
        assertEquals(2, again.unchanged());
        assertEquals(1, again.skipped());
        assertEquals(0, again.copied());
    }

    @Test
    void fail_takenNames_nothingIsDoneAndAllAreTold() throws Exception {
        heap.collisions = "fail";
        heap.files("a.txt", "b/a.txt", "c/a.txt", "d.txt");
        String message = heap.fail();
        assertEquals(
                "<collisions>fail</collisions>: 2 of the names are taken, so nothing was done\n  - "
                        + heap.source.resolve("b/a.txt") + ": txt/a.txt is taken\n  - "
                        + heap.source.resolve("c/a.txt") + ": txt/a.txt is taken\n"
                        + "rename these, or choose rename, skip, overwrite or dedupe",
                message.replace(System.lineSeparator(), "\n"));
        assertEquals(Map.of(), heap.sorted());
        Files.delete(heap.source.resolve("b/a.txt"));
        Files.delete(heap.source.resolve("c/a.txt"));
        assertEquals(2, heap.sort().copied());
    }

    @Test
    void dedupe_sameContents_arePlacedOnce() throws Exception {
        heap.collisions = "dedupe";
        heap.file("a.txt", "one").file("b/other name.txt", "one").file("b/a.txt", "two");
        heap.file("empty 1.txt", "").file("empty 2.txt", "").file("c/long.bin", new byte[700_000]);
        heap.file("d/long.bin", new byte[700_000]);
        SortResult result = heap.sort();
        assertEquals(2, result.duplicates());
        assertEquals(5, result.copied());
        assertEquals(
                List.of("bin/long.bin", "txt/a (2).txt", "txt/a.txt", "txt/empty 1.txt", "txt/empty 2.txt"),
                List.copyOf(heap.sorted().keySet()));
        SortResult again = heap.sort();
        assertEquals(5, again.unchanged());
        assertEquals(2, again.duplicates());
        assertEquals(0, again.copied());
        // Against what an earlier run has placed.
        heap.file("new.txt", "two");
        assertEquals(3, heap.sort().duplicates());
        // It is another file now.
        heap.file("b/other name.txt", "three");
        assertEquals(1, heap.sort().copied());
        assertEquals("three", heap.sorted().get("txt/other name.txt"));
    }

    @Test
    void dedupe_theOtherOneHasGoneOrIsChanged_itsDuplicateIsPlaced() throws Exception {
        heap.collisions = "dedupe";
        heap.file("a.txt", "one").file("b.txt", "one").file("c.txt", "two").file("d.txt", "two");
        heap.file("e.txt", "three").file("f.txt", "three").sort();
        assertEquals(
                Set.of("txt/a.txt", "txt/c.txt", "txt/e.txt"), heap.sorted().keySet());
        Files.delete(heap.source.resolve("a.txt"));
        Files.delete(heap.output.resolve("txt/a.txt"));
        heap.file("c.txt", "changed");
        Files.writeString(heap.output.resolve("txt/e.txt"), "by somebody");
        SortResult result = heap.sort();
        // Of the last two, of which neither is in place.
        assertEquals(1, result.duplicates(), result.summary());
        assertTrue(heap.sorted().values().containsAll(List.of("one", "two", "three", "changed", "by somebody")));
        // Only its time: it still has the content.
        heap.file("g.txt", "one").sort();
        Heap.age(heap.output.resolve("txt/b.txt"), 77);
        assertEquals(2, heap.sort().duplicates());
        assertEquals(2, heap.sort().duplicates());
    }

    @Test
    void dedupe_theOtherOneIsPruned_itsDuplicateIsPlaced() throws Exception {
        heap.collisions = "dedupe";
        heap.file("a.txt", "one").file("b.txt", "one").sort();
        Files.delete(heap.source.resolve("a.txt"));
        heap.prune = true;
        heap.sort();
        assertEquals(Map.of("txt/b.txt", "one"), heap.sorted());
        heap.history(null).undo();
        assertEquals(Map.of("txt/a.txt", "one"), heap.sorted());
    }

    @Test
    void dedupe_moveOfWhatIsReplacedByThatRun_isMovedAndNotKeptAside() throws Exception {
        heap.collisions = "dedupe";
        heap.file("a.txt", "one").sort();
        heap.file("a.txt", "two").file("b.txt", "one");
        heap.mode = "move";
        assertEquals(0, heap.sort().duplicates());
        heap.history("all").forget();
        assertEquals(Map.of("txt/a.txt", "two", "txt/b.txt", "one"), heap.sorted());
    }

    @Test
    void overwrite_moveOfCopiesAndOfLosers_losersAreKeptAsideAndNotMovedLater() throws Exception {
        heap.collisions = "overwrite";
        heap.files("a.txt", "b/a.txt").sort();
        Map<String, String> before = heap.sorted();
        heap.mode = "move";
        heap.sort();
        assertEquals(Map.of(), Heap.tree(heap.source));
        assertEquals(before, heap.sorted());
        assertEquals(0, heap.sort().placed().moved());
        assertEquals(before, heap.sorted());
        heap.history("run-2").undo();
        assertEquals(Heap.map("a.txt", "a.txt", "b/a.txt", "b/a.txt"), Heap.tree(heap.source));
    }

    @Test
    void dedupe_manyFilesAndEarlierOnes_firstOfEachContentIsPlacedWhoeverReads() throws Exception {
        heap.collisions = "dedupe";
        for (int i = 0; i < 1_500; i++) {
            // 300 contents of one size, each five times.
            heap.file(i % 11 + "/f" + i + ".txt", String.format("content %04d", i * 7 % 300));
        }
        assertEquals(1_200, heap.sort().duplicates());
        Map<String, String> here = heap.sorted();
        assertEquals(300, here.size());
        assertEquals(300, Set.copyOf(here.values()).size());
        heap.file("new/one.txt", "content 0100").file("new/two.txt", "content 0300");
        SortResult again = heap.sort();
        assertEquals(1, again.copied(), again.summary());
        assertEquals(1_201, again.duplicates());

        Files.delete(heap.source.resolve("new/one.txt"));
        Files.delete(heap.source.resolve("new/two.txt"));
        heap.outputText = "by-workers";
        heap.workers = "2";
        SortResult elsewhere = heap.sort();
        assertEquals(2, elsewhere.workers());
        assertEquals(1_200, elsewhere.duplicates());
        assertEquals(here, Heap.tree(heap.base.resolve("by-workers")));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void dedupe_fileThatCannotBeRead_isListedAndNoDuplicate() throws Exception {
        heap.collisions = "dedupe";
        heap.files("a.txt", "b.txt");
        Path gone = heap.source.resolve("b.txt");
        Path pipe = heap.source.resolve("c.txt");
        heap.file("c.txt", "c.txt");
        DetailLog log = new DetailLog("comparing", () -> {
            Files.delete(gone);
            Files.delete(pipe);
            assertEquals(
                    0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        });
        SortFailedException failure =
                assertThrows(SortFailedException.class, () -> new FileSorter(heap.request(), log).run());
        assertEquals(
                List.of(gone + " does not exist any more", pipe + " is no regular file any more"), failure.failures());
        assertEquals(Heap.map("txt/a.txt", "a.txt"), heap.sorted());
    }

    /** Does something in the moment in which the run tells of it. */
    private record DetailLog(String word, Action action) implements BuildLog {
        interface Action {
            void run() throws Exception;
        }

        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {}

        @Override
        public void debug(String line) {
            if (line.startsWith(word)) {
                try {
                    action.run();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public boolean debugs() {
            return true;
        }
    }

    @Test
    void dedupe_move_duplicatesAreKeptAside() throws Exception {
        heap.collisions = "dedupe";
        heap.mode = "move";
        heap.file("a.txt", "one").file("b/other name.txt", "one").file("b/a.txt", "two");
        SortResult result = heap.sort();
        assertEquals(1, result.duplicates());
        assertEquals(Heap.map("txt/a.txt", "one", "txt/a (2).txt", "two"), heap.sorted());
        assertEquals(Map.of(), Heap.tree(heap.source));
        try (var kept = Files.list(heap.output.resolve(".procession/run-1/kept"))) {
            assertEquals("one", Files.readString(kept.findFirst().get()));
        }
    }

    @Test
    void prune_sourceGone_itsCopyIsKeptAside() throws Exception {
        heap.files("a.txt", "b.txt", "c.txt").sort();
        Files.delete(heap.source.resolve("a.txt"));
        Files.delete(heap.source.resolve("b.txt"));
        Files.writeString(heap.output.resolve("txt/b.txt"), "changed by me");
        heap.prune = true;
        SortResult result = heap.sort();
        assertEquals(Heap.map("txt/b.txt", "changed by me", "txt/c.txt", "c.txt"), heap.sorted());
        assertEquals(1, result.pruned());
        assertTrue(result.summary().contains(", 1 unchanged, 1 pruned: out"), result.summary());
        assertEquals(
                List.of(heap.output.resolve("txt/b.txt")
                        + " was changed by somebody since it was sorted; it is kept, though its source has gone"),
                heap.warnings);
        assertEquals(0, heap.sort().pruned());
    }

    @Test
    void sort_badOptions_areAllToldAtOnce() throws Exception {
        heap.files("a.txt");
        heap.mode = "copi";
        heap.collisions = "never";
        heap.keep = List.of("owner", "colour");
        heap.keepRuns = "0";
        assertEquals(
                List.of(
                        "<mode> must be one of copy, move, hardlink, reflink, auto: mode=copi; is it copy?",
                        "<collisions> must be one of rename, skip, overwrite, fail, dedupe: collisions=never",
                        "<keep> must be one of owner, xattrs, acl: keep=colour",
                        "<keepRuns> must be all or a number from 1 on: keepRuns=0"),
                heap.fail().lines().toList());
        assertFalse(Files.exists(heap.output));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void keep_aclOnLinux_isRefusedWithTheReason() throws Exception {
        heap.files("a.txt");
        heap.keep = List.of("acl");
        assertTrue(
                heap.fail()
                                .matches("<keep>acl</keep>: the file system of <output> \\(.+\\) has no such thing;"
                                        + " leave it out")
                        || heap.fail().contains("<source>"),
                heap.fail());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void keep_owner_isKept() throws Exception {
        heap.files("a.txt");
        heap.keep = List.of("owner");
        heap.sort();
        assertEquals(Files.getOwner(heap.source.resolve("a.txt")), Files.getOwner(heap.output.resolve("txt/a.txt")));
    }
}
