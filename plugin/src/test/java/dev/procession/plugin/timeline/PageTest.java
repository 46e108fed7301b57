package dev.procession.plugin.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.TimelineObject;
import dev.procession.timeline.TimelineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the trace as files: what is in them, and that names from outside stay names. */
class PageTest {
    private static final String EVIL = "</script><script>alert(1)</script><img src=x onerror=\"alert(2)\">'&\u2028";

    @TempDir
    Path directory;

    private final MadeRecord record = new MadeRecord();

    private String page(PageText title) throws Exception {
        Path file = directory.resolve("x.html");
        TimelinePage.write(file, record.timeline(), title, "uk");
        return Files.readString(file);
    }

    private static JsonObject data(String page) {
        Matcher block = Pattern.compile("<script type=\"application/json\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page);
        assertTrue(block.find());
        return JsonParser.parseString(block.group(1)).getAsJsonObject();
    }

    @Test
    void write_hostileNames_areNoMarkup() throws Exception {
        TimelineProcess process = record.process(1, EVIL);
        record.process(2, EVIL, false, 3, 0);
        record.add(0, process, EVIL, EventKind.ACQUIRED, new TimelineObject(5, "lock", EVIL), 1, "");
        record.add(1, process, EVIL, EventKind.MARK, TimelineObject.NONE, 1, EVIL);
        String page = page(PageText.of(EVIL));
        assertFalse(page.contains("<script>alert"), page);
        assertFalse(page.contains("<img"), page);
        // Two blocks of JSON and one of code, as on every page.
        assertEquals(3, page.split("<script", -1).length - 1);
        assertEquals(3, page.split("</script", -1).length - 1);
        JsonObject data = data(page);
        assertEquals(
                EVIL,
                data.getAsJsonArray("processes")
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString());
        assertEquals(
                EVIL,
                data.getAsJsonArray("objects").get(0).getAsJsonArray().get(1).getAsString());
    }

    @Test
    void write_anyRecord_isOneFileThatNeedsNoNetwork() throws Exception {
        TimelineProcess process = record.process(1, "main");
        record.add(0, process, EventKind.SET, MadeRecord.EVENT, 0);
        String page = page(PageText.of("x"));
        assertTrue(page.startsWith("<!DOCTYPE html>\n<html lang=\"uk\">"), page);
        assertFalse(page.contains("http:") || page.contains("https:") || page.contains("src="), page);
        assertTrue(page.contains("default-src 'none'"), page);
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    Set.of("x.html", "x.trace.json"),
                    new TreeSet<>(
                            files.map(file -> file.getFileName().toString()).toList()));
        }
    }

    @Test
    void write_lostEventsAndUnreadableRings_areSaid() throws Exception {
        TimelineProcess process = record.process(1, "main", true, 7, 2_500_000);
        record.process(2, "broken", false, 0, 0);
        record.add(0, process, EventKind.SET, MadeRecord.EVENT, 0);
        String page = page(PageText.of("x"));
        assertTrue(page.contains("7 of the events are not in this picture"), page);
        assertTrue(page.contains("На малюнку немає 7 подій"), page);
        assertTrue(page.contains("broken (pid 2): its record could not be read"), page);
        assertTrue(page.contains("are exact to 2.5 ms"), page);
    }

    @Test
    void write_bars_areInTheDataToTheNanosecond() throws Exception {
        TimelineProcess process = record.process(1, "main");
        record.add(3, process, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .add(1003, process, EventKind.RELEASED, MadeRecord.LOCK, 1)
                .add(2003, process, EventKind.WAIT_BEGIN, MadeRecord.EVENT, 0)
                .add(2503, process, EventKind.WAIT_TIMED_OUT, MadeRecord.EVENT, 0);
        JsonObject lane =
                data(page(PageText.of("x"))).getAsJsonArray("lanes").get(0).getAsJsonObject();
        assertEquals("[0,2000000]", lane.get("t").toString());
        assertEquals("[1000000,500000]", lane.get("d").toString());
        // A hold that is done, a wait whose time was over.
        assertEquals("[24,10]", lane.get("k").toString());
    }

    @Test
    void write_workerThatItsPoolEnds_isToldApartFromOneThatDied() throws Exception {
        TimelineProcess main = record.process(1, "main");
        for (int pid = 2; pid <= 3; pid++) {
            TimelineObject child = MadeRecord.child(pid, "child");
            record.add(0, main, EventKind.PROCESS_STARTED, child, pid);
            if (pid == 2) {
                record.add(1, main, EventKind.PROCESS_DISMISSED, child, 0);
            }
            record.add(2, main, EventKind.PROCESS_ENDED, child, -9);
        }
        String page = page(PageText.of("x"));
        JsonArray processes = data(page).getAsJsonArray("processes");
        assertEquals(
                List.of(true, false),
                Stream.of(1, 2)
                        .map(i -> processes
                                .get(i)
                                .getAsJsonObject()
                                .get("dismissed")
                                .getAsBoolean())
                        .toList());
        assertTrue(page.contains("ended by its parent, no longer needed"), page);
        // Where there is no room for that.
        assertTrue(page.contains("\"not needed\""), page);
        assertTrue(page.contains("\"не потрібен\""), page);
    }

    @Test
    void write_trace_hasWhatPerfettoReads() throws Exception {
        TimelineProcess main = record.process(1, EVIL);
        TimelineProcess other = record.process(2, "other");
        record.add(0, main, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .add(1, other, EventKind.WAIT_BEGIN, MadeRecord.LOCK, 1)
                .add(2, main, EventKind.RELEASED, MadeRecord.LOCK, 1)
                .add(3, other, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .add(4, main, EventKind.QUEUE_SIZE, MadeRecord.QUEUE, 5)
                .add(5, main, EventKind.WAIT_BEGIN, MadeRecord.EVENT, 0);
        page(PageText.of("x"));
        JsonArray events = JsonParser.parseString(Files.readString(directory.resolve("x.trace.json")))
                .getAsJsonObject()
                .getAsJsonArray("traceEvents");
        Set<String> phases = new TreeSet<>();
        for (int i = 0; i < events.size(); i++) {
            JsonObject event = events.get(i).getAsJsonObject();
            String phase = event.get("ph").getAsString();
            phases.add(phase);
            assertTrue(event.has("pid") && event.has("name"), event.toString());
            assertTrue(phase.equals("M") || event.has("ts"), event.toString());
            assertTrue(!phase.equals("X") || event.get("dur").getAsDouble() >= 0, event.toString());
        }
        assertEquals(new TreeSet<>(List.of("B", "C", "M", "X", "b", "e", "f", "s")), phases);
    }

    @Test
    void text_controlCharactersAndQuotes_areEscaped() {
        assertEquals(
                "&lt;a&gt; &amp; &quot;b&quot; &#39;c&#39; \uFFFD",
                new Html().text("<a> & \"b\" 'c' \u0000").toString());
    }

    @Test
    void of_lanes_areLinesOfOneLength() {
        TimelineProcess main = record.process(1, "main\u001b[2J");
        record.add(0, main, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .add(50, main, EventKind.RELEASED, MadeRecord.LOCK, 1)
                .add(50, main, EventKind.WAIT_BEGIN, MadeRecord.EVENT, 0)
                .add(100, main, EventKind.WAIT_END, MadeRecord.EVENT, 0);
        List<String> lines = LaneText.of(record.picture(), 41);
        assertEquals(List.of("main?[2J       ##########.........."), lines);
    }
}
