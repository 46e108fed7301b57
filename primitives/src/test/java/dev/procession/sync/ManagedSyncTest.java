package dev.procession.sync;

import static dev.procession.sync.SemaphoreCases.assertMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.manager.ManagerOptions;
import dev.procession.manager.ProcessManager;
import dev.procession.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The groups L, S, C, E and B again, through a manager: the interfaces are the same, and so is what they do. */
@Timeout(120)
class ManagedSyncTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ProcessManager served;
    private ProcessManager manager;

    @BeforeEach
    void connect() throws Exception {
        served = ProcessManager.serve(ManagerOptions.standard());
        manager = ProcessManager.connect(served.address(), ManagerOptions.standard());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        manager.close();
        served.close();
    }

    private <T> Future<T> thread(Callable<T> body) {
        return threads.submit(body);
    }

    /** L01, L03, L07, X03 */
    @Test
    void lock_heldBySomebody_nobodyElseGetsIt() throws Exception {
        ProcessLock lock = manager.lock();
        lock.lock();
        assertTrue(lock.isLocked() && lock.isHeldByCurrentThread());
        assertFalse(lock.tryLock(), "it is not reentrant");
        assertFalse(lock.tryLock(Duration.ofMillis(1)));
        assertFalse(thread(() -> lock.tryLock()).get());
        assertFalse(thread(lock::isHeldByCurrentThread).get());
        String message = thread(() -> assertThrows(IllegalMonitorStateException.class, lock::unlock)
                        .getMessage())
                .get();
        assertTrue(message.contains(" is held by thread ") && message.contains(", not by thread "), message);
        assertTrue(lock.isHeldByCurrentThread());
        long start = System.nanoTime();
        assertFalse(thread(() -> lock.tryLock(350, TimeUnit.MILLISECONDS)).get());
        assertMillis(350, 3500, start);
        lock.unlock();
        assertFalse(lock.isLocked());
        String free =
                assertThrows(IllegalMonitorStateException.class, lock::unlock).getMessage();
        assertTrue(free.contains(" is not held by anybody"), free);
        try (ProcessLock.Held held = lock.hold()) {
            assertTrue(lock.isHeldByCurrentThread());
        }
        assertTrue(lock.toString().endsWith(": free"), lock.toString());
        lock.close();
        assertThrows(IllegalStateException.class, lock::lock);
        assertTrue(lock.toString().endsWith("(closed)"), lock.toString());
    }

    /** L02, L06 */
    @Test
    void reentrantLock_isTakenAndGivenBackAsOften() throws Exception {
        ProcessReentrantLock lock = manager.reentrantLock();
        for (int i = 1; i <= 3; i++) {
            lock.lock();
            assertEquals(i, lock.getHoldCount());
        }
        assertThrows(IllegalMonitorStateException.class, () -> {
            try {
                thread(() -> {
                            lock.unlock();
                            return null;
                        })
                        .get();
            } catch (java.util.concurrent.ExecutionException e) {
                throw e.getCause();
            }
        });
        for (int i = 0; i < 3; i++) {
            assertFalse(thread(() -> lock.tryLock()).get());
            lock.unlock();
        }
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
        assertTrue(thread(() -> {
                    boolean got = lock.tryLock();
                    lock.unlock();
                    return got;
                })
                .get());
    }

    @Test
    void lockInterruptibly_interrupted_throwsAndTheNextGetsIt() throws Exception {
        ProcessLock lock = manager.lock();
        lock.lock();
        Thread[] waiting = new Thread[2];
        Future<Boolean> interruptible = thread(() -> {
            waiting[0] = Thread.currentThread();
            assertThrows(InterruptedException.class, lock::lockInterruptibly);
            return !Thread.interrupted();
        });
        Future<Boolean> patient = thread(() -> {
            waiting[1] = Thread.currentThread();
            lock.lock();
            lock.unlock();
            return Thread.interrupted();
        });
        Eventually.holds("both wait", () -> lock.toString().endsWith(", 2 wait"));
        waiting[0].interrupt();
        waiting[1].interrupt();
        assertTrue(interruptible.get());
        assertFalse(patient.isDone());
        lock.unlock();
        assertTrue(patient.get(), "lock() keeps the interrupt");
    }

    /** S01, S03, S04, S06 */
    @Test
    void semaphores_countAndWait() throws Exception {
        SemaphoreCases.acquireAndRelease(manager.semaphore(2, SemaphoreOptions.counting()));
        SemaphoreCases.acquireAndRelease(manager.semaphore(2, SemaphoreOptions.leased()));
        SemaphoreCases.bound(manager.semaphore(2, SemaphoreOptions.counting().bounded()));
        SemaphoreCases.bound(manager.semaphore(2, SemaphoreOptions.leased().bounded()));
        SemaphoreCases.timeouts(manager.semaphore(0, SemaphoreOptions.counting()));
        assertThrows(IllegalArgumentException.class, () -> manager.semaphore(-1, SemaphoreOptions.counting()));
        ProcessSemaphore leased = manager.semaphore(3, SemaphoreOptions.leased());
        assertEquals(3, leased.drainPermits());
        try (ProcessSemaphore.Held held = released(leased).hold()) {
            assertEquals(0, leased.availablePermits());
        }
        assertEquals(1, leased.availablePermits());
        assertTrue(leased.isLeased() && leased.ownerDeaths().isEmpty());
    }

    private static ProcessSemaphore released(ProcessSemaphore semaphore) {
        semaphore.release();
        return semaphore;
    }

    /** C01, C03, C05, C07, C08, C09, C11 */
    @Test
    void condition_signalsAndTimeouts() throws Exception {
        ProcessCondition condition = manager.condition();
        ProcessLock lock = condition.lock();
        assertThrows(IllegalMonitorStateException.class, condition::signal);
        assertThrows(IllegalMonitorStateException.class, condition::await);
        assertThrows(IllegalMonitorStateException.class, () -> condition.awaitUntil(() -> true));
        List<Future<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiters.add(thread(() -> {
                try (ProcessLock.Held held = lock.hold()) {
                    boolean signalled = condition.await(Duration.ofSeconds(30));
                    return signalled && lock.isHeldByCurrentThread();
                }
            }));
        }
        Eventually.holds("4 wait", () -> {
            try (ProcessLock.Held held = lock.hold()) {
                return condition.waiters() == 4;
            }
        });
        lock.lock();
        condition.signal();
        assertEquals(3, condition.waiters());
        condition.signal(2);
        assertEquals(1, condition.waiters());
        condition.signalAll();
        assertEquals(0, condition.waiters());
        long start = System.nanoTime();
        assertFalse(condition.await(350, TimeUnit.MILLISECONDS));
        assertMillis(350, 3500, start);
        assertTrue(lock.isHeldByCurrentThread());
        assertFalse(condition.await(0, TimeUnit.SECONDS));
        assertFalse(condition.awaitUntil(() -> false, Duration.ofMillis(100)));
        assertTrue(condition.awaitUntil(() -> true, Duration.ZERO));
        assertTrue(condition.awaitNanos(1000) <= 0);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, condition::await);
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
        for (Future<Boolean> waiter : waiters) {
            assertTrue(waiter.get(30, TimeUnit.SECONDS));
        }
        Thread[] sleeper = new Thread[1];
        Future<Boolean> interrupted = thread(() -> {
            sleeper[0] = Thread.currentThread();
            lock.lock();
            try {
                assertThrows(InterruptedException.class, condition::await);
                return lock.isHeldByCurrentThread();
            } finally {
                lock.unlock();
            }
        });
        Eventually.holds("it waits", () -> {
            try (ProcessLock.Held held = lock.hold()) {
                return condition.waiters() == 1;
            }
        });
        sleeper[0].interrupt();
        assertTrue(interrupted.get(30, TimeUnit.SECONDS));
    }

    /** E01, E02, E04, E06, E07 */
    @Test
    void event_setClearAndPulse() throws Exception {
        ProcessEvent event = manager.event("e");
        assertFalse(event.isSet());
        long start = System.nanoTime();
        assertFalse(event.await(0, TimeUnit.SECONDS));
        assertFalse(event.await(Duration.ofSeconds(-1)));
        assertMillis(0, 1000, start);
        start = System.nanoTime();
        assertFalse(event.await(350, TimeUnit.MILLISECONDS));
        assertMillis(350, 3500, start);
        assertEquals("event \"e\": unset", event.toString());
        event.set();
        assertEquals("event \"e\": set", event.toString());
        event.await();
        event.awaitUninterruptibly();
        assertTrue(event.await(Duration.ZERO));
        event.clear();
        int passed = 0;
        for (int round = 0; round < 10; round++) {
            List<Future<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiters.add(thread(() -> event.await(Duration.ofSeconds(20))));
            }
            Thread.sleep(40); // who has not begun to wait by then fails the test, and nothing else
            event.set();
            event.clear();
            for (Future<Boolean> waiter : waiters) {
                try {
                    passed += waiter.get(100, TimeUnit.MILLISECONDS) ? 1 : 0;
                } catch (TimeoutException e) {
                    event.set();
                    event.clear();
                    passed += waiter.get() ? 1 : 0;
                }
            }
        }
        assertEquals(30, passed);
        assertFalse(event.isSet());
    }

    /** B01 to B09 */
    @Test
    void barrier_cases() throws Exception {
        BarrierCases cases = new BarrierCases(
                how -> manager.barrier(null, BarrierCases.PARTIES, how),
                () -> manager.semaphore(0, SemaphoreOptions.counting()));
        List<Future<Void>> parties = new ArrayList<>();
        for (int i = 0; i < BarrierCases.PARTIES; i++) {
            parties.add(thread(() -> {
                cases.run();
                return null;
            }));
        }
        for (Future<Void> party : parties) {
            party.get(60, TimeUnit.SECONDS);
        }
    }

    /** B10, B13 */
    @Test
    void barrier_ofOne_andOfNone() throws Exception {
        ProcessBarrier barrier = manager.barrier(1);
        assertEquals(0, barrier.await());
        assertEquals(0, barrier.await());
        assertThrows(IllegalArgumentException.class, () -> manager.barrier(0));
        ProcessBarrier two = manager.barrier(2);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, two::await);
        assertTrue(two.isBroken());
        two.reset();
        ProcessBarrier.Registration here = two.register();
        two.register();
        assertThrows(IllegalStateException.class, two::register);
        here.close();
        here.close();
        assertFalse(two.isBroken());
    }
}
