package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultLabels;
import dev.procession.internal.memory.Heap;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.UnusedObjects;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.session.Session;
import dev.procession.sync.Cells;
import dev.procession.sync.TestSession;
import dev.procession.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process is killed at every label of queues. What it had put is there, what it had taken is gone, what it was just doing
 * has happened or has not; no memory is lost, and the others go on.
 */
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class QueueDeathIT {
    /** The number of the last item that the victim put for sure, of the last one that it took, and of the last one it did. */
    private static final int PUT = 0;

    private static final int TAKEN = 1;
    private static final int DONE = 2;
    private static final int READY = 3;

    /** Items that are put only to be removed again. */
    private static final int JUNK = -1;

    private static final int DEADLY = 7; // every seventh item is given back until it is given up

    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final Heap heap = test.participant().heap();
    private final Cells cells = Cells.create(session, 8);

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    private static final String NAME = "q";
    private static final QueueOptions<byte[]> OPTIONS =
            QueueOptions.of(Codec.bytes()).ringBytes(1024).capacity(400).maxAttempts(2);

    /** Labels that only who comes after a dead one reaches, and where that one died. */
    private static final Map<String, String> AFTER = Map.of(
            "queue.tail-repaired", "queue.cursor",
            "queue.item-dropped", "queue.cursor#4", // the first item with a block
            "queue.head-repaired", "queue.taking",
            "queue.item-freed", "queue.taken#4",
            "queue.extent-freed", "queue.left#2", // out of an extent, not of the ring
            "queue.removal-finished", "queue.removed",
            "queue.counted", "queue.lease-counted",
            "queue.unleased", "queue.leased");

    private static final Set<String> JOINABLE = Set.of(
            "queue.lease-counted",
            "queue.leased",
            "queue.redelivered",
            "queue.done",
            "queue.done-counted",
            "queue.orphaned",
            "queue.orphan-counted",
            "queue.dead-lettered",
            "queue.dead-counted",
            "queue.dead-forgotten",
            "queue.counted",
            "queue.unleased");

    private static final Set<String> ELSEWHERE = Set.of(
            "queue.ended",
            "queue.end-rung",
            "queue.producer-came",
            "queue.producer-left",
            "queue.death-noted",
            "queue.death-settled",
            "part.freed");

    static Stream<String> labels() throws IOException {
        List<String> labels = new ArrayList<>(FaultLabels.inSources("queue."));
        labels.addAll(FaultLabels.inSources("part."));
        assertTrue(labels.size() > 40, labels.toString());
        assertTrue(labels.containsAll(ELSEWHERE) && labels.containsAll(JOINABLE) && labels.containsAll(AFTER.keySet()));
        return labels.stream().filter(label -> !ELSEWHERE.contains(label));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void processKilledAtLabel_itemsAreWholeAndOthersGoOn(String label) throws Exception {
        int time = AFTER.containsKey(label) ? 1 : 1 + new Random().nextInt(3);
        boolean joinable = JOINABLE.contains(label);
        long before = heap.statistics().usedBytes();
        String path = session.path().toString();
        // This process has no handle of it yet: its supervisor would look after what a dead one left.
        if (joinable) {
            killed(label, time, new Jobs(path, cells));
            JoinableProcessQueue<byte[]> queue = JoinableProcessQueue.open(session, NAME, OPTIONS);
            assertJobsWhole(queue);
        } else {
            killed(label, time, new Traffic(path, cells));
            ProcessQueue<byte[]> queue = ProcessQueue.open(session, NAME, OPTIONS);
            assertTrafficWhole(queue);
        }
        heap.unlink(Objects.requireNonNull(heap.find(NAME)));
        Eventually.holds(
                () -> {
                    UnusedObjects.end(test.participant());
                    return heap.statistics().usedBytes() <= before + 4096;
                },
                () -> label + ": " + before + " bytes were used, and now " + heap.statistics() + " " + session.usage());
    }

    private void killed(String label, int time, ChildTask work) throws Exception {
        String first = AFTER.get(label);
        if (first != null) {
            expectKilled(test.start("bait", work, "-Dprocession.dieAt=" + first), first);
            cells.set(READY, 1);
        }
        expectKilled(test.start("victim", work, "-Dprocession.dieAt=" + label + "#" + time), label);
    }

    private static void expectKilled(ChildProcess victim, String label) throws InterruptedException {
        assertTrue(victim.join(Duration.ofSeconds(60)), "nobody ever came to " + label);
        assertEquals(-9, victim.exitCode().orElseThrow(), "nobody ever came to " + label);
    }

    private static byte[] item(int number) {
        int[] lengths = {4, 4, 30, 100, 700, 4};
        byte[] bytes = new byte[lengths[Math.floorMod(number, lengths.length)]];
        bytes[0] = (byte) (number >> 24);
        bytes[1] = (byte) (number >> 16);
        bytes[2] = (byte) (number >> 8);
        bytes[3] = (byte) number;
        if (bytes.length > 4) {
            bytes[bytes.length - 1] = (byte) number;
        }
        return bytes;
    }

    private static int number(byte[] bytes) {
        int number = (bytes[0] & 0xFF) << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
        assertEquals(item(number).length, bytes.length, "item " + number + " is cut off");
        if (bytes.length > 4) {
            assertEquals((byte) number, bytes[bytes.length - 1], "item " + number + " is not whole");
        }
        return number;
    }

    /** Puts, takes and removes, so that every way through a queue is gone. */
    private record Traffic(String session, Cells cells) implements ChildTask {
        @Override
        public void run() throws Exception {
            ProcessQueue<byte[]> queue = ProcessQueue.open(Session.attach(Path.of(session)), NAME, OPTIONS);
            BlockingQueue<byte[]> view = queue.asBlockingQueue();
            // After a bait, what it left is put and taken first: the same labels, on the way of who comes later.
            if (cells.get(READY) == 1) {
                int next = (int) cells.get(PUT) + 1;
                queue.put(item(next));
                cells.set(PUT, next);
                byte[] taken = queue.poll();
                if (taken != null && number(taken) != JUNK) {
                    cells.set(TAKEN, number(taken));
                }
            }
            for (int round = 0; round < 30; round++) {
                for (int i = 0; i < 60; i++) {
                    int next = (int) cells.get(PUT) + 1;
                    queue.put(item(next));
                    cells.set(PUT, next);
                    if (i % 10 == 4) {
                        queue.put(item(JUNK));
                        view.removeIf(bytes -> number(bytes) == JUNK);
                    }
                }
                byte[] taken;
                while ((taken = queue.poll()) != null) {
                    int number = number(taken);
                    if (number != JUNK) {
                        cells.set(TAKEN, number);
                    }
                }
            }
        }
    }

    private void assertTrafficWhole(ProcessQueue<byte[]> queue) throws Exception {
        // Somebody who comes now must take the locks over, and get through.
        assertTrue(queue.offer(item(JUNK), Duration.ofSeconds(10)), queue.toString());
        List<Integer> rest = new ArrayList<>();
        byte[] taken;
        int size = queue.size();
        int drained = 0;
        while ((taken = queue.poll()) != null) {
            drained++;
            int number = number(taken);
            if (number != JUNK) {
                rest.add(number);
            }
        }
        // The first call made right what a dead remover had not counted.
        assertTrue(drained == size || drained == size - 1, drained + " items of " + size);
        long put = cells.get(PUT);
        long lastTaken = cells.get(TAKEN);
        if (!rest.isEmpty()) {
            for (int i = 1; i < rest.size(); i++) {
                assertEquals(rest.get(i - 1) + 1, rest.get(i), "lost or twice or out of order: " + rest);
            }
            int first = rest.get(0);
            int last = rest.get(rest.size() - 1);
            // Two may have been in the hands of a dead one: a bait's and a victim's.
            assertTrue(first > lastTaken && first <= lastTaken + 3, first + " after " + lastTaken);
            assertTrue(last >= put - 1 && last <= put + 1, last + " of " + put);
        } else {
            assertTrue(lastTaken >= put - 2, put + " were put, the last one taken is " + lastTaken);
        }
        assertEquals(0, queue.size());
        goesOn(queue);
        assertNoParts(queue, 1);
        queue.close();
    }

    /** Once through everything, twice around the ring; and producers and consumers that wait find each other. */
    private void goesOn(ProcessQueue<byte[]> queue) throws Exception {
        for (int i = 0; i < 100; i++) {
            assertTrue(queue.offer(item(i), Duration.ofSeconds(10)));
        }
        for (int i = 0; i < 100; i++) {
            byte[] next = queue.poll(Duration.ofSeconds(10));
            assertNotNull(next);
            assertEquals(i, number(next));
        }
        assertEquals(0, queue.size());
        assertEquals(400, queue.remainingCapacity());
    }

    private void assertNoParts(ProcessQueue<byte[]> queue, int mostExtents) {
        Block block = ((QueueHandle<byte[]>) queue).core.block;
        List<Block> items = heap.parts(block, ObjectType.QUEUE_ITEM.code());
        assertEquals(List.of(), items, "blocks of items that nobody can take");
        assertTrue(heap.parts(block, ObjectType.QUEUE_EXTENT.code()).size() <= mostExtents, "extents are left");
    }

    /** Leases, does, gives back and gives up. */
    private record Jobs(String session, Cells cells) implements ChildTask {
        @Override
        public void run() throws Exception {
            JoinableProcessQueue<byte[]> queue =
                    JoinableProcessQueue.open(Session.attach(Path.of(session)), NAME, OPTIONS);
            for (int round = 0; round < 30; round++) {
                for (int i = 0; i < 20; i++) {
                    int next = (int) cells.get(PUT) + 1;
                    queue.put(item(next));
                    cells.set(PUT, next);
                }
                Lease<byte[]> lease;
                while ((lease = queue.tryLease()) != null) {
                    int number = number(lease.item());
                    if (number % DEADLY == 0) {
                        lease.close();
                    } else {
                        lease.done();
                        cells.set(DONE, Math.max(number, cells.get(DONE)));
                    }
                }
                queue.takeDeadLetters();
            }
        }
    }

    private void assertJobsWhole(JoinableProcessQueue<byte[]> queue) throws Exception {
        Set<Integer> seen = new HashSet<>();
        long done = cells.get(DONE);
        long put = cells.get(PUT);
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!queue.join(Duration.ZERO)) {
            assertTrue(System.nanoTime() < deadline, () -> "work is left that nobody gets: " + queue);
            Lease<byte[]> lease = queue.tryLease(Duration.ofMillis(50));
            if (lease != null) {
                assertTrue(seen.add(number(lease.item())), "twice, and nobody died: " + number(lease.item()));
                lease.done();
            }
        }
        queue.takeDeadLetters().forEach(letter -> seen.add(number(letter.item())));
        for (int number = 1; number <= put; number++) {
            if (number > done + 1 && number % DEADLY != 0) {
                // The one behind the last known to be done may have been done by the dead one without saying so.
                assertTrue(
                        seen.contains(number) || (number == done + 2 && number % DEADLY == 1),
                        number + " of " + put + " is lost; done=" + done + " seen=" + seen);
            }
        }
        for (int number : seen) {
            assertTrue(number > done || number % DEADLY == 0, number + " was done already");
        }
        goesOnWorking(queue);
        assertNoParts(queue, 1);
        queue.close();
    }

    private static void goesOnWorking(JoinableProcessQueue<byte[]> queue) throws Exception {
        for (int i = 0; i < 20; i++) {
            queue.put(item(i));
        }
        for (int i = 0; i < 20; i++) {
            assertEquals(i, number(queue.take()));
            queue.taskDone();
        }
        assertTrue(queue.join(Duration.ofSeconds(10)));
        assertEquals(0, queue.unfinished());
    }

    /** The change is there, and who should have rung is dead. */
    @ParameterizedTest
    @ValueSource(
            strings = {"queue.put", "queue.put-rung", "queue.taken", "queue.take-rung", "queue.ended", "queue.end-rung"
            })
    void killedBeforeItRings_sleepersFindOut(String label) throws Exception {
        ProcessQueue<Integer> queue =
                ProcessQueue.create(session, QueueOptions.<Integer>standard().capacity(1));
        Future<Integer> waits;
        ChildTask work;
        if (label.startsWith("queue.take")) {
            queue.put(1);
            waits = test.thread(() -> {
                queue.put(2);
                return 2;
            });
            work = queue::take;
        } else if (label.startsWith("queue.put")) {
            waits = test.thread(queue::take);
            work = () -> queue.put(2);
        } else {
            waits = test.thread(() -> {
                try {
                    return queue.take();
                } catch (QueueEndedException e) {
                    return 2;
                }
            });
            work = queue::end;
        }
        Thread.sleep(50); // it sleeps, and does not look by itself any more
        ChildProcess victim = test.start("victim", work, "-Dprocession.dieAt=" + label);
        expectKilled(victim, label);
        assertEquals(2, waits.get(10, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue.producer-came", "queue.producer-left", "queue.ended"})
    void producerKilled_queueEnds(String label) throws Exception {
        ProcessQueue<Integer> queue =
                ProcessQueue.create(session, QueueOptions.<Integer>standard().endWhenProducersGone());
        ChildProcess victim = test.start(
                "victim",
                () -> {
                    try (ProcessQueue.Producer<Integer> producer = queue.producer()) {
                        producer.put(1);
                    }
                },
                "-Dprocession.dieAt=" + label);
        int sum = 0;
        try {
            while (true) {
                sum += queue.take();
            }
        } catch (QueueEndedException e) {
            assertEquals(label.equals("queue.producer-came") ? 0 : 1, sum);
        }
        expectKilled(victim, label);
    }

    /** Whoever is first to notice that a consumer died dies of it; nobody is left out for that. */
    @ParameterizedTest
    @ValueSource(strings = {"queue.death-noted", "queue.death-settled"})
    void killedWhileItNotesADeath_thatOneIsNoted(String label) throws Exception {
        String path = session.path().toString();
        ProcessQueue<Integer> queue = ProcessQueue.create(session, "q", QueueOptions.standard());
        queue.put(1);
        queue.put(2);
        queue.close(); // or this process would be first
        Cells shared = cells;
        ChildProcess victim = test.start(
                "victim",
                () -> {
                    ProcessQueue<Integer> its =
                            ProcessQueue.attach(Session.attach(Path.of(path)), "q", Codec.objects());
                    ChildProcess bait = ChildProcess.of(() -> {
                        ProcessQueue.<Integer>attach(Session.attach(Path.of(path)), "q", Codec.objects())
                                .take();
                        shared.set(READY, 1);
                        Thread.sleep(100_000);
                    });
                    bait.start();
                    shared.await(READY, 1);
                    bait.kill();
                    bait.join();
                    while (true) {
                        Thread.sleep(100);
                        its.isEmpty();
                    }
                },
                "-Dprocession.dieAt=" + label);
        expectKilled(victim, label);
        ProcessQueue<Integer> again = ProcessQueue.attach(session, "q", Codec.objects());
        Eventually.holds(
                () -> again.consumerDeaths().size() == 1,
                () -> again.consumerDeaths().toString());
        assertTrue(again.consumerDeaths().get(0).object().startsWith("item 0 of queue \"q\""));
        assertEquals(2, again.poll());
        again.close();
    }

    @ParameterizedTest
    @ValueSource(strings = "part.freed")
    void killedWhileItFreesAQueue_allOfItIsFreed(String label) throws Exception {
        String path = session.path().toString();
        cells.get(READY);
        long before = heap.statistics().usedBytes();
        ChildProcess victim = test.start(
                "victim",
                () -> {
                    ProcessQueue<byte[]> its = ProcessQueue.create(
                            Session.attach(Path.of(path)),
                            QueueOptions.of(Codec.bytes()).ringBytes(1024));
                    for (int i = 0; i < 100; i++) {
                        its.put(item(i));
                    }
                    its.close();
                    Thread.sleep(100_000);
                },
                "-Dprocession.dieAt=" + label);
        expectKilled(victim, label);
        Eventually.holds(
                () -> heap.statistics().usedBytes() <= before,
                () -> before + " bytes were used, and now " + heap.statistics());
    }
}
