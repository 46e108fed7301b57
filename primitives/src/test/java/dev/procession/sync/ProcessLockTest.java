package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import dev.procession.OwnerDeath;
import dev.procession.OwnerDiedException;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.testing.Eventually;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.TimelineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks between the threads of one JVM. */
@Timeout(60)
class ProcessLockTest {
    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final ProcessLock lock = ProcessLock.create(session, "l", LockOptions.standard());
    private boolean somebodyDied;

    @AfterEach
    void close() throws Exception {
        if (!somebodyDied) {
            assertEquals(0, session.rescues());
        }
        test.close();
    }

    private static int sleepers(ProcessLock lock) {
        return ((LockHandle) lock).core.robust().localSleepers();
    }

    private static void sleep(ProcessLock lock, int threads) throws InterruptedException {
        Eventually.holds(() -> sleepers(lock) == threads, () -> sleepers(lock) + " sleep, not " + threads);
    }

    private void endsHolding(ProcessLock held) throws InterruptedException {
        somebodyDied = true;
        Thread careless = new Thread(held::lock, "careless");
        careless.start();
        careless.join();
    }

    /** L01 */
    @Test
    void lock_heldBySomebody_nobodyElseGetsIt() throws Exception {
        lock.lock();
        assertTrue(lock.isLocked());
        assertTrue(lock.isHeldByCurrentThread());
        assertFalse(lock.tryLock(), "it is not reentrant");
        assertFalse(lock.tryLock(0, TimeUnit.SECONDS));
        assertFalse(lock.tryLock(Duration.ofMillis(1)));
        assertFalse(test.thread(() -> lock.tryLock()).get());
        assertFalse(test.thread(() -> lock.isHeldByCurrentThread()).get());
        lock.unlock();
        assertFalse(lock.isLocked());
        String message =
                assertThrows(IllegalMonitorStateException.class, lock::unlock).getMessage();
        assertTrue(
                message.matches("lock \"l\" is not held by anybody: thread \\S+ of process \\d+ \\(MainProcess\\)"
                        + " has to take it first"),
                message);
        assertTrue(lock.tryLock());
        lock.unlock();
    }

    /** L03 */
    @Test
    void hold_inTryWithResources_isGivenBack() {
        try (ProcessLock.Held held = lock.hold()) {
            assertTrue(lock.isHeldByCurrentThread());
        }
        assertFalse(lock.isLocked());
        assertThrows(ArithmeticException.class, () -> {
            try (ProcessLock.Held held = lock.hold()) {
                throw new ArithmeticException();
            }
        });
        assertFalse(lock.isLocked());
    }

    /** L07, X03 */
    @Test
    void unlock_byAnotherThread_isRefusedAndNamesTheOwner() throws Exception {
        lock.lock();
        String message = test.thread(() -> assertThrows(IllegalMonitorStateException.class, lock::unlock)
                        .getMessage())
                .get();
        assertTrue(
                message.matches("lock \"l\" is held by thread \\S+ of process \\d+ \\(MainProcess\\), "
                        + "not by thread waiter-1 of process \\d+ \\(MainProcess\\)"),
                message);
        assertTrue(lock.isHeldByCurrentThread());
        assertFalse(test.thread(() -> lock.tryLock()).get());
        lock.unlock();
    }

    @Test
    void tryLock_timeout_isKept() throws Exception {
        lock.lock();
        Future<Long> waited = test.thread(() -> {
            long start = System.nanoTime();
            assertFalse(lock.tryLock(350, TimeUnit.MILLISECONDS));
            return System.nanoTime() - start;
        });
        assertTrue(waited.get() >= 350_000_000L);
        assertTrue(waited.get() < 10_000_000_000L);
        lock.unlock();
        assertEquals("lock \"l\": free", lock.toString());
    }

    @Test
    void lockInterruptibly_interrupted_throwsAndTheNextGetsIt() throws Exception {
        lock.lock();
        Thread[] thread = new Thread[1];
        Future<Boolean> interrupted = test.thread(() -> {
            thread[0] = Thread.currentThread();
            assertThrows(InterruptedException.class, lock::lockInterruptibly);
            return !Thread.interrupted();
        });
        Thread[] patient = new Thread[1];
        Future<Boolean> other = test.thread(() -> {
            patient[0] = Thread.currentThread();
            lock.lock();
            lock.unlock();
            return Thread.interrupted();
        });
        sleep(lock, 2);
        thread[0].interrupt();
        patient[0].interrupt();
        assertTrue(interrupted.get());
        assertFalse(other.isDone());
        lock.unlock();
        assertTrue(other.get(), "lock() keeps the interrupt");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, lock::lockInterruptibly);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> lock.tryLock(1, TimeUnit.SECONDS));
        Thread.currentThread().interrupt();
        assertTrue(lock.tryLock());
        assertTrue(Thread.interrupted());
        lock.unlock();
    }

    /** Timeouts, interrupts and takings at once: the lock never gets lost between them. */
    @Test
    void lock_racingWithTimeoutsAndInterrupts_isNeverLost() throws Exception {
        long[] witness = new long[1];
        Thread[] interruptible = new Thread[3];
        List<Future<Integer>> racers = new ArrayList<>();
        for (int racer = 0; racer < 6; racer++) {
            int number = racer;
            racers.add(test.thread(() -> {
                if (number % 2 == 1) {
                    interruptible[number / 2] = Thread.currentThread();
                }
                int taken = 0;
                for (int round = 0; round < 300; round++) {
                    try {
                        if (number == 0) {
                            lock.lock();
                        } else if (number % 2 == 1) {
                            lock.lockInterruptibly();
                        } else if (!lock.tryLock(round % 7, TimeUnit.MILLISECONDS)) {
                            continue;
                        }
                    } catch (InterruptedException e) {
                        continue;
                    }
                    witness[0]++;
                    LockSupport.parkNanos(round % 50 == 0 ? 3_000_000 : 20_000);
                    taken++;
                    lock.unlock();
                }
                return taken;
            }));
        }
        while (!racers.stream().allMatch(Future::isDone)) {
            for (Thread thread : interruptible) {
                if (thread != null) {
                    thread.interrupt();
                }
            }
            Thread.sleep(1);
        }
        long sum = 0;
        for (Future<Integer> racer : racers) {
            sum += racer.get();
        }
        assertEquals(sum, witness[0]);
        assertFalse(lock.isLocked());
    }

    @Test
    void lock_thousandThreads_oneAtATime() throws Exception {
        long[] witness = new long[1];
        List<Future<Void>> threads = new ArrayList<>();
        lock.lock();
        for (int i = 0; i < 1000; i++) {
            threads.add(test.thread(() -> {
                for (int round = 0; round < 3; round++) {
                    lock.lock();
                    witness[0]++;
                    lock.unlock();
                }
                return null;
            }));
        }
        sleep(lock, 1000);
        lock.unlock();
        for (Future<Void> thread : threads) {
            thread.get();
        }
        assertEquals(3000, witness[0]);
        assertEquals(0, sleepers(lock));
    }

    /** Who has waited for a millisecond is served before newcomers. */
    @Test
    void lock_besideBusyThreads_isNotStarved() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        List<Future<Void>> busy = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            busy.add(test.thread(() -> {
                while (stop.getCount() > 0) {
                    lock.lock();
                    lock.unlock();
                }
                return null;
            }));
        }
        for (int round = 0; round < 50; round++) {
            assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
            Thread.sleep(0, 100_000);
            lock.unlock();
        }
        stop.countDown();
        for (Future<Void> thread : busy) {
            thread.get();
        }
    }

    /** X01 for a thread: it ends, its process lives on. */
    @Test
    void ownerThreadEnded_nextGetsTheLockAndTheFacts() throws Exception {
        endsHolding(lock);
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        OwnerDeath death = lock.ownerDeath().orElseThrow();
        assertEquals("careless", death.threadName());
        assertEquals("lock \"l\"", death.object());
        assertEquals(ProcessHandle.current().pid(), death.pid());
        assertTrue(death.exitCode().isEmpty());
        assertEquals(
                "lock \"l\": thread careless of process " + death.pid() + " (MainProcess) ended holding it",
                death.describe());
        assertTrue(test.thread(lock::ownerDeath).get().isEmpty(), "only the owner is told");
        lock.unlock();
        lock.lock();
        assertTrue(lock.ownerDeath().isEmpty());
        lock.unlock();
    }

    @Test
    void ownerThreadEnded_whileOthersWait_oneGetsTheFacts() throws Exception {
        lock.lock();
        List<Future<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiters.add(test.thread(() -> {
                lock.lock();
                boolean told = lock.ownerDeath().isPresent();
                lock.unlock();
                return told;
            }));
        }
        sleep(lock, 3);
        Thread careless = new Thread(() -> {
            lock.lock();
            // Ends with it.
        });
        careless.start();
        lock.unlock();
        careless.join();
        somebodyDied = true;
        int told = 0;
        for (Future<Boolean> waiter : waiters) {
            told += waiter.get() ? 1 : 0;
        }
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        told += lock.ownerDeath().isPresent() ? 1 : 0;
        lock.unlock();
        assertEquals(1, told);
    }

    @Test
    void onOwnerDeath_isCalledBeforeTheOwnerGoesOn() throws Exception {
        List<OwnerDeath> deaths = new ArrayList<>();
        lock.onOwnerDeath(death -> {
            assertTrue(lock.isHeldByCurrentThread());
            deaths.add(death);
            if (deaths.size() == 1) {
                throw new IllegalStateException("not repaired");
            }
        });
        endsHolding(lock);
        assertEquals(
                "not repaired",
                assertThrows(IllegalStateException.class, lock::lock).getMessage());
        assertFalse(lock.isHeldByCurrentThread());
        lock.lock();
        assertEquals(2, deaths.size(), "the next one is told again");
        lock.unlock();
        lock.lock();
        assertEquals(2, deaths.size());
        lock.unlock();
    }

    @Test
    void strict_ownerThreadEnded_refusesUntilRecovered() throws Exception {
        ProcessLock strict =
                ProcessLock.create(session, "s", LockOptions.standard().strict());
        endsHolding(strict);
        OwnerDiedException refused = assertThrows(OwnerDiedException.class, strict::lock);
        assertTrue(
                refused.getMessage()
                        .matches("lock \"s\": thread careless of process \\d+ \\(MainProcess\\) ended holding it; "
                                + "what it guards may be half-written: look, and call recover\\(...\\)"),
                refused.getMessage());
        assertEquals("careless", refused.death().threadName());
        assertFalse(strict.isHeldByCurrentThread());
        assertFalse(strict.isLocked());
        assertThrows(OwnerDiedException.class, strict::lockInterruptibly);
        assertThrows(OwnerDiedException.class, strict::tryLock);
        assertThrows(OwnerDiedException.class, () -> strict.tryLock(1, TimeUnit.SECONDS));
        assertThrows(OwnerDiedException.class, () -> strict.tryLock(Duration.ofSeconds(1)));
        assertThrows(OwnerDiedException.class, strict::hold);
        assertEquals(
                "cannot",
                assertThrows(
                                IllegalStateException.class,
                                () -> strict.recover(() -> {
                                    throw new IllegalStateException("cannot");
                                }))
                        .getMessage());
        assertThrows(OwnerDiedException.class, strict::lock, "the repair failed");
        strict.recover(() -> {
            assertTrue(strict.isHeldByCurrentThread());
            assertEquals("careless", strict.ownerDeath().orElseThrow().threadName());
        });
        strict.lock();
        assertTrue(strict.ownerDeath().isEmpty());
        strict.recover(() -> {});
        assertTrue(strict.isHeldByCurrentThread(), "recover() of who holds it leaves it held");
        strict.unlock();
    }

    @Test
    void recover_nobodyDied_runsTheRepairAlone() {
        int[] ran = new int[1];
        lock.recover(() -> ran[0]++);
        assertEquals(1, ran[0]);
        assertFalse(lock.isLocked());
    }

    @Test
    void names_followTheRules() {
        assertEquals("l", lock.name());
        ProcessLock.open(session, "l").close();
        ProcessLock.attach(session, "l").close();
        assertThrows(NameInUseException.class, () -> ProcessLock.create(session, "l", LockOptions.standard()));
        assertThrows(ObjectGoneException.class, () -> ProcessLock.attach(session, "none"));
        assertEquals(
                "lock \"l\" is there with other options (strict, detectDeadlocks): attach to it, or open it with its own",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ProcessLock.open(
                                        session, "l", LockOptions.standard().strict()))
                        .getMessage());
        assertEquals(
                "the object \"l\" is a lock, not a reentrant lock",
                assertThrows(IllegalArgumentException.class, () -> ProcessReentrantLock.open(session, "l"))
                        .getMessage());
    }

    /** Closing a handle never unlocks, and who holds the lock can still give it back. */
    @Test
    void close_whileHeld_neverUnlocks() {
        ProcessLock other = ProcessLock.attach(session, "l");
        other.lock();
        other.close();
        assertEquals("lock \"l\" (closed)", other.toString());
        assertEquals(
                "lock \"l\" was closed by this process: open or attach it again",
                assertThrows(IllegalStateException.class, other::lock).getMessage());
        assertThrows(IllegalStateException.class, other::tryLock);
        assertThrows(IllegalStateException.class, other::isLocked);
        assertTrue(lock.isHeldByCurrentThread());
        other.unlock();
        assertFalse(lock.isLocked());
        assertThrows(IllegalMonitorStateException.class, other::unlock);
    }

    @Test
    void session_closed_endsWaits() throws Exception {
        try (TestSession other = new TestSession()) {
            ProcessLock its = ProcessLock.create(other.session());
            its.lock();
            Future<Void> waiter = test.thread(() -> {
                its.lock();
                return null;
            });
            sleep(its, 1);
            other.session().close();
            Exception thrown = assertThrows(Exception.class, waiter::get);
            assertEquals(
                    "the session was closed while this thread waited in it",
                    thrown.getCause().getMessage());
            assertThrows(IllegalStateException.class, its::lock);
        }
    }

    @Test
    void recording_writesDownWhatHappened() throws Exception {
        try (TestSession recorded = new TestSession(SessionOptions.standard().recording(true))) {
            ProcessLock its = ProcessLock.create(recorded.session());
            its.lock();
            assertFalse(its.tryLock());
            assertFalse(its.tryLock(1, TimeUnit.MILLISECONDS));
            its.unlock();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, its::lockInterruptibly);
            assertTrue(its.tryLock(1, TimeUnit.SECONDS));
            its.unlock();
            Thread careless = new Thread(its::lock, "careless");
            careless.start();
            careless.join();
            its.lock();
            its.unlock();
            List<EventKind> kinds = new ArrayList<>();
            for (TimelineEvent event : recorded.session().timeline().events()) {
                if (event.kind() != EventKind.PROCESSOR_TIME) {
                    kinds.add(event.kind());
                }
            }
            assertEquals(
                    List.of(
                            EventKind.ATTACHED,
                            EventKind.ACQUIRED,
                            EventKind.WAIT_BEGIN,
                            EventKind.WAIT_TIMED_OUT,
                            EventKind.RELEASED,
                            EventKind.WAIT_BEGIN,
                            EventKind.WAIT_INTERRUPTED,
                            EventKind.WAIT_BEGIN,
                            EventKind.ACQUIRED,
                            EventKind.RELEASED,
                            EventKind.ACQUIRED,
                            EventKind.WAIT_BEGIN,
                            EventKind.OWNER_DIED,
                            EventKind.ACQUIRED,
                            EventKind.RELEASED),
                    kinds);
        }
    }
}
