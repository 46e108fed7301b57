package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.DecodingException;
import dev.procession.EncodingException;
import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import dev.procession.OutOfSharedMemoryException;
import dev.procession.internal.memory.HeapStatistics;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.TestSession;
import dev.procession.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Group Q of the acceptance list between threads of one process, and what of issue 5 is about queues. */
@Timeout(60)
class ProcessQueueTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final TestSession test = new TestSession();
    private final Session session = test.session();

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    private <E> ProcessQueue<E> queue(QueueOptions<E> options) {
        return ProcessQueue.create(session, options);
    }

    private ProcessQueue<Integer> bounded(int capacity) {
        return queue(QueueOptions.<Integer>standard().capacity(capacity));
    }

    private static double secondsOf(Call call) throws Exception {
        long start = System.nanoTime();
        call.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private interface Call {
        void run() throws Exception;
    }

    @Test // Q01, Q02, Q03
    void bounded_fillsUp_thenRefusesAtOnceOrInTime() throws Exception {
        ProcessQueue<Integer> queue = bounded(6);
        assertTrue(queue.isEmpty());
        assertEquals(6, queue.remainingCapacity());
        queue.put(1);
        assertTrue(queue.offer(2));
        assertTrue(queue.offer(3, Duration.ZERO));
        assertTrue(queue.offer(4, 1, TimeUnit.SECONDS));
        queue.put(5);
        assertTrue(queue.offer(6));
        assertEquals(0, queue.remainingCapacity());
        assertFalse(queue.isEmpty());
        assertTrue(secondsOf(() -> assertFalse(queue.offer(7))) < 1);
        assertTrue(secondsOf(() -> assertFalse(queue.offer(7, Duration.ofSeconds(-1)))) < 1);
        assertTrue(secondsOf(() -> assertFalse(queue.offer(7, 0, TimeUnit.SECONDS))) < 1);
        double waited = secondsOf(() -> assertFalse(queue.offer(7, Duration.ofMillis(320))));
        assertTrue(waited >= 0.32 && waited < 3.2, "waited " + waited);
        for (int i = 1; i <= 6; i++) {
            assertEquals(i, queue.take());
        }
        assertTrue(queue.isEmpty());
        assertEquals(6, queue.remainingCapacity());
    }

    @Test // Q05, Q08, Q17
    void empty_takesNothingAtOnceOrInTime() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        assertTrue(secondsOf(() -> assertNull(queue.poll())) < 1);
        assertTrue(secondsOf(() -> assertNull(queue.poll(Duration.ofSeconds(-1)))) < 1);
        double waited = secondsOf(() -> assertNull(queue.poll(200, TimeUnit.MILLISECONDS)));
        assertTrue(waited >= 0.2 && waited < 2, "waited " + waited);
        assertEquals(Integer.MAX_VALUE, queue.remainingCapacity());
    }

    @Test // Q07, X12
    void size_isExactAtOnce() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        for (int i = 0; i < 300; i++) {
            assertEquals(0, queue.size());
            queue.put(1);
            assertFalse(queue.isEmpty());
            assertEquals(1, queue.size());
            queue.put(2);
            assertEquals(2, queue.size());
            assertEquals(1, queue.poll());
            assertEquals(1, queue.size());
            assertEquals(2, queue.poll());
        }
        assertEquals(0, queue.size());
    }

    @Test // Q04
    void take_waitsForPut() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        Future<List<Integer>> taken = test.thread(() -> {
            List<Integer> all = new ArrayList<>();
            all.add(queue.take());
            all.add(queue.poll(LONG));
            all.add(queue.poll(20, TimeUnit.SECONDS));
            return all;
        });
        Thread.sleep(60); // so that it sleeps, not only spins
        for (int i = 2; i <= 4; i++) {
            queue.put(i);
        }
        assertEquals(List.of(2, 3, 4), taken.get(20, TimeUnit.SECONDS));
    }

    @Test // Q11, Q14, Q15
    void closed_everyCall_saysThatItIsClosed() throws Exception {
        for (ProcessQueue<Integer> queue :
                List.of(ProcessQueue.<Integer>create(session), JoinableProcessQueue.<Integer>create(session))) {
            queue.put(1);
            queue.close();
            queue.close();
            for (Call call : List.<Call>of(
                    () -> queue.put(1),
                    () -> queue.offer(1),
                    queue::take,
                    queue::poll,
                    queue::peek,
                    queue::isEmpty,
                    queue::size,
                    queue::end,
                    queue::closeAndReport,
                    queue::producer,
                    () -> assertNotNull(queue.asBlockingQueue().iterator()))) {
                IllegalStateException e = assertThrows(IllegalStateException.class, call::run);
                assertTrue(e.getMessage().contains("is closed"), e::getMessage);
            }
        }
        ProcessQueue<Integer> unused = ProcessQueue.create(session);
        unused.close();
        assertThrows(IllegalStateException.class, unused::isEmpty);
    }

    private static Session sessionOfHolder;

    private static final class Holder {
        static final Integer VALUE = roundTrip();

        static Integer roundTrip() {
            try (ProcessQueue<Integer> queue = ProcessQueue.create(Objects.requireNonNull(sessionOfHolder))) {
                queue.put(7);
                return queue.poll(3, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test // Q12
    void queue_inStaticInitializer_works() {
        sessionOfHolder = session;
        assertEquals(7, Holder.VALUE);
    }

    @Test
    void put_nullOrChangedLater_isRefusedOrASnapshot() throws Exception {
        ProcessQueue<List<String>> queue = ProcessQueue.create(session);
        assertThrows(NullPointerException.class, () -> queue.put(null));
        List<String> list = new ArrayList<>(List.of("a"));
        queue.put(list);
        list.add("b");
        assertEquals(List.of("a"), queue.take());
        ProcessQueue<byte[]> bytes = queue(QueueOptions.of(Codec.bytes()));
        byte[] large = new byte[100_000];
        bytes.put(large);
        large[0] = 1;
        assertEquals(0, bytes.take()[0]);
    }

    @Test // X15
    void put_whatCannotBeEncoded_throwsAtOnceAndPutsNothing() throws Exception {
        ProcessQueue<Object> queue = ProcessQueue.create(session);
        EncodingException e =
                assertThrows(EncodingException.class, () -> queue.put(new ArrayList<>(List.of("x", new Object()))));
        assertTrue(e.getMessage().contains("java.lang.Object is not serializable: at ArrayList[1]"), e::getMessage);
        assertTrue(e.getMessage().startsWith("queue "), e::getMessage);
        assertTrue(queue.isEmpty());
        queue.put("next");
        assertEquals("next", queue.take());
    }

    /** A codec that refuses one value here, and another one there. */
    private record Picky() implements Codec<Integer> {
        @Override
        public void encode(Integer value, ByteSink out) throws IOException {
            if (value == 13) {
                throw new IOException("not 13");
            }
            out.putInt(value);
        }

        @Override
        public Integer decode(ByteBuffer in) throws IOException {
            int value = in.getInt();
            if (value == 14) {
                throw new IOException("not 14");
            }
            return value;
        }
    }

    @Test
    void codecOfOnesOwn_mayRefuse_othersPass() throws Exception {
        ProcessQueue<Integer> queue = queue(QueueOptions.of(new Picky()));
        EncodingException refused = assertThrows(EncodingException.class, () -> queue.put(13));
        assertTrue(refused.getMessage().contains("not 13"), refused::getMessage);
        for (int i = 12; i < 17; i++) {
            if (i != 13) {
                queue.put(i);
            }
        }
        assertEquals(12, queue.take());
        DecodingException unreadable = assertThrows(DecodingException.class, queue::take);
        assertTrue(unreadable.getMessage().contains("item 1 was taken"), unreadable::getMessage);
        List<Integer> rest = new ArrayList<>();
        assertEquals(2, queue.drainTo(rest));
        assertEquals(List.of(15, 16), rest);
    }

    private long usedBytes() {
        HeapStatistics statistics = test.participant().heap().statistics();
        return statistics.usedBytes();
    }

    @Test
    void messagesOfAllSizes_randomPutsAndTakes_arriveInOrder_andLeaveNoMemory() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ProcessQueue<byte[]> queue = queue(QueueOptions.of(Codec.bytes()).ringBytes(1024));
        long before = usedBytes();
        int put = 0;
        int taken = 0;
        for (int round = 0; round < 4000; round++) {
            boolean fills = round / 200 % 2 == 0;
            if (random.nextInt(10) < (fills ? 8 : 2)) {
                queue.put(message(put++));
            } else {
                byte[] message = queue.poll();
                if (message == null) {
                    assertEquals(put, taken, "seed " + seed);
                } else {
                    assertArrayEquals(message(taken++), message, "seed " + seed);
                }
            }
            assertEquals(put - taken, queue.size(), "seed " + seed);
        }
        while (taken < put) {
            assertArrayEquals(message(taken++), queue.take(), "seed " + seed);
        }
        queue.put(new byte[1]);
        queue.take(); // over the last jump
        assertTrue(usedBytes() <= before + 4096, () -> "before " + before + " now " + usedBytes());
    }

    /** Small ones, some that nearly fill an eighth of the ring, some beyond it, some far beyond all of it. */
    private static byte[] message(int number) {
        Random random = new Random(number);
        int[] limits = {9, 9, 40, 129, 140, 3000, 70_000};
        byte[] message = new byte[random.nextInt(limits[random.nextInt(limits.length)])];
        random.nextBytes(message);
        return message;
    }

    @Test
    void unbounded_manyItems_thenAllTaken_memoryIsFree() throws Exception {
        ProcessQueue<Long> queue = queue(QueueOptions.of(Codec.longs()));
        long before = usedBytes();
        for (long i = 0; i < 50_000; i++) {
            queue.put(i);
        }
        assertEquals(50_000, queue.size());
        for (long i = 0; i < 50_000; i++) {
            assertEquals(i, queue.poll());
        }
        queue.put(1L);
        assertEquals(1, queue.take());
        // One extent is left, and is used up before the ring is used again.
        assertTrue(usedBytes() <= before + 80_000, () -> "before " + before + " now " + usedBytes());
        for (long i = 0; i < 5_000; i++) {
            queue.put(i);
            assertEquals(i, queue.take());
        }
        for (long i = 0; i < 20_000; i++) {
            queue.put(i);
            assertEquals(i, queue.take());
            assertTrue(usedBytes() <= before);
        }
    }

    @Test
    void queueOfWhichNobodyIsLeft_isFreedWithAllItsParts() throws Exception {
        long before = usedBytes();
        ProcessQueue<byte[]> queue = queue(QueueOptions.of(Codec.bytes()).ringBytes(1024));
        for (int i = 0; i < 100; i++) {
            queue.put(new byte[i * 30]);
        }
        QueueLeftovers left = queue.closeAndReport();
        assertEquals(new QueueLeftovers(100, 0, 0, false), left);
        assertTrue(left.areLost());
        Eventually.holds("all its memory is free", () -> usedBytes() <= before);
    }

    @Test // issue 5: memory that is out is said by put()
    void memoryOut_putSaysSo_andTheRestGoesOn(@TempDir Path directory) throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && run("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", small.toString()),
                "no tmpfs can be mounted here");
        try (Session full = Session.create(SessionOptions.standard().directory(small))) {
            ProcessQueue<byte[]> queue = ProcessQueue.create(full, QueueOptions.of(Codec.bytes()));
            for (int length : new int[] {100_000, 100, 5}) {
                int[] put = {0};
                assertThrows(OutOfSharedMemoryException.class, () -> {
                    while (put[0] < 1_000_000) {
                        queue.put(new byte[length]);
                        put[0]++;
                    }
                });
                assertTrue(put[0] > 5, () -> "only " + put[0] + " of " + length + " bytes");
                assertEquals(put[0], queue.size());
                for (int i = 0; i < put[0]; i++) {
                    assertEquals(length, queue.take().length);
                }
                assertTrue(queue.isEmpty());
            }
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @Test
    void end_consumersDrain_thenSeeTheEnd() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        Future<Integer> waits = test.thread(() -> {
            int sum = 0;
            try {
                while (true) {
                    sum += queue.take();
                }
            } catch (QueueEndedException e) {
                assertTrue(e.getMessage().contains("has ended, and all its items were taken"));
                return sum;
            }
        });
        queue.put(1);
        queue.put(2);
        assertFalse(queue.isEnded());
        queue.end();
        queue.end();
        assertTrue(queue.isEnded());
        assertEquals(3, waits.get(20, TimeUnit.SECONDS));
        assertTrue(queue.isFinished());
        assertThrows(QueueEndedException.class, () -> queue.put(3));
        assertThrows(QueueEndedException.class, () -> queue.offer(3));
        assertThrows(QueueEndedException.class, queue::poll);
        assertThrows(QueueEndedException.class, () -> queue.poll(LONG));
        assertNull(queue.peek());
        assertEquals(0, queue.drainTo(new ArrayList<>()));
        assertNull(queue.asBlockingQueue().poll());
        assertNull(queue.asBlockingQueue().poll(20, TimeUnit.SECONDS));
    }

    @Test
    void end_itemsLeft_pollTellsEmptyFromFinished() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        assertNull(queue.poll());
        queue.put(1);
        queue.end();
        assertFalse(queue.isFinished());
        assertEquals(1, queue.poll());
        assertThrows(QueueEndedException.class, queue::poll);
    }

    @Test
    void end_producerWaitsInFullQueue_isTold() throws Exception {
        ProcessQueue<Integer> queue = bounded(1);
        queue.put(1);
        Future<?> waits = test.thread(() -> {
            assertThrows(QueueEndedException.class, () -> queue.put(2));
            return null;
        });
        Thread.sleep(60);
        queue.end();
        waits.get(20, TimeUnit.SECONDS);
        assertEquals(1, queue.take());
    }

    @Test // X12: "if empty: break; get()" with two readers, made atomic: 60 rounds
    void manyConsumers_drainWithPoll_noneWaitsForEver() throws Exception {
        for (int round = 0; round < 60; round++) {
            ProcessQueue<Integer> queue = ProcessQueue.create(session);
            for (int i = 0; i < 20; i++) {
                queue.put(i);
            }
            queue.end();
            Future<Integer> one = test.thread(() -> {
                int taken = 0;
                try {
                    while (!queue.isFinished()) {
                        taken += queue.poll() == null ? 0 : 1;
                    }
                } catch (QueueEndedException e) {
                    // The other one took the last item between the two calls: as good an end.
                }
                return taken;
            });
            List<Integer> mine = new ArrayList<>();
            assertThrows(QueueEndedException.class, () -> {
                while (true) {
                    mine.add(queue.take());
                }
            });
            assertEquals(20, mine.size() + one.get(20, TimeUnit.SECONDS));
            queue.close();
        }
    }

    @Test
    void threads_manyProducersAndConsumers_everyItemOnce_eachProducersInOrder() throws Exception {
        for (int capacity : new int[] {1, 3, 0}) {
            QueueOptions<Long> options = QueueOptions.of(Codec.longs()).ringBytes(1024);
            ProcessQueue<Long> queue = queue(capacity == 0 ? options : options.capacity(capacity));
            int producers = 3;
            int consumers = 3;
            int each = capacity == 1 ? 2_000 : 20_000;
            AtomicLong left = new AtomicLong(producers);
            List<Future<List<Long>>> taken = new ArrayList<>();
            for (int c = 0; c < consumers; c++) {
                taken.add(test.thread(() -> {
                    List<Long> mine = new ArrayList<>();
                    try {
                        while (true) {
                            mine.add(queue.take());
                        }
                    } catch (QueueEndedException e) {
                        return mine;
                    }
                }));
            }
            for (long p = 0; p < producers; p++) {
                long producer = p;
                test.thread(() -> {
                    for (long i = 0; i < each; i++) {
                        queue.put(producer << 32 | i);
                    }
                    if (left.decrementAndGet() == 0) {
                        queue.end();
                    }
                    return null;
                });
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> part : taken) {
                long[] last = {-1, -1, -1};
                for (long item : part.get(40, TimeUnit.SECONDS)) {
                    int producer = (int) (item >> 32);
                    assertTrue((int) item > last[producer], "out of order");
                    last[producer] = (int) item;
                    all.add(item);
                }
            }
            Collections.sort(all);
            assertEquals(producers * each, all.size());
            for (int i = 0; i < all.size(); i++) {
                assertEquals((long) (i / each) << 32 | i % each, all.get(i));
            }
            queue.close();
        }
        assertEquals(0, test.participant().table().rescues());
    }

    @Test // FIFO that is linearizable: whoever puts after another put returned is taken after it
    void fifo_putAfterPut_isTakenAfter() throws Exception {
        ProcessQueue<Long> queue = queue(QueueOptions.of(Codec.longs()));
        AtomicLong clock = new AtomicLong();
        AtomicLongArray ends = new AtomicLongArray(40_000); // of the put that began at the index
        CyclicBarrier start = new CyclicBarrier(3);
        List<Future<?>> producers = new ArrayList<>();
        for (int p = 0; p < 3; p++) {
            producers.add(test.thread(() -> {
                start.await();
                for (int i = 0; i < 5_000; i++) {
                    long begun = clock.incrementAndGet();
                    queue.put(begun);
                    ends.set((int) begun, clock.incrementAndGet());
                }
                return null;
            }));
        }
        for (Future<?> producer : producers) {
            producer.get(20, TimeUnit.SECONDS);
        }
        long latestBegin = 0;
        for (int i = 0; i < 15_000; i++) {
            long begun = queue.take();
            assertTrue(ends.get((int) begun) > latestBegin, "it was put before one that was taken earlier began");
            latestBegin = Math.max(latestBegin, begun);
        }
        assertTrue(queue.isEmpty());
    }

    @Test
    void interrupt_waitingPutOrTake_throwsAndChangesNothing() throws Exception {
        ProcessQueue<Integer> queue = bounded(1);
        for (Call call : List.<Call>of(queue::take, () -> queue.poll(LONG))) {
            interrupted(call);
        }
        queue.put(1);
        for (Call call : List.<Call>of(() -> queue.put(2), () -> queue.offer(2, LONG))) {
            interrupted(call);
        }
        assertEquals(1, queue.size());
        assertEquals(1, queue.take());
    }

    private void interrupted(Call call) throws Exception {
        Thread[] thread = new Thread[1];
        Future<?> waits = test.thread(() -> {
            thread[0] = Thread.currentThread();
            assertThrows(InterruptedException.class, call::run);
            return null;
        });
        Eventually.holds("it waits", () -> thread[0] != null && thread[0].getState() == Thread.State.TIMED_WAITING);
        thread[0].interrupt();
        waits.get(20, TimeUnit.SECONDS);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, call::run);
        assertFalse(Thread.interrupted());
    }

    @Test
    void names_createOpenAttach_meanWhatTheySay() throws Exception {
        QueueOptions<String> options = QueueOptions.of(Codec.strings()).capacity(3);
        try (ProcessQueue<String> one = ProcessQueue.create(session, "q", options);
                ProcessQueue<String> two = ProcessQueue.open(session, "q", options);
                ProcessQueue<String> three = ProcessQueue.attach(session, "q", Codec.strings())) {
            one.put("x");
            assertEquals(1, two.size());
            assertEquals("x", three.take());
            assertEquals("q", three.name());
            assertThrows(NameInUseException.class, () -> ProcessQueue.create(session, "q", options));
            IllegalArgumentException other = assertThrows(
                    IllegalArgumentException.class, () -> ProcessQueue.open(session, "q", options.capacity(4)));
            assertTrue(other.getMessage().startsWith("queue \"q\" is there with capacity=3"), other::getMessage);
            IllegalArgumentException codec = assertThrows(
                    IllegalArgumentException.class, () -> ProcessQueue.attach(session, "q", Codec.longs()));
            assertTrue(codec.getMessage().contains("was made with the codec STRINGS, not LONGS"), codec::getMessage);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> JoinableProcessQueue.attach(session, "q", Codec.<String>objects()));
            assertEquals("queue \"q\": 0 items of at most 3", one.toString());
        }
        assertThrows(ObjectGoneException.class, () -> ProcessQueue.attach(session, "no", Codec.longs()));
        assertThrows(IllegalArgumentException.class, () -> options.capacity(0));
        assertThrows(IllegalArgumentException.class, () -> options.ringBytes(10));
        assertThrows(IllegalArgumentException.class, () -> options.maxAttempts(0));
    }

    @Test
    void handles_areItems_andTravelTogetherWithTheirCodec() throws Exception {
        ProcessQueue<Object> queue = ProcessQueue.create(session);
        ProcessEvent event = ProcessEvent.create(session);
        ProcessQueue<String> other = queue(QueueOptions.of(Codec.strings()));
        queue.put(event);
        queue.put(other);
        ((ProcessEvent) queue.take()).set();
        assertTrue(event.isSet());
        @SuppressWarnings("unchecked")
        ProcessQueue<String> copy = (ProcessQueue<String>) queue.take();
        copy.put("by a copy");
        assertEquals("by a copy", other.take());
        assertInstanceOf(JoinableProcessQueue.class, copied(JoinableProcessQueue.create(session)));
    }

    private static Object copied(Object object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Test // X21
    void endWhenProducersGone_lastOneClosed_queueEnds() throws Exception {
        ProcessQueue<Integer> queue = queue(QueueOptions.<Integer>standard().endWhenProducersGone());
        assertThrows(IllegalStateException.class, () -> queue.put(1));
        assertNull(queue.poll(Duration.ofMillis(250))); // nobody came yet: no end
        ProcessQueue.Producer<Integer> one = queue.producer();
        @SuppressWarnings("unchecked")
        ProcessQueue.Producer<Integer> two = (ProcessQueue.Producer<Integer>) copied(one);
        one.put(1);
        one.close();
        one.close();
        assertThrows(IllegalStateException.class, () -> one.put(2));
        assertFalse(queue.isEnded());
        assertTrue(two.offer(2));
        assertTrue(two.offer(3, LONG));
        two.close();
        assertTrue(queue.isEnded());
        List<Integer> all = new ArrayList<>();
        assertEquals(3, queue.drainTo(all, 10));
        assertEquals(List.of(1, 2, 3), all);
        assertThrows(QueueEndedException.class, queue::take);
    }

    @Test
    void drainTo_takesAtMostWhatIsAsked() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        for (int i = 0; i < 5; i++) {
            queue.put(i);
        }
        List<Integer> some = new ArrayList<>();
        assertEquals(0, queue.drainTo(some, 0));
        assertEquals(2, queue.drainTo(some, 2));
        assertEquals(3, queue.drainTo(some));
        assertEquals(List.of(0, 1, 2, 3, 4), some);
    }

    @Test // Q09, Q16
    void joinable_join_waitsForEveryTaskDone() throws Exception {
        JoinableProcessQueue<Integer> queue = JoinableProcessQueue.create(session);
        List<Future<Integer>> workers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            workers.add(test.thread(() -> {
                int done = 0;
                try {
                    while (true) {
                        queue.take();
                        Thread.sleep(10);
                        done++;
                        queue.taskDone();
                    }
                } catch (QueueEndedException e) {
                    return done;
                }
            }));
        }
        for (int i = 0; i < 10; i++) {
            queue.put(i);
        }
        assertTrue(queue.join(LONG));
        assertEquals(0, queue.unfinished());
        queue.end();
        int done = 0;
        for (Future<Integer> worker : workers) {
            done += worker.get(20, TimeUnit.SECONDS);
        }
        assertEquals(10, done);
        IllegalStateException e = assertThrows(IllegalStateException.class, queue::taskDone);
        assertTrue(e.getMessage().contains("called too many times"), e::getMessage);
        queue.join();
    }

    @Test
    void joinable_leaseClosedUndone_isGivenOutAgain_thenIsADeadLetter() throws Exception {
        JoinableProcessQueue<String> queue = JoinableProcessQueue.create(
                session, QueueOptions.<String>standard().maxAttempts(2));
        queue.put("poison");
        queue.put("good");
        try (Lease<String> lease = queue.lease()) {
            assertEquals("poison", lease.item());
            assertEquals(1, lease.attempt());
            assertEquals(2, queue.unfinished());
            assertEquals(1, queue.size());
        }
        try (Lease<String> lease = queue.tryLease()) {
            assertNotNull(lease);
            assertEquals("poison", lease.item());
            assertEquals(2, lease.attempt());
            assertFalse(queue.join(Duration.ofMillis(50)));
        }
        assertEquals(
                List.of("poison"),
                queue.deadLetters().stream().map(DeadLetter::item).toList());
        Lease<String> good = queue.tryLease(LONG);
        assertNotNull(good);
        assertEquals("good", good.item());
        good.done();
        good.close();
        assertThrows(IllegalStateException.class, good::done);
        assertNull(queue.tryLease());
        assertTrue(queue.join(LONG));
        DeadLetter<String> letter = queue.takeDeadLetters().get(0);
        assertEquals(2, letter.attempts());
        assertEquals(0, letter.number());
        assertTrue(letter.lastDeath().isEmpty());
        assertTrue(queue.deadLetters().isEmpty());
    }

    @Test
    void joinable_end_isSeenWhenAllWorkIsDone() throws Exception {
        JoinableProcessQueue<String> queue = JoinableProcessQueue.create(session);
        queue.put("a");
        queue.end();
        Lease<String> lease = queue.lease();
        assertNull(queue.poll(), "it may come back");
        assertFalse(queue.isFinished());
        Future<?> waits = test.thread(() -> {
            assertThrows(QueueEndedException.class, queue::lease);
            return null;
        });
        Thread.sleep(60);
        lease.done();
        waits.get(20, TimeUnit.SECONDS);
        assertTrue(queue.isFinished());
    }

    @Test
    void joinable_memory_isFreeWhenDone() throws Exception {
        JoinableProcessQueue<byte[]> queue = JoinableProcessQueue.create(session, QueueOptions.of(Codec.bytes()));
        long before = usedBytes();
        for (int i = 0; i < 1000; i++) {
            queue.put(new byte[i]);
        }
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, queue.take().length);
            queue.taskDone();
        }
        assertTrue(usedBytes() <= before, () -> "before " + before + " now " + usedBytes());
    }

    @Test
    void joinable_undecodable_isGivenBackThenDead() throws Exception {
        JoinableProcessQueue<Integer> queue = JoinableProcessQueue.create(
                session, QueueOptions.of(new Picky()).maxAttempts(2));
        queue.put(14);
        queue.put(1);
        assertThrows(DecodingException.class, queue::take);
        assertThrows(DecodingException.class, queue::lease);
        assertEquals(1, queue.take());
        queue.taskDone();
        assertTrue(queue.join(LONG));
        assertThrows(DecodingException.class, queue::deadLetters);
    }

    @Test
    void lostLease_isGivenBack() throws Exception {
        JoinableProcessQueue<Integer> queue = JoinableProcessQueue.create(session);
        queue.put(1);
        lose(queue);
        AtomicReference<Lease<Integer>> again = new AtomicReference<>();
        Eventually.holds("the collector gives it back", () -> {
            System.gc();
            again.set(queue.tryLease());
            return again.get() != null;
        });
        assertEquals(2, again.get().attempt());
        again.get().done();
    }

    private static void lose(JoinableProcessQueue<Integer> queue) throws InterruptedException {
        assertEquals(1, queue.lease().item());
    }

    @Test
    void put_fromWithinEncode_works() throws Exception {
        ProcessQueue<Object> queue = ProcessQueue.create(session);
        queue.put(new PutsAnother(queue));
        assertEquals("inner", queue.take());
        assertInstanceOf(String.class, queue.take());
    }

    private record PutsAnother(ProcessQueue<Object> queue) implements java.io.Serializable {
        private Object writeReplace() throws InterruptedException {
            queue.put("inner");
            return "outer";
        }
    }

    @Test
    void session_closedWhileAThreadWaits_endsTheWait() throws Exception {
        Session other = Session.create();
        ProcessQueue<Integer> queue = ProcessQueue.create(other);
        Future<?> waits = test.thread(() -> {
            assertThrows(IllegalStateException.class, queue::take);
            return null;
        });
        Thread.sleep(60);
        other.close();
        waits.get(20, TimeUnit.SECONDS);
    }
}
