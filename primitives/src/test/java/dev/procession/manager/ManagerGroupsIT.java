package dev.procession.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessReentrantLock;
import dev.procession.testing.BriefChildren;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the groups Q, C, E and V ask of queues, conditions, events and values, through a manager and between processes. */
@Timeout(120)
class ManagerGroupsIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static ProcessManager manager;

    private final List<ChildProcess> children = new ArrayList<>();

    @BeforeAll
    static void start() {
        manager = ProcessManager.start();
    }

    @AfterAll
    static void shutdown() {
        manager.close();
    }

    @AfterEach
    void endChildren() throws Exception {
        for (ChildProcess child : children) {
            child.kill();
            assertTrue(child.join(LONG));
        }
    }

    private ChildProcess start(ChildTask task) {
        ChildProcess child = ChildProcess.of(BriefChildren.options().build(), task);
        child.start();
        children.add(child);
        return child;
    }

    private static void joined(ChildProcess child) throws Exception {
        assertTrue(child.join(LONG));
        child.joinOrThrow();
    }

    /** Q03, Q04 */
    @Test
    void queue_betweenProcesses_isInOrderAndEmptyAgain() throws Exception {
        ManagedQueue<Integer> there = manager.queue(6);
        ManagedQueue<Integer> back = manager.queue();
        for (int i = 1; i <= 6; i++) {
            assertTrue(there.offer(i));
        }
        assertEquals(0, there.remainingCapacity());
        joined(start(() -> {
            for (int i = 1; i <= 6; i++) {
                assertEquals(i, there.take());
            }
            for (int i = 2; i <= 5; i++) {
                back.put(i);
            }
        }));
        assertTrue(there.isEmpty());
        assertEquals(6, there.remainingCapacity());
        assertEquals(2, back.take());
        assertEquals(3, back.poll(1, TimeUnit.SECONDS));
        assertEquals(4, back.poll());
        assertEquals(5, back.take());
        assertNull(back.poll());
    }

    /** Q09 */
    @Test
    void queue_workersSayWhatIsDone_joinWaitsForAll() throws Exception {
        ManagedQueue<Integer> jobs = manager.queue();
        ManagedValue<Integer> done = manager.value(0);
        ChildTask worker = () -> {
            for (int job = jobs.take(); job >= 0; job = jobs.take()) {
                Thread.sleep(20);
                done.update(old -> old + 1);
                jobs.taskDone();
            }
        };
        List<ChildProcess> workers = List.of(start(worker), start(worker));
        for (int i = 0; i < 10; i++) {
            jobs.put(i);
        }
        assertTrue(jobs.join(LONG));
        assertEquals(10, done.get());
        jobs.addAll(List.of(-1, -1));
        for (ChildProcess each : workers) {
            joined(each);
        }
    }

    /** C02: they time out by themselves, have the lock again, and leave nothing behind. */
    @Test
    void condition_processesAndThreadsTimeOut_leaveNoSleepers() throws Exception {
        ProcessReentrantLock lock = manager.reentrantLock();
        ProcessCondition condition = lock.newCondition();
        ManagedValue<Integer> timedOut = manager.value(0);
        ChildTask waiter = () -> {
            lock.lock();
            try {
                assertFalse(condition.await(820, TimeUnit.MILLISECONDS));
                assertTrue(lock.isHeldByCurrentThread());
                timedOut.update(old -> old + 1);
            } finally {
                lock.unlock();
            }
        };
        List<ChildProcess> processes = List.of(start(waiter), start(waiter));
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(CompletableFuture.runAsync(() -> {
                try {
                    waiter.run();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }));
        }
        for (ChildProcess process : processes) {
            joined(process);
        }
        for (CompletableFuture<Void> thread : threads) {
            thread.get(30, TimeUnit.SECONDS);
        }
        assertEquals(5, timedOut.get());
        lock.lock();
        assertEquals(0, condition.waiters());
        condition.signalAll();
        lock.unlock();
    }

    /** E03 */
    @Test
    void event_childSetsIt_waiterPasses() throws Exception {
        ProcessEvent event = manager.event();
        event.set();
        event.clear();
        ChildProcess child = start(() -> {
            Thread.sleep(350);
            event.set();
        });
        assertTrue(event.await(LONG));
        assertTrue(event.isSet());
        joined(child);
    }

    /** V01, V12: each type, written by a child; and no update is lost. */
    @Test
    void value_eachType_childsValueIsSeen() throws Exception {
        List<Object> before = List.of(4343, 3.625, (short) -232, 1L << 33, (byte) 'x', 'x', true, "text");
        List<Object> after = List.of(24234, -4.25, (short) 234, 1L << 34, (byte) 'y', 'y', false, "other");
        List<ManagedValue<Object>> values = new ArrayList<>();
        for (Object each : before) {
            values.add(manager.value(each));
        }
        ArrayList<ManagedValue<Object>> theirs = new ArrayList<>(values);
        ManagedValue<Integer> count = manager.value(Integer.MAX_VALUE - 200);
        ChildProcess child = start(() -> {
            for (int i = 0; i < theirs.size(); i++) {
                assertEquals(before.get(i), theirs.get(i).get());
                theirs.get(i).set(after.get(i));
            }
            for (int i = 0; i < 200; i++) {
                count.update(old -> old + 1);
            }
        });
        for (int i = 0; i < 201; i++) {
            count.update(old -> old + 1);
        }
        joined(child);
        for (int i = 0; i < values.size(); i++) {
            assertEquals(after.get(i), values.get(i).get());
        }
        assertEquals(Integer.MIN_VALUE + 200, count.get());
    }

    /** V04, V06, V09, V12 */
    @Test
    void array_childComputesSums_areTheOnesHere() throws Exception {
        List<Integer> numbers = List.of(680, 626, 934, 821, 150, 233, 548, 982, 714, 831);
        ManagedArray<Integer> array = manager.array(numbers);
        assertEquals(10, array.length());
        assertEquals(821, array.get(3));
        assertEquals(numbers.subList(2, 7), array.slice(2, 7));
        array.setSlice(4, List.of(1, 2, 3, 4));
        assertEquals(List.of(821, 1, 2, 3, 4, 714), array.slice(3, 9));
        array.setSlice(4, numbers.subList(4, 8));
        List<Integer> copy = array.copy();
        joined(start(() -> {
            for (int i = 1; i < array.length(); i++) {
                array.set(i, array.get(i - 1) + array.get(i));
            }
        }));
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += numbers.get(i);
            assertEquals(sum, array.get(i));
        }
        assertEquals(numbers, copy, "it does not follow");
        assertThrows(IndexOutOfBoundsException.class, () -> array.get(10));
        assertEquals(List.of(0, 0, 0), manager.array(3, 0).copy());
    }
}
