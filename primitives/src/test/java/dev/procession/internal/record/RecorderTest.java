package dev.procession.internal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.internal.memory.Memory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RecorderTest {
    private static final int LENGTH = Recorder.length(64);

    private final Memory memory = Rings.memory(Rings.FIRST + Recorder.length(4096));

    @Test
    void record_oneEvent_isReadWithAllItsFields() {
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, "worker-1");
        memory.setLong(Rings.COUNTER, 41);
        long before = System.nanoTime();
        recorder.record(EventCode.PERMITS, 0xfedcba9876543210L, -3);
        long after = System.nanoTime();

        RingContents ring = Rings.read(memory, Rings.FIRST, LENGTH);
        assertTrue(ring.readable());
        assertEquals("worker-1", ring.writer().name());
        assertEquals(ProcessHandle.current().pid(), ring.writer().pid());
        assertEquals(1, ring.recorded());
        assertEquals(0, ring.lost());
        RingEvent event = ring.events().get(0);
        assertEquals(41, event.sequence());
        assertEquals(42, memory.getLong(Rings.COUNTER));
        assertTrue(before - event.nanos() <= 0 && event.nanos() - after <= 0);
        assertEquals(EventCode.PERMITS, event.kind());
        assertEquals(0xfedcba9876543210L, event.object());
        assertEquals(-3, event.value());
        assertEquals(Thread.currentThread().getId(), event.thread());
        assertEquals(Thread.currentThread().getName(), ring.names().threads().get(event.thread()));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 127, 128, 129, 1000, 100_000})
    void record_moreThanTheRingHolds_keepsTheLast(int count) {
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, "w");
        for (int i = 0; i < count; i++) {
            recorder.record(EventCode.VALUE_WRITTEN, 1, i);
        }

        RingContents ring = Rings.read(memory, Rings.FIRST, LENGTH);
        assertEquals(count, ring.recorded());
        assertEquals(Math.max(0, count - 64), ring.lost());
        assertEquals(
                LongStream.range(Math.max(0, count - 64), count).boxed().toList(),
                ring.events().stream().map(RingEvent::value).sorted().toList());
    }

    @Test
    void record_lapsBeginAgain_goesOn() {
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, "w");
        long almost = (RingLayout.LAP_MASK - 2) * 64;
        memory.setLong(Rings.FIRST + RingLayout.NEXT, almost);
        for (int i = 0; i < 64 * 4; i++) {
            recorder.record(EventCode.VALUE_WRITTEN, 1, i);
            RingContents ring = Rings.read(memory, Rings.FIRST, LENGTH);
            assertEquals(Math.min(i + 1, 64), ring.events().size());
        }
    }

    /** A thread that was stopped in the middle does not hinder anybody, nor is its cell read. */
    @Test
    void record_cellLeftBusy_givesTheEventUp() {
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, "w");
        recorder.record(EventCode.SET, 1, 0);
        int cell = cellsOf(LENGTH) + RingLayout.cell(1, 6) * RingLayout.CELL;
        memory.setLong(cell, RingLayout.busy(1));
        for (int i = 1; i < 200; i++) {
            recorder.record(EventCode.SET, 1, i);
        }

        RingContents ring = Rings.read(memory, Rings.FIRST, LENGTH);
        assertEquals(63, ring.events().size());
        assertEquals(200 - 63, ring.lost());
    }

    /** A thread that slept for a lap with its claim must not write under whoever came a lap later. */
    @Test
    void record_cellAlreadyOfALaterLap_isLeftAlone() {
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, "w");
        int cell = cellsOf(LENGTH);
        memory.setLong(cell, RingLayout.stamp(2, 5, EventCode.CLEARED));
        recorder.record(EventCode.SET, 1, 77);
        assertEquals(RingLayout.stamp(2, 5, EventCode.CLEARED), memory.getLong(cell));
        assertEquals(1, Rings.read(memory, Rings.FIRST, LENGTH).lost());
    }

    private static int cellsOf(int length) {
        int cells = RingLayout.cells(length);
        return Rings.FIRST + RingLayout.HEADER + ((length - RingLayout.HEADER - cells * RingLayout.CELL) & ~7);
    }

    @Test
    void read_whileTwoThreadsRecord_takesWholeEventsOnly() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        long taken = 0;
        int repeats = 0;
        for (; repeats < 100 && System.nanoTime() - deadline < 0; repeats++) {
            int length = Recorder.length(repeats % 2 == 0 ? 16 : 256);
            Recorder recorder = Rings.create(memory, Rings.FIRST, length, "w");
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread writer = new Thread(() -> {
                    for (long n = 0; n < 10_000; n++) {
                        Rings.recordChecked(recorder, (int) (n % 200) + 1, n << 32 | (~n & 0xffff_ffffL));
                    }
                });
                writers.add(writer);
                writer.start();
            }
            boolean running = true;
            while (running) {
                running = writers.stream().anyMatch(Thread::isAlive);
                taken += assertWhole(Rings.read(memory, Rings.FIRST, length));
            }
            RingContents end = Rings.read(memory, Rings.FIRST, length);
            assertEquals(20_000, end.recorded());
            assertTrue(!end.events().isEmpty());
        }
        assertTrue(repeats > 10, "repeats=" + repeats);
        assertTrue(taken > 0);
    }

    private static int assertWhole(RingContents ring) {
        Set<Long> sequences = new HashSet<>();
        for (RingEvent event : ring.events()) {
            assertTrue(Rings.isWhole(event), event.toString());
            assertTrue(sequences.add(event.sequence()), event.toString());
        }
        assertEquals(ring.recorded(), ring.lost() + ring.events().size());
        return ring.events().size();
    }

    @Test
    void record_thousandThreads_eachIsNamed() throws Exception {
        int length = Recorder.length(4096);
        Recorder recorder = Rings.create(memory, Rings.FIRST, length, "w");
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        Rings.recordChecked(recorder, EventCode.SET, 1);
                        Rings.recordChecked(recorder, EventCode.CLEARED, 1);
                    },
                    "thread-of-many-" + i);
            threads.add(thread);
            thread.start();
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        RingContents ring = Rings.read(memory, Rings.FIRST, length);
        assertWhole(ring);
        assertEquals(2000, ring.recorded());
        assertEquals(0, ring.lost());
        assertEquals(0, ring.names().lost());
        for (Thread thread : threads) {
            assertEquals(thread.getName(), ring.names().threads().get((int) thread.getId()));
        }
    }

    /** They have ids as all threads, but mostly no names, and nothing of them stays behind here. */
    @Test
    void record_virtualThreads_areAsOthers() throws Exception {
        Method start = null;
        try {
            start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException e) {
            assumeTrue(false, "this JDK has no virtual threads");
        }
        int length = Recorder.length(4096);
        Recorder recorder = Rings.create(memory, Rings.FIRST, length, "w");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            threads.add((Thread) start.invoke(null, (Runnable) () -> Rings.recordChecked(recorder, 1, 1)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        RingContents ring = Rings.read(memory, Rings.FIRST, length);
        assertTrue(assertWhole(ring) > 4000);
        assertEquals(5000, ring.recorded());
        assertEquals(0, ring.names().lost());
    }

    /** In a small ring, names run out of room long before events do; the events stay. */
    @Test
    void record_moreNamesThanFit_countsThem() throws Exception {
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, "w");
        for (int i = 0; i < 3000; i++) {
            Thread thread = new Thread(() -> Rings.recordChecked(recorder, EventCode.SET, 1), "brief-" + i);
            thread.start();
            thread.join();
        }
        RingContents ring = Rings.read(memory, Rings.FIRST, LENGTH);
        assertEquals(64, assertWhole(ring));
        assertTrue(
                ring.names().lost() >= 3000 - ring.names().threads().size(),
                "" + ring.names().lost());
        assertTrue(ring.names().threads().size() > 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<script>alert(1)</script>",
                "two\nlines\r\u0000",
                "\uD83D\uDC18\uD83D\uDC18",
                "\u0416\u0443\u0440\u043D\u0430\u043B",
                "\u202E\u2028"
            })
    void names_anyCharacters_areReadAsTheyAre(String name) {
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, name);
        recorder.nameObject(9, name, name);
        recorder.record(EventCode.MARK, 0, name);
        recorder.record(EventCode.MARK, 0, name);

        RingContents ring = Rings.read(memory, Rings.FIRST, LENGTH);
        assertEquals(name, ring.writer().name());
        assertEquals(
                new RingNames.ObjectName(name, name), ring.names().objects().get(9L));
        assertEquals(1, ring.names().texts().size());
        for (RingEvent event : ring.events()) {
            assertEquals(name, ring.names().texts().get(event.value()));
        }
    }

    @Test
    void names_longerThanTheLimit_areCutBetweenCharacters() {
        String elephants = "\uD83D\uDC18".repeat(200);
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, "x" + elephants);
        recorder.record(EventCode.MARK, 0, "\uD800 alone");

        RingContents ring = Rings.read(memory, Rings.FIRST, LENGTH);
        assertEquals("x" + "\uD83D\uDC18".repeat(59), ring.writer().name());
        assertEquals("? alone", ring.names().texts().get(1L));
    }

    @Test
    void mark_moreTextsThanFit_leaveRoomForNames() {
        Recorder recorder = Rings.create(memory, Rings.FIRST, LENGTH, "w");
        for (int i = 0; i < 1000; i++) {
            recorder.record(EventCode.MARK, 0, "a text of its own, number " + i);
        }
        recorder.nameObject(5, "lock", "journal");
        RingContents ring = Rings.read(memory, Rings.FIRST, LENGTH);
        assertEquals("journal", ring.names().objects().get(5L).name());
        assertTrue(ring.names().lost() > 0);
        assertEquals(64, ring.events().size());
    }

    @Test
    void create_bytesFromSomebodyElse_areNotRead() {
        byte[] garbage = new byte[LENGTH];
        new Random(1).nextBytes(garbage);
        memory.setBytes(Rings.FIRST, garbage, 0, LENGTH);
        Rings.create(memory, Rings.FIRST, LENGTH, "w");
        RingContents ring = Rings.read(memory, Rings.FIRST, LENGTH);
        assertEquals(List.of(), ring.events());
        assertEquals(0, ring.recorded());
    }

    @Test
    void create_tooSmall_saysHowManyBytesItNeeds() {
        int least = RingLayout.HEADER + RingLayout.NAMES_AT_LEAST + 16 * RingLayout.CELL;
        assertEquals(
                "a ring of events needs at least " + least + " bytes: length=" + (least - 1),
                assertThrows(IllegalArgumentException.class, () -> Rings.create(memory, Rings.FIRST, least - 1, "w"))
                        .getMessage());
        Rings.create(memory, Rings.FIRST, least, "w").record(EventCode.SET, 1, 1);
        assertEquals(1, Rings.read(memory, Rings.FIRST, least).events().size());
        assertThrows(IllegalArgumentException.class, () -> Rings.create(memory, 4, LENGTH, "w"));
        assertThrows(IllegalArgumentException.class, () -> Rings.create(memory, memory.size() - 8, LENGTH, "w"));
        assertThrows(IllegalArgumentException.class, () -> Recorder.length(0));
        assertThrows(IllegalArgumentException.class, () -> Recorder.length((1 << 24) + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 64, 1000, 4096, 1 << 20, 1 << 24})
    void length_holdsAtLeastSoManyEvents(int events) {
        assertTrue(RingLayout.cells(Recorder.length(events)) >= events);
        assertTrue(RingLayout.cells(Recorder.length(events)) <= Math.max(32, 2 * events - 1));
    }

    @Test
    void isBefore_laps_areACircle() {
        assertFalse(RingLayout.isBefore(1, 1));
        assertTrue(RingLayout.isBefore(0, 1));
        assertTrue(RingLayout.isBefore(1, 2));
        assertFalse(RingLayout.isBefore(2, 1));
        assertTrue(RingLayout.isBefore(RingLayout.LAP_MASK, 1));
    }
}
