package dev.procession.internal.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.memory.Memory;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.record.RingContents;
import dev.procession.internal.record.Rings;
import dev.procession.testing.Eventually;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.ProcessClock;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class EventRecordIT {
    private static final int LENGTH = Recorder.length(1024);
    private static final int SECOND = Rings.FIRST + LENGTH;
    private static final int SIZE = Rings.FIRST + 2 * LENGTH;

    @TempDir
    private Path folder;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void endChildren() throws InterruptedException {
        for (Process child : children) {
            child.destroyForcibly().waitFor();
        }
    }

    private Process start(String work, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-Xshare:auto", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                RecordingChild.class.getName(),
                file().toString(),
                Integer.toString(SIZE),
                Integer.toString(SECOND),
                Integer.toString(LENGTH),
                work));
        Process child = new ProcessBuilder(command).inheritIO().start();
        children.add(child);
        return child;
    }

    private Path file() {
        return folder.resolve("segment");
    }

    private Memory map() throws IOException {
        return Rings.map(file(), SIZE);
    }

    @RepeatedTest(5)
    void read_writerKilledInTheMiddle_takesWholeEventsOnly() throws Exception {
        Memory memory = map();
        Process child = start("2:" + Long.MAX_VALUE);
        Eventually.holds("it records", () -> memory.getLongAcquire(Rings.COUNTER) > 200_000);
        RingContents living = Rings.read(memory, SECOND, LENGTH);
        living.events().forEach(event -> assertTrue(Rings.isWhole(event), event.toString()));
        child.destroyForcibly().waitFor();

        RingContents dead = Rings.read(memory, SECOND, LENGTH);
        dead.events().forEach(event -> assertTrue(Rings.isWhole(event), event.toString()));
        assertTrue(dead.recorded() >= 200_000);
        assertEquals(dead.recorded() - dead.events().size(), dead.lost());
        // Each thread can have had one event in work, and a lap later each lost one more to that cell.
        assertTrue(dead.events().size() > 1024 - 16, "" + dead.events().size());
        assertTrue(dead.names().threads().containsValue("recording-0"));
        assertTrue(dead.names().threads().containsValue("recording-1"));
        Timeline timeline =
                TimelineReader.read(List.of(new RingSource(memory, SECOND, LENGTH, Rings.writer("?"))), Long.MAX_VALUE);
        assertEquals(dead.events().size(), timeline.events().size());
        assertEquals(child.pid(), timeline.processes().get(0).pid());
    }

    /** The table of docs/crash-safety.md: what a death at each label leaves behind. */
    @ParameterizedTest
    @DisabledOnOs(OS.WINDOWS)
    @CsvSource({
        "record.claimed#100, 100, 99",
        "record.numbered#100, 100, 99",
        "record.filled#100, 100, 99",
        "record.committed#100, 100, 100",
        "record.claimed#1500, 1500, 1023",
        "record.committed#1500, 1500, 1024",
    })
    void read_writerDiedAtAStore_countsWhatIsNotWhole(String label, long recorded, int whole) throws Exception {
        Memory memory = map();
        Process child = start("1:2000", "-Dprocession.dieAt=" + label);
        assertEquals(137, child.waitFor());
        RingContents ring = Rings.read(memory, SECOND, LENGTH);
        assertTrue(ring.readable());
        assertEquals("child", ring.writer().name());
        assertEquals(recorded, ring.recorded());
        assertEquals(whole, ring.events().size());
        assertEquals(recorded - whole, ring.lost());
        ring.events().forEach(event -> assertTrue(Rings.isWhole(event), event.toString()));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void read_writerDiedBeforeItsRingWasPublished_findsNone() throws Exception {
        Memory memory = map();
        Process child = start("1:2000", "-Dprocession.dieAt=record.ring-filled");
        assertEquals(137, child.waitFor());
        RingContents ring = Rings.read(memory, SECOND, LENGTH);
        assertTrue(!ring.readable());
        assertEquals("unknown", ring.writer().name());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void read_writerDiedAtAName_hasTheNamesBefore() throws Exception {
        Memory memory = map();
        Process child = start("1:2000", "-Dprocession.dieAt=record.named#2"); // the first is the process's
        assertEquals(137, child.waitFor());
        RingContents ring = Rings.read(memory, SECOND, LENGTH);
        assertEquals("child", ring.writer().name());
        assertTrue(ring.names().threads().isEmpty());
        assertEquals(0, ring.recorded());
    }

    /** Two JVMs take turns; what they recorded and what they told each other both show one clock. */
    @Test
    void clocks_twoJvms_areOne() throws Exception {
        Memory memory = map();
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, "parent");
        start("turns");
        long low = Long.MIN_VALUE;
        long high = Long.MAX_VALUE;
        for (long turn = 1; turn <= 20_000; turn++) {
            recorder.record(EventCode.MESSAGE_SENT, 1, turn);
            long sent = System.nanoTime();
            memory.setLongRelease(RecordingChild.TURN, turn);
            long deadline = sent + TimeUnit.SECONDS.toNanos(30);
            while (memory.getLongAcquire(RecordingChild.ANSWERED) != turn) {
                Thread.onSpinWait();
                assertTrue(System.nanoTime() - deadline < 0);
            }
            long received = System.nanoTime();
            recorder.record(EventCode.MESSAGE_RECEIVED, 2, turn);
            long answer = memory.getLong(RecordingChild.ANSWER);
            low = Math.max(low, sent - answer);
            high = Math.min(high, received - answer);
        }
        memory.setLongRelease(RecordingChild.TURN, -1);

        Timeline timeline = TimelineReader.read(
                List.of(
                        new RingSource(memory, Rings.FIRST, LENGTH, Rings.writer("?")),
                        new RingSource(memory, SECOND, LENGTH, Rings.writer("?"))),
                memory.getLongAcquire(Rings.COUNTER));
        ProcessClock clock = timeline.processes().get(1).clock();
        System.out.println(
                "clock of another JVM: offset between " + low + " and " + high + " ns by messages; " + clock);
        assertTrue(low <= 0 && high >= 0, low + ".." + high);
        assertEquals(0, clock.offsetNanos());
        assertTrue(clock.errorNanos() < TimeUnit.MILLISECONDS.toNanos(20), clock.toString());

        // Within the rings' memory, no message comes before it was sent.
        long lastSent = 0;
        for (TimelineEvent event : timeline.ofKind(EventKind.MESSAGE_SENT, EventKind.MESSAGE_RECEIVED)
                .events()) {
            if (event.kind() == EventKind.MESSAGE_SENT) {
                lastSent = event.value();
            } else {
                assertEquals(lastSent, event.value());
            }
        }
    }
}
