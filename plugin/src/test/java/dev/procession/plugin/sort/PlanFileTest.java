package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.settings.LayoutOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A plan is written, edited and carried out. */
@Timeout(60)
class PlanFileTest {
    @TempDir
    Path directory;

    private Heap heap;
    private Path plan;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        heap.plan = "plan.txt";
        plan = heap.base.resolve("plan.txt");
    }

    private SortResult dryRun() throws Exception {
        heap.dryRun = true;
        SortResult result = heap.sort();
        heap.dryRun = false;
        return result;
    }

    private SortResult replay() throws Exception {
        heap.replay = "plan.txt";
        return heap.sort();
    }

    @Test
    void dryRun_writesThePlanAndNothingElse() throws Exception {
        heap.files("a.txt", "b/a.txt", "c.jpg");
        SortResult result = dryRun();
        assertFalse(Files.exists(heap.output));
        assertTrue(
                result.summary().matches("planned 3 files in [0-9.]+ s, 0 unchanged, nothing done: .*plan.txt"),
                result.summary());
        List<String> lines = Files.readAllLines(plan);
        assertEquals("# procession sort-files plan 1", lines.get(0));
        assertTrue(lines.contains("# source\t" + heap.source), lines.toString());
        assertTrue(lines.contains("# mode\tcopy"), lines.toString());
        assertEquals(
                3, lines.stream().filter(line -> line.startsWith("place\t")).count());
        assertTrue(lines.stream().anyMatch(line -> line.matches("place\t7\t[-0-9T:.]+Z\tb/a.txt\ttxt/a \\(2\\).txt")));
    }

    @Test
    void dryRun_archives_areToldWithTheirFolders() throws Exception {
        heap.file("old.zip", Samples.zip("a", "a")).sort();
        heap.file("b/slides.tar.gz", "no archive at all").file("c.txt", "c");
        heap.layout = new LayoutOptions(
                null, null, null, List.of(), null, List.of(), List.of(), null, null, null, null, true, "unpack", null,
                null, null, null, List.of());
        SortResult result = dryRun();
        assertTrue(
                result.summary().contains(", 1 unchanged, 2 archives to be unpacked, nothing done"), result.summary());
        List<String> lines = Files.readAllLines(plan);
        assertTrue(lines.contains("# unpacked\tzip/old.zip\tzip/old/"), lines.toString());
        assertTrue(lines.contains("# unpacked\ttar.gz/slides.tar.gz\ttar.gz/slides/"), lines.toString());
        assertFalse(Files.exists(heap.output.resolve("zip/old")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void replay_unchangedPlan_isWhatTheRunWouldHaveDone() throws Exception {
        heap.files(
                "a.txt",
                "b/a.txt",
                Heap.utf8("їжак і 😀.jpg"),
                "line\nend\t100%.txt",
                "1/\u00ff\u00fe.txt",
                "2/\u00ff\u00fe.txt");
        dryRun();
        SortResult result = replay();
        assertEquals(6, result.copied());
        Map<String, String> replayed = heap.sorted();
        heap.replay = null;
        heap.outputText = "other";
        heap.sort();
        assertEquals(Heap.tree(heap.base.resolve("other")), replayed);
        // Again: all is in place already.
        heap.outputText = "out";
        assertEquals(6, replay().unchanged());
        assertEquals(6, heap.sort().unchanged());
    }

    @Test
    void replay_editedPlan_doesWhatItSays() throws Exception {
        heap.files("a.txt", "b.txt", "c.txt");
        dryRun();
        List<String> lines = Files.readAllLines(plan);
        Files.write(
                plan,
                lines.stream()
                        .filter(line -> !line.contains("\tb.txt\t"))
                        .map(line -> line.replace("txt/c.txt", "of my own/deep/er/see.txt"))
                        .toList());
        heap.sourceText = null;
        heap.outputText = null;
        replay();
        assertEquals(Heap.map("txt/a.txt", "a.txt", "of my own/deep/er/see.txt", "c.txt"), heap.sorted());
    }

    @Test
    void replay_worldChanged_isRefusedEntryByEntry() throws Exception {
        heap.files("a.txt", "b.txt", "c.txt", "d.txt", "e.txt");
        dryRun();
        heap.file("a.txt", "changed");
        Files.delete(heap.source.resolve("b.txt"));
        Files.createDirectories(heap.output.resolve("txt"));
        Files.writeString(heap.output.resolve("txt/c.txt"), "mine");
        heap.replay = "plan.txt";
        SortFailedException failure = assertThrows(SortFailedException.class, heap::sort);
        assertEquals(
                List.of(
                        heap.source.resolve("a.txt") + " has changed since the plan was made",
                        heap.source.resolve("b.txt") + " has gone since the plan was made",
                        heap.source.resolve("c.txt")
                                + " cannot be placed: the name txt/c.txt is taken since the plan was"
                                + " made; write another one into the plan"),
                failure.failures());
        assertEquals(Heap.map("txt/c.txt", "mine", "txt/d.txt", "d.txt", "txt/e.txt", "e.txt"), heap.sorted());
    }

    @Test
    void replay_targetsThatLeadOut_areRefused() throws Exception {
        heap.files("a.txt", "b.txt", "c.txt", "d.txt", "e.txt");
        dryRun();
        String text = Files.readString(plan);
        Files.writeString(
                plan,
                text.replace("\ttxt/a.txt", "\t../../a.txt")
                        .replace("\ttxt/b.txt", "\t/etc/b.txt")
                        .replace("\ttxt/c.txt", "\t.procession/lock")
                        .replace("place\t5\t", "plaze\t5\t")
                        .replaceFirst("plaze", "place")
                        .replaceFirst("plaze", "place")
                        .replaceFirst("plaze", "place"));
        heap.replay = "plan.txt";
        SortFailedException failure = assertThrows(SortFailedException.class, heap::sort);
        String where = plan + ":";
        assertEquals(
                List.of(
                        where + "7: ../../a.txt is no path inside <output>",
                        where + "8: /etc/b.txt is no path inside <output>",
                        where + "9: .procession/lock is where the goal keeps its own files"),
                failure.failures().subList(0, 3));
        assertTrue(failure.failures().get(3).contains(":10: this is no line of a plan: plaze"));
        assertEquals(Map.of(), heap.sorted());
    }

    @Test
    void replay_moveAndOverwrite_areThePlans() throws Exception {
        Files.createDirectories(heap.output.resolve("txt"));
        Files.writeString(heap.output.resolve("txt/a.txt"), "mine");
        heap.files("a.txt", "b.txt");
        heap.mode = "move";
        heap.collisions = "overwrite";
        dryRun();
        heap.mode = "copy";
        heap.collisions = "rename";
        SortResult result = replay();
        assertEquals(2, result.placed().moved());
        assertEquals(1, result.displaced());
        assertEquals(Heap.map("txt/a.txt", "a.txt", "txt/b.txt", "b.txt"), heap.sorted());
        heap.history(null).undo();
        assertEquals("mine", heap.sorted().get("txt/a.txt"));
        assertEquals(2, Heap.tree(heap.source).size());
    }

    @Test
    void replay_noPlan_saysSo() throws Exception {
        heap.replay = "plan.txt";
        assertTrue(heap.fail().endsWith("plan.txt</replay> does not exist; name a plan that dryRun has written"));
        Files.writeString(plan, "shopping list\n");
        assertTrue(heap.fail().contains("</replay> is no plan of sort-files"), heap.fail());
    }
}
