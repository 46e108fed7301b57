package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sources and outputs that cannot be: each is told with its element, its value and a way out, and nothing is made. */
@Timeout(60)
class BadPlacesTest {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        heap.files("a.txt");
    }

    @Test
    void sort_nothingSaid_namesElementAndProperty() {
        heap.sourceText = null;
        assertEquals(
                "<source> is missing: name the directory whose files are to be sorted, as <source> in the <configuration>"
                        + " of sort-files, or with -Dprocession.sort.source=...",
                heap.fail());
        heap.sourceText = "in";
        heap.outputText = " ";
        assertEquals(
                "<output> is missing: name the directory that gets a folder for each extension, as <output> in the"
                        + " <configuration> of sort-files, or with -Dprocession.sort.output=...",
                heap.fail());
    }

    @Test
    void sort_sourceIsNoDirectory_saysSo() {
        heap.sourceText = "im";
        assertEquals(
                "<source>im</source>: " + heap.base.resolve("im") + " does not exist; name a directory that does",
                heap.fail());
        heap.sourceText = "in/a.txt";
        assertEquals(
                "<source>in/a.txt</source>: " + heap.source.resolve("a.txt")
                        + " is no directory; name the directory that the files are in",
                heap.fail());
        assertFalse(Files.exists(heap.output));
    }

    @Test
    void sort_outputIsAFile_saysSo() {
        heap.outputText = "in/a.txt";
        assertEquals(
                "<output>in/a.txt</output>: " + heap.source.resolve("a.txt") + " is no directory; name another place",
                heap.fail());
        heap.outputText = "in/a.txt/out";
        assertEquals(
                "<output>in/a.txt/out</output>: " + heap.source.resolve("a.txt/out") + " cannot be made, since "
                        + heap.source.resolve("a.txt") + " is no directory; name another place",
                heap.fail());
    }

    @Test
    void sort_outputIsSource_saysSo() throws Exception {
        Files.createSymbolicLink(heap.base.resolve("link"), heap.source);
        for (String same : new String[] {"in", "in/../in/.", "link", heap.source.toString()}) {
            heap.outputText = same;
            assertTrue(heap.fail().endsWith(" is also <source>; sort into another directory, or one inside it"), same);
        }
        assertEquals(1, Heap.tree(heap.source).size());
        assertFalse(Files.exists(heap.source.resolve(".procession")));
    }

    @Test
    void sort_outputHoldsSource_saysSo() throws Exception {
        Files.createSymbolicLink(heap.base.resolve("link"), heap.base);
        for (String above : new String[] {".", "in/..", "link"}) {
            heap.outputText = above;
            assertTrue(
                    heap.fail()
                            .endsWith(
                                    " holds <source>, " + heap.source + ", so sorted files would lie beside those to be"
                                            + " sorted; sort into another directory, or one inside <source>"),
                    above);
        }
        assertFalse(Files.exists(heap.base.resolve(".procession")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sort_outputCannotBeMade_saysSo() {
        heap.outputText = "/proc/sorted";
        String message = heap.fail();
        assertTrue(
                message.matches("<output>/proc/sorted</output>: /proc/sorted cannot be made: .+; name another place"),
                message);
    }

    @Test
    void sort_badWorkers_namesTheRule() {
        heap.workers = "257";
        assertEquals("<workers> must be auto or a number from 0 to 256: workers=257", heap.fail());
        heap.workers = "-1";
        assertEquals("<workers> must be auto or a number from 0 to 256: workers=-1", heap.fail());
    }

    @Test
    void sort_anotherRunHasTheOutput_refuses() throws Exception {
        heap.sort();
        Path lock = heap.output.resolve(".procession/lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertTrue(held.isValid());
            heap.files("b.txt");
            assertEquals(
                    "<output>: another run (process " + ProcessHandle.current().pid() + ") is sorting into "
                            + heap.output + "; wait for its end and run again, or name another <output>",
                    heap.fail());
            assertEquals(1, heap.sorted().size());
        }
        assertEquals(1, heap.sort().copied());
    }

    @Test
    void sort_journalOfAnotherKind_isNamedWithWhatToDo() throws Exception {
        heap.files("a.txt");
        // As when the first run was another user's: it cannot be opened.
        Path lock = Files.createDirectories(heap.output.resolve(".procession/lock"));
        assertEquals(
                "<output>: " + lock + ": Is a directory; mend this, and run again: what is sorted already is not copied"
                        + " again",
                heap.fail());
    }

    @Test
    void plan_cannotBeWritten_isNamedAndNothingIsLeft() throws Exception {
        heap.files("a.txt");
        heap.dryRun = true;
        heap.plan = "in";
        String message = heap.fail();
        assertTrue(
                message.startsWith("<plan>: " + heap.source + " cannot be written: ")
                        && message.endsWith("; name another file"),
                message);
        assertTrue(Files.notExists(heap.base.resolve("in.new")));
    }

    @Test
    void replay_aDirectory_isRefused() throws Exception {
        heap.replay = "in";
        assertEquals(
                "<replay>" + heap.source + "</replay> cannot be read: Is a directory; name a plan that dryRun has"
                        + " written",
                heap.fail());
    }

    @Test
    void move_anOutputInsideTheSource_itsJournalStaysAndUndoesIt() throws Exception {
        heap.files("a.txt");
        heap.outputText = "in/first";
        heap.sort();
        heap.outputText = "out";
        heap.mode = "move";
        assertEquals(2, heap.sort().placed().moved());
        heap.history(null).undo();
        heap.outputText = "in/first";
        heap.history(null).undo();
        Map<String, String> left = Heap.tree(heap.source);
        left.keySet().removeIf(name -> name.startsWith("first/.procession/"));
        assertEquals(Map.of("a.txt", "a.txt"), left);
    }

    @Test
    void sort_lettersThatTheLocaleHasLost_areNotTakenForNames() {
        String hint = "the locale (LC_ALL) has lost letters of it: set a UTF-8 one, such as LC_ALL=C.UTF-8, or write it"
                + " into the pom";
        heap.outputText = "\uFFFD\uFFFD";
        assertTrue(heap.fail().endsWith("cannot be meant; " + hint), heap.fail());
        heap.sourceText = "\uFFFD";
        assertTrue(heap.fail().endsWith("does not exist; " + hint), heap.fail());
    }
}
