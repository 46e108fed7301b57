package dev.procession.internal.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.memory.Memory;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.record.Rings;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.ProcessClock;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
import dev.procession.timeline.TimelineObject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimelineReaderTest {
    private static final int LENGTH = Recorder.length(64);
    private static final int SECOND = Rings.FIRST + LENGTH;
    private static final long LOCK = 7;

    private final Memory memory = Rings.memory(Rings.FIRST + 2 * LENGTH);

    private Recorder recorder(int offset, long participant, long pid, String name) {
        return Recorder.create(
                memory, offset, LENGTH, memory, Rings.COUNTER, new Recorder.Writer(participant, pid, name, 1_000_000));
    }

    private Timeline read() {
        return TimelineReader.read(
                List.of(source(Rings.FIRST, "known-1"), source(SECOND, "known-2")),
                memory.getLongAcquire(Rings.COUNTER));
    }

    private RingSource source(int offset, String name) {
        return new RingSource(memory, offset, LENGTH, new Recorder.Writer(99, 4711, name, 5_000));
    }

    @Test
    void read_twoRings_mergesThemInOneOrder() {
        Recorder first = recorder(Rings.FIRST, 1, 101, "master");
        Recorder second = recorder(SECOND, 2, 102, "worker");
        first.nameObject(LOCK, "lock", "journal");
        for (int i = 0; i < 10; i++) {
            first.record(EventCode.ACQUIRED, LOCK, i);
            second.record(EventCode.WAIT_BEGIN, LOCK, i);
            first.record(EventCode.RELEASED, LOCK, i);
        }
        second.record(EventCode.MARK, 0, "done <b>&");

        Timeline timeline = read();
        assertEquals(31, timeline.events().size());
        for (int i = 0; i < 31; i++) {
            assertEquals(i, timeline.events().get(i).sequence());
        }
        TimelineEvent waits = timeline.events().get(1);
        assertEquals(EventKind.WAIT_BEGIN, waits.kind());
        assertEquals("worker", waits.process().name());
        assertEquals(102, waits.process().pid());
        assertEquals(2, waits.process().participant());
        assertEquals(Instant.ofEpochSecond(1000), waits.process().started());
        assertEquals(new TimelineObject(LOCK, "lock", "journal"), waits.object());
        assertEquals(Thread.currentThread().getName(), waits.thread().name());
        assertEquals("", waits.text());
        TimelineEvent mark = timeline.events().get(30);
        assertEquals("done <b>&", mark.text());
        assertEquals(TimelineObject.NONE, mark.object());
        assertEquals(0, timeline.lost());
        assertEquals("timeline of 31 events in 2 processes, lost=0", timeline.toString());
    }

    @Test
    void filters_takeWhatTheySay() {
        Recorder first = recorder(Rings.FIRST, 1, 101, "master");
        Recorder second = recorder(SECOND, 2, 102, "worker");
        second.nameObject(LOCK, "lock", "journal");
        first.record(EventCode.SET, 8, 0);
        first.record(EventCode.ACQUIRED, LOCK, 1);
        second.record(EventCode.ACQUIRED, LOCK, 1);
        second.record(EventCode.ATTACHED, 0, 0);

        Timeline timeline = read();
        assertEquals(2, timeline.ofProcess(101).events().size());
        assertEquals(2, timeline.ofObject("journal").events().size());
        assertEquals(1, timeline.ofObject(8).events().size());
        assertEquals(1, timeline.ofObject("").events().size());
        assertEquals(
                1,
                timeline.ofObject("journal")
                        .ofProcess(102)
                        .ofKind(EventKind.ACQUIRED, EventKind.SET)
                        .events()
                        .size());
        assertEquals(2, timeline.ofProcess(101).processes().size());
        assertEquals(
                List.of("", "journal"),
                timeline.objects().stream().map(TimelineObject::name).toList());
        List<TimelineEvent> events = timeline.events();
        assertThrows(UnsupportedOperationException.class, events::clear);
    }

    @Test
    void read_eventsAfterTheCut_areLeftOut() {
        Recorder first = recorder(Rings.FIRST, 1, 101, "master");
        first.record(EventCode.SET, 8, 0);
        long cut = memory.getLongAcquire(Rings.COUNTER);
        first.record(EventCode.SET, 8, 1);
        Timeline timeline = TimelineReader.read(List.of(source(Rings.FIRST, "x")), cut);
        assertEquals(1, timeline.events().size());
        assertEquals(0, timeline.lost());
    }

    @Test
    void read_processKilledBeforeItsRing_isKnownAllTheSame() {
        recorder(SECOND, 2, 102, "worker").record(EventCode.ATTACHED, 0, 0);
        Timeline timeline = read();
        assertFalse(timeline.processes().get(0).readable());
        assertEquals("known-1", timeline.processes().get(0).name());
        assertEquals(4711, timeline.processes().get(0).pid());
        assertEquals(ProcessClock.UNKNOWN, timeline.processes().get(0).clock());
        assertEquals(1, timeline.events().size());
        TimelineEvent event = timeline.events().get(0);
        assertTrue(Duration.between(timeline.timeOf(event), Instant.now()).abs().toSeconds() < 60);
    }

    @Test
    void read_placeThatIsNone_isUnreadable() {
        Recorder.Writer writer = new Recorder.Writer(1, 2, "n", 3);
        List<RingSource> sources = List.of(
                new RingSource(memory, -8, LENGTH, writer),
                new RingSource(memory, 4, LENGTH, writer),
                new RingSource(memory, memory.size(), LENGTH, writer),
                new RingSource(memory, 0, Integer.MAX_VALUE, writer),
                new RingSource(memory, 0, 0, writer));
        Timeline timeline = TimelineReader.read(sources, Long.MAX_VALUE);
        assertEquals(5, timeline.processes().size());
        assertTrue(timeline.processes().stream().noneMatch(process -> process.readable()));
        assertEquals(List.of(), TimelineReader.read(List.of(), 0).events());
    }

    @Test
    void clocks_processesInTurn_boundEachOther() {
        Recorder first = recorder(Rings.FIRST, 1, 101, "master");
        Recorder second = recorder(SECOND, 2, 102, "worker");
        for (int i = 0; i < 20; i++) {
            first.record(EventCode.SET, 8, 0);
            second.record(EventCode.SET, 8, 0);
        }
        ProcessClock clock = read().processes().get(1).clock();
        assertEquals(0, clock.offsetNanos());
        assertTrue(clock.errorNanos() < 10_000_000, clock.toString());
    }

    /** A clock that is 5 s behind, as in another machine or time namespace, is found in the record. */
    @Test
    void clocks_recordContradictsACommonClock_offsetIsTaken() {
        Recorder first = recorder(Rings.FIRST, 1, 101, "master");
        Recorder second = recorder(SECOND, 2, 102, "worker");
        for (int i = 0; i < 20; i++) {
            first.record(EventCode.SET, 8, 0);
            second.record(EventCode.SET, 8, 0);
        }
        shiftTimes(SECOND, -5_000_000_000L);
        Timeline timeline = read();
        ProcessClock clock = timeline.processes().get(1).clock();
        assertTrue(Math.abs(clock.offsetNanos() - 5_000_000_000L) <= clock.errorNanos(), clock.toString());
        assertTrue(clock.errorNanos() < 10_000_000, clock.toString());
        Duration apart =
                Timeline.between(timeline.events().get(0), timeline.events().get(39));
        assertTrue(apart.abs().toMillis() < 100, apart.toString());
    }

    /** The cells are what lies behind the names; each has its time at 16. */
    private void shiftTimes(int ring, long by) {
        int cells = memory.getInt(ring + 12);
        int first = ring + 320 + memory.getInt(ring + 16);
        for (int i = 0; i < cells; i++) {
            memory.setLong(first + i * 40 + 16, memory.getLong(first + i * 40 + 16) + by);
        }
    }

    @Test
    void read_randomBytes_neverThrows() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        long events = 0;
        for (int round = 0; round < 3_000; round++) {
            try {
                Recorder first = recorder(Rings.FIRST, 1, 101, "master");
                recorder(SECOND, 2, 102, "worker").record(EventCode.SET, 1, 1);
                for (int i = 0; i < 100; i++) {
                    first.record(EventCode.MARK, i, "text " + i % 7);
                }
                switch (round % 3) {
                    case 0 -> { // single bytes anywhere
                        for (int i = random.nextInt(200); i >= 0; i--) {
                            memory.setByte(random.nextInt(memory.size()), (byte) random.nextInt());
                        }
                    }
                    case 1 -> { // all behind magic and version
                        byte[] all = new byte[LENGTH - 24];
                        random.nextBytes(all);
                        memory.setBytes(Rings.FIRST + 24, all, 0, all.length);
                    }
                    default -> { // one field of the header has an extreme value
                        int field = Rings.FIRST + 4 * random.nextInt(80);
                        memory.setInt(field, random.nextBoolean() ? random.nextInt() : 1 << random.nextInt(32));
                    }
                }
                Timeline timeline = TimelineReader.read(
                        List.of(source(Rings.FIRST, "a"), source(SECOND, "b")),
                        random.nextBoolean() ? Long.MAX_VALUE : random.nextLong());
                events += timeline.events().size();
                assertTrue(timeline.lost() >= 0 || round % 3 != 0);
                timeline.events().forEach(timeline::timeOf);
                timeline.objects();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("-Dseed=" + seed + " round=" + round, e);
            }
        }
        assertTrue(events > 0, "-Dseed=" + seed);
    }

    @Test
    void kinds_haveTheCodesOfTheRing() throws IllegalAccessException {
        Map<Integer, String> codes = new HashMap<>();
        for (Field field : EventCode.class.getFields()) {
            assertTrue(Modifier.isStatic(field.getModifiers()));
            assertEquals(null, codes.put(field.getInt(null), field.getName()), field.getName());
        }
        List<String> names = new ArrayList<>();
        for (EventKind kind : EventKind.values()) {
            assertTrue(kind.code() > 0 && kind.code() < 256);
            assertEquals(kind.name(), codes.get(kind.code()));
            names.add(kind.name());
        }
        assertEquals(codes.size(), names.size());
    }
}
