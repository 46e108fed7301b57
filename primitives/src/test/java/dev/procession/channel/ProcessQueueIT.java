package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.EncodingException;
import dev.procession.OwnerDeath;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.sync.Cells;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.TestSession;
import dev.procession.testing.Eventually;
import dev.procession.testing.Signals;
import dev.procession.timeline.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Group Q and X12 to X22 between processes. */
@Timeout(90)
@DisabledOnOs(OS.WINDOWS)
class ProcessQueueIT {
    private static final String BLOCKING = "-Dprocession.wait=blocking";
    private static final Duration LONG = Duration.ofSeconds(20);

    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final Cells cells = Cells.create(session, 8);

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    @Test // Q03, Q04, Q07, Q13, X15, and codecs and handles that travel
    void child_takesAndPuts_everythingIsThereAtOnce() throws Exception {
        ProcessQueue<Integer> there =
                ProcessQueue.create(session, QueueOptions.<Integer>standard().capacity(6));
        ProcessQueue<Object> back = ProcessQueue.create(session);
        ProcessQueue<String> texts = ProcessQueue.create(session, QueueOptions.of(Codec.strings()));
        for (int i = 0; i < 6; i++) {
            there.put(i);
        }
        Cells shared = cells;
        ChildProcess child = test.start("child", () -> {
            back.put(back.isEmpty());
            back.put(back.isEmpty());
            for (int i = 0; i < 6; i++) {
                if (there.take() != i) {
                    throw new IllegalStateException("not " + i);
                }
            }
            shared.set(0, 1);
            try {
                back.put(List.of(new Object()));
            } catch (EncodingException e) {
                back.put(e.getMessage());
            }
            back.put(texts);
            texts.put("\u0442\u0435\u043a\u0441\u0442");
            shared.await(0, 2); // until its handle has arrived
        });
        cells.await(0, 1);
        assertTrue(there.isEmpty());
        assertEquals(6, there.remainingCapacity());
        assertEquals(true, back.take());
        assertEquals(false, back.take());
        String refused = (String) back.poll(LONG);
        assertTrue(refused != null && refused.contains("java.lang.Object is not serializable"), refused);
        ProcessQueue<?> arrived = (ProcessQueue<?>) back.take();
        assertEquals("\u0442\u0435\u043a\u0441\u0442", arrived.take());
        cells.set(0, 2);
        TestSession.joined(child);
        assertTrue(back.isEmpty());
    }

    @Test
    void toString_processStoppedInAPut_saysWhoOthersWaitFor() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        queue.put(0);
        ChildProcess child = test.start("standstill", () -> queue.put(1), "-Dprocession.dieAt=queue.written/STOP");
        String expected = "process " + child.pid() + " (standstill) stands still in a put for ";
        Eventually.holds(() -> queue.toString().contains(expected), queue::toString);
        assertFalse(queue.offer(2, 300, TimeUnit.MILLISECONDS), "it waits for that process, and no longer than asked");
        assertFalse(queue.offer(2), "whoever does not wait is not held up by a process that stands still");
        assertEquals(0, queue.take());
        child.kill();
        child.join();
        assertTrue(queue.offer(3, 20, TimeUnit.SECONDS));
        assertEquals(3, queue.take());
        assertFalse(queue.toString().contains("stands still"), queue.toString());
    }

    /** As one that a busy machine keeps from a processor: to say that the queue is full or empty would be wrong. */
    @Test
    void offer_anotherProcessIsLongInAPut_waitsForIt() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        ChildProcess child = test.start("slow", () -> queue.put(1), "-Dprocession.dieAt=queue.written/STOP");
        Eventually.holds(() -> queue.toString().contains("stands still in a put"), queue::toString);
        Signals.goOn(child.pid()); // it shows itself again, but the thread is still in its put
        Eventually.holds(() -> !queue.toString().contains("stands still in a put"), queue::toString);
        FutureTask<Boolean> offer = new FutureTask<>(() -> queue.offer(2));
        Thread thread = new Thread(offer);
        thread.start();
        assertThrows(TimeoutException.class, () -> offer.get(500, TimeUnit.MILLISECONDS));
        child.kill();
        child.join();
        assertTrue(offer.get(20, TimeUnit.SECONDS));
        assertEquals(2, queue.poll());
    }

    @Test // P37
    void child_passesTheQueueToItsChild_bothItemsArrive() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        ChildProcess child = test.start("child", () -> {
            ChildProcess grandchild = ChildProcess.of(() -> queue.put(2));
            grandchild.start();
            queue.put(1);
            grandchild.joinOrThrow();
        });
        assertEquals(3, queue.poll(LONG) + queue.poll(LONG));
        TestSession.joined(child);
        assertTrue(queue.isEmpty());
    }

    @Test // X12
    void emptyAfterPut_isFalse_in300Of300() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        ProcessQueue<Integer> answers = ProcessQueue.create(session);
        ChildProcess child = test.start("child", () -> {
            for (int i = 0; i < 300; i++) {
                answers.put(i);
                queue.take();
            }
        });
        for (int i = 0; i < 300; i++) {
            assertEquals(i, answers.take());
            assertTrue(answers.isEmpty());
            queue.put(i);
        }
        TestSession.joined(child);
        assertEquals(0, queue.size());
    }

    @Test // X16, X17, X18: a producer that ends, or is killed, right after its put; undrained data hold up no join
    void producerGoneRightAfterPut_itemsAreThere() throws Exception {
        ProcessQueue<byte[]> queue =
                ProcessQueue.create(session, QueueOptions.of(Codec.bytes()).capacity(10));
        for (int round = 0; round < 3; round++) {
            boolean halts = round < 2;
            ChildProcess child = test.start("producer", () -> {
                for (int i = 0; i < 3; i++) {
                    queue.put(new byte[i << 19]);
                }
                if (halts) {
                    Runtime.getRuntime().halt(0);
                }
            });
            assertTrue(child.join(LONG));
            assertEquals(3, queue.size());
            assertEquals(7, queue.remainingCapacity());
            for (int i = 0; i < 3; i++) {
                byte[] item = queue.poll();
                assertEquals(i << 19, item == null ? -1 : item.length);
            }
            assertTrue(queue.isEmpty());
        }
        for (int i = 0; i < 10; i++) {
            assertTrue(queue.offer(new byte[1]));
        }
        assertFalse(queue.offer(new byte[1]));
    }

    @Test // X19
    void consumersKilledWhileTheyWait_harmNobody() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        List<ChildProcess> idle = new ArrayList<>();
        Cells shared = cells;
        for (int i = 0; i < 3; i++) {
            idle.add(test.start(
                    "idle",
                    () -> {
                        shared.add(0, 1);
                        queue.take();
                    },
                    BLOCKING));
        }
        cells.await(0, 3);
        Thread.sleep(100);
        for (ChildProcess child : idle) {
            child.kill();
            child.join();
        }
        queue.put(1);
        assertEquals(1, queue.poll());
        Future<Integer> waits = test.thread(queue::take);
        queue.put(2);
        assertEquals(2, waits.get(10, TimeUnit.SECONDS));
        assertTrue(queue.consumerDeaths().isEmpty(), "they took nothing: " + queue.consumerDeaths());
    }

    @Test
    void consumerKilledAfterTake_isReported_oneThatEndsIsNot() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        for (int i = 0; i < 5; i++) {
            queue.put(i);
        }
        Cells shared = cells;
        ChildProcess ends = test.start("ends", queue::take);
        TestSession.joined(ends);
        ChildProcess dies = test.start("dies", () -> {
            queue.take();
            queue.take();
            shared.set(0, 1);
            Thread.sleep(100_000);
        });
        cells.await(0, 1);
        dies.kill();
        dies.join();
        Eventually.holds(
                () -> queue.consumerDeaths().size() == 1,
                () -> queue.consumerDeaths().toString());
        OwnerDeath death = queue.consumerDeaths().get(0);
        assertEquals(dies.pid(), death.pid());
        assertEquals("dies", death.processName());
        assertTrue(death.object().startsWith("items 1 and 2 of queue "), death.object());
        assertTrue(death.object().endsWith(", the last 2 of 2 that it took"), death.object());
        assertEquals(-9, death.exitCode().orElseThrow());
        assertEquals(3, queue.take());
    }

    @Test
    void consumerKilledAfterDrain_itsLastItemsAreNamed() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(session);
        for (int i = 0; i < 20; i++) {
            queue.put(i);
        }
        assertEquals(0, queue.take());
        Cells shared = cells;
        ChildProcess dies = test.start("dies", () -> {
            List<Integer> mine = new ArrayList<>();
            shared.set(0, queue.drainTo(mine, 15));
            Thread.sleep(100_000);
        });
        cells.await(0, 15);
        dies.kill();
        dies.join();
        Eventually.holds(
                () -> queue.consumerDeaths().size() == 1,
                () -> queue.consumerDeaths().toString());
        String object = queue.consumerDeaths().get(0).object();
        assertTrue(object.startsWith("items 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 and 15 of queue "), object);
        assertTrue(object.endsWith(", the last 12 of 15 that it took"), object);
        assertEquals(16, queue.take());
    }

    @Test
    void consumerKilledWithLeases_allOfThemAreNamed_andNoneThatWasDone() throws Exception {
        JoinableProcessQueue<Integer> queue = JoinableProcessQueue.create(session);
        for (int i = 0; i < 16; i++) {
            queue.put(i);
        }
        Cells shared = cells;
        ChildProcess done = test.start("done", () -> {
            queue.lease().done();
            shared.add(0, 1);
            Thread.sleep(100_000);
        });
        cells.await(0, 1);
        ChildProcess dies = test.start("dies", () -> {
            queue.take();
            queue.taskDone();
            for (int i = 0; i < 14; i++) {
                queue.take();
            }
            shared.add(0, 1);
            Thread.sleep(100_000);
        });
        cells.await(0, 2);
        done.kill();
        done.join();
        dies.kill();
        dies.join();
        Eventually.holds(
                () -> queue.consumerDeaths().size() == 1,
                () -> queue.consumerDeaths().toString());
        OwnerDeath death = queue.consumerDeaths().get(0);
        assertEquals(dies.pid(), death.pid());
        assertTrue(
                death.object().startsWith("items 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 2 more of "),
                death.object());
        assertTrue(death.object().endsWith(", which it had leased"), death.object());
        assertEquals(2, queue.take());
    }

    @Test // X21
    void producersKilledOrDone_queueEnds() throws Exception {
        ProcessQueue<Integer> queue =
                ProcessQueue.create(session, QueueOptions.<Integer>standard().endWhenProducersGone());
        Cells shared = cells;
        ProcessQueue.Producer<Integer> first = queue.producer();
        ProcessQueue.Producer<Integer> second = queue.producer();
        ChildProcess killed = test.start("killed", () -> {
            first.put(1);
            shared.add(0, 1);
            Thread.sleep(100_000);
        });
        ChildProcess done = test.start("done", () -> {
            second.put(2);
            shared.add(0, 1);
            shared.await(0, 3);
            second.close();
        });
        first.close();
        second.close();
        cells.await(0, 2);
        assertEquals(3, queue.take() + queue.take());
        Future<?> waits = test.thread(() -> {
            assertThrows(QueueEndedException.class, queue::take);
            return null;
        });
        killed.kill();
        Thread.sleep(300);
        assertFalse(queue.isEnded(), "one of them lives");
        cells.add(0, 1);
        waits.get(20, TimeUnit.SECONDS);
        TestSession.joined(done);
    }

    @Test // a producer that is stopped, not dead, in the midst of anything: others go on as soon as it does, or it is
    // not inside
    void producerStopped_othersGoOn() throws Exception {
        ProcessQueue<Integer> queue =
                ProcessQueue.create(session, QueueOptions.<Integer>standard().capacity(100));
        ChildProcess busy = test.start("busy", () -> {
            while (true) {
                queue.put(1);
            }
        });
        for (int i = 0; i < 100; i++) {
            assertEquals(1, queue.take());
        }
        TestSession.signal(busy, "STOP");
        int got = 0;
        long start = System.nanoTime();
        // Consumers use another lock than producers: whatever it was stopped in, what it had put can be taken.
        while (queue.poll() != null) {
            got++;
        }
        assertTrue(got <= 101);
        assertNull(queue.poll(Duration.ofMillis(20)));
        queue.offer(2, Duration.ofMillis(300)); // true unless it was stopped in a put; it returns in any case
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        TestSession.signal(busy, "CONT");
        assertTrue(queue.poll(LONG) != null);
        busy.kill();
        busy.join();
        assertTrue(queue.offer(3, LONG) || queue.size() == 100);
    }

    @Test // Q09, redelivery
    void joinable_workerKilled_itsItemIsDoneByAnother() throws Exception {
        JoinableProcessQueue<Integer> queue = JoinableProcessQueue.create(session);
        ProcessLock printing = ProcessLock.create(session); // handles beside it
        Cells shared = cells;
        for (int i = 1; i <= 10; i++) {
            queue.put(i);
        }
        ChildProcess dies = test.start("dies", () -> {
            queue.take();
            shared.set(0, 1);
            Thread.sleep(100_000);
        });
        cells.await(0, 1);
        List<ChildProcess> workers = new ArrayList<>();
        for (int w = 0; w < 3; w++) {
            workers.add(test.start("worker", () -> {
                try {
                    while (true) {
                        try (Lease<Integer> lease = queue.lease()) {
                            shared.add(1, lease.item());
                            shared.add(2, lease.attempt() - 1);
                            try (ProcessLock.Held held = printing.hold()) {
                                lease.done();
                            }
                        }
                    }
                } catch (QueueEndedException e) {
                    // the good end
                }
            }));
        }
        assertFalse(queue.join(Duration.ofMillis(500)), "one item is in work");
        dies.kill();
        assertTrue(queue.join(LONG), queue::toString);
        assertEquals(55, cells.get(1));
        assertEquals(1, cells.get(2));
        queue.end();
        for (ChildProcess worker : workers) {
            TestSession.joined(worker);
        }
    }

    @Test
    void joinable_poisonKillsItsConsumers_becomesADeadLetter() throws Exception {
        JoinableProcessQueue<String> queue = JoinableProcessQueue.create(session);
        queue.put("poison");
        queue.put("good");
        for (int attempt = 1; attempt <= 3; attempt++) {
            ChildProcess victim = test.start("victim", () -> {
                Lease<String> lease = queue.lease();
                if (!lease.item().equals("poison")) {
                    throw new IllegalStateException("not the poison, but " + lease);
                }
                Runtime.getRuntime().halt(9);
            });
            assertTrue(victim.join(LONG));
            assertEquals(9, victim.exitCode().orElseThrow());
            int before = attempt;
            Eventually.holds(
                    () -> attemptsOver(queue) >= before, () -> "attempt " + before + " is not settled: " + queue);
        }
        assertEquals("good", queue.take());
        queue.taskDone();
        assertTrue(queue.join(LONG));
        DeadLetter<String> letter = queue.deadLetters().get(0);
        assertEquals("poison", letter.item());
        assertEquals(3, letter.attempts());
        assertEquals(9, letter.lastDeath().orElseThrow().exitCode().orElseThrow());
    }

    /** How many attempts are known to have failed. */
    private static int attemptsOver(JoinableProcessQueue<String> queue) {
        if (!queue.deadLetters().isEmpty()) {
            return 3;
        }
        return ((QueueHandle<String>) queue).core.failedAttempts();
    }

    @Test
    void manyProcesses_everyItemOnce_eachProducersInOrder() throws Exception {
        ProcessQueue<Long> queue = ProcessQueue.create(
                session, QueueOptions.of(Codec.longs()).capacity(50).ringBytes(1024));
        ProcessQueue<long[]> results = ProcessQueue.create(session);
        int each = 3_000;
        List<ChildProcess> producers = new ArrayList<>();
        for (int p = 0; p < 2; p++) {
            long producer = p;
            producers.add(test.start("producer", () -> {
                for (long i = 0; i < each; i++) {
                    queue.put(producer << 32 | i);
                }
            }));
            test.start("consumer", () -> {
                List<Long> mine = new ArrayList<>();
                try {
                    while (true) {
                        mine.add(queue.take());
                    }
                } catch (QueueEndedException e) {
                    results.put(mine.stream().mapToLong(Long::longValue).toArray());
                }
            });
        }
        for (ChildProcess producer : producers) {
            TestSession.joined(producer);
        }
        queue.end();
        Set<Long> all = new HashSet<>();
        for (int c = 0; c < 2; c++) {
            long[] last = {-1, -1};
            for (long item : results.take()) {
                assertTrue((int) item > last[(int) (item >> 32)], "out of order");
                last[(int) (item >> 32)] = (int) item;
                assertTrue(all.add(item), "twice: " + item);
            }
        }
        assertEquals(2 * each, all.size());
    }

    @Test
    void recording_putsAndTakes_areEvents() throws Exception {
        try (Session recorded = Session.create(SessionOptions.standard().recording(true))) {
            ProcessQueue<Integer> queue = ProcessQueue.create(recorded);
            queue.put(7);
            ChildProcess child = test.start("child", queue::take);
            TestSession.joined(child);
            List<EventKind> kinds = recorded.timeline().events().stream()
                    .map(event -> event.kind())
                    .filter(kind -> kind.name().startsWith("QUEUE"))
                    .toList();
            assertEquals(
                    List.of(EventKind.QUEUE_PUT, EventKind.QUEUE_SIZE, EventKind.QUEUE_TAKEN, EventKind.QUEUE_SIZE),
                    kinds);
            queue.close();
        }
    }
}
