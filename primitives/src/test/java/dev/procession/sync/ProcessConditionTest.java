package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import dev.procession.OwnerDiedException;
import dev.procession.internal.participant.ObjectType;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.testing.Eventually;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.TimelineEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conditions between the threads of one JVM. */
@Timeout(60)
class ProcessConditionTest {
    private static final long T1 = 820;

    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final ProcessLock lock = ProcessLock.create(session, "l", LockOptions.standard());
    private final ProcessCondition condition = lock.newCondition();
    private boolean somebodyDied;

    @AfterEach
    void close() throws Exception {
        if (!somebodyDied) {
            assertEquals(0, session.rescues());
        }
        assertEquals(0, condition.toString().endsWith("(closed)") ? 0 : rows(condition), "phantom waiters");
        assertFalse(lock.isLocked(), "the lock is held");
        test.close();
    }

    static int rows(ProcessCondition condition) {
        return ((ConditionHandle) condition).core().rowsInUse();
    }

    static int sleepers(ProcessCondition condition) {
        return ((ConditionHandle) condition).core().localSleepers();
    }

    private <T> Future<T> waiter(Callable<T> body) {
        return test.thread(() -> {
            lock.lock();
            try {
                return body.call();
            } finally {
                lock.unlock();
            }
        });
    }

    private void locked(Runnable body) {
        try (ProcessLock.Held held = lock.hold()) {
            body.run();
        }
    }

    private void sleep(int threads) throws InterruptedException {
        Eventually.holds(() -> sleepers(condition) == threads, () -> sleepers(condition) + " sleep, not " + threads);
    }

    /** C01 */
    @Test
    void signal_wakesExactlyOneEachTime() throws Exception {
        AtomicInteger woken = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            waiter(() -> {
                condition.await();
                return woken.incrementAndGet();
            });
        }
        sleep(3);
        assertEquals(0, woken.get());
        locked(condition::signal);
        Eventually.holds("1 woken", () -> woken.get() == 1);
        sleep(2);
        locked(condition::signal);
        Eventually.holds("2 woken", () -> woken.get() == 2);
        sleep(1);
        Thread.sleep(100);
        assertEquals(2, woken.get());
        locked(condition::signalAll);
        Eventually.holds("3 woken", () -> woken.get() == 3);
    }

    /** C02, C03 */
    @Test
    void await_allTimeOut_thenSignalAllWakesAll() throws Exception {
        List<Future<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waiters.add(waiter(() -> condition.await(T1, TimeUnit.MILLISECONDS) || !lock.isHeldByCurrentThread()));
        }
        for (Future<Boolean> waiter : waiters) {
            assertFalse(waiter.get());
        }
        assertEquals(0, rows(condition));
        AtomicInteger woken = new AtomicInteger();
        waiters.clear();
        for (int i = 0; i < 6; i++) {
            waiters.add(waiter(() -> {
                condition.await();
                woken.incrementAndGet();
                return lock.isHeldByCurrentThread();
            }));
        }
        sleep(6);
        Thread.sleep(100);
        assertEquals(0, woken.get());
        long start = System.nanoTime();
        locked(() -> {
            assertEquals(6, condition.waiters());
            condition.signalAll();
            assertEquals(0, condition.waiters());
        });
        for (Future<Boolean> waiter : waiters) {
            assertTrue(waiter.get());
        }
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        assertEquals(0, rows(condition));
    }

    /** C05 */
    @Test
    void await_notSignalled_falseAndLockHeld() throws Exception {
        lock.lock();
        long start = System.nanoTime();
        assertFalse(condition.await(T1, TimeUnit.MILLISECONDS));
        assertTrue(System.nanoTime() - start >= T1 * 1_000_000);
        assertTrue(lock.isHeldByCurrentThread());
        assertFalse(condition.await(Duration.ofMillis(10)));
        assertTrue(condition.awaitNanos(10_000_000) <= 0);
        assertFalse(condition.awaitUntil(new Date(System.currentTimeMillis() + 50)));
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
    }

    /** C07 */
    @Test
    void awaitUntil_predicateNeverHolds_falseWhenTheTimeIsOver() throws Exception {
        AtomicInteger value = new AtomicInteger();
        Future<Void> increments = test.thread(() -> {
            for (int i = 0; i < 3; i++) {
                Thread.sleep(10);
                locked(() -> {
                    value.incrementAndGet();
                    condition.signal();
                });
            }
            return null;
        });
        lock.lock();
        long start = System.nanoTime();
        assertFalse(condition.awaitUntil(() -> value.get() == 4, 100, TimeUnit.MILLISECONDS));
        assertTrue(System.nanoTime() - start >= 100_000_000);
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
        increments.get();
        lock.lock();
        assertFalse(condition.awaitUntil(() -> value.get() == 4, Duration.ofMillis(1)));
        assertTrue(condition.awaitUntil(() -> value.get() == 3, Duration.ZERO));
        condition.awaitUntil(() -> value.get() == 3);
        assertEquals(
                "asked",
                assertThrows(
                                IllegalStateException.class,
                                () -> condition.awaitUntil(() -> {
                                    throw new IllegalStateException("asked");
                                }))
                        .getMessage());
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
    }

    /** C07: wait for a state that another thread brings about step by step. */
    @Test
    void awaitUntil_predicateComesTrue_returns() throws Exception {
        AtomicInteger value = new AtomicInteger();
        Future<Boolean> waiter =
                waiter(() -> condition.awaitUntil(() -> value.get() == 4, Duration.ofSeconds(30)) && value.get() == 4);
        for (int i = 0; i < 4; i++) {
            Thread.sleep(5);
            locked(() -> {
                value.incrementAndGet();
                condition.signal();
            });
        }
        assertTrue(waiter.get());
    }

    /** C08 */
    @Test
    void await_zeroAndShort_false() throws Exception {
        lock.lock();
        assertFalse(condition.await(0, TimeUnit.SECONDS));
        assertFalse(condition.await(-1, TimeUnit.SECONDS));
        assertFalse(condition.await(100, TimeUnit.MILLISECONDS));
        assertTrue(condition.awaitNanos(-5) <= 0);
        assertFalse(condition.awaitUntil(new Date(0)));
        lock.unlock();
        Future<Boolean> waiter = waiter(() -> condition.await(60, TimeUnit.SECONDS));
        sleep(1);
        locked(condition::signal);
        assertTrue(waiter.get());
    }

    @Test
    void awaitNanos_signalled_tellsWhatIsLeft() throws Exception {
        Future<Long> waiter = waiter(() -> condition.awaitNanos(30_000_000_000L));
        sleep(1);
        locked(condition::signal);
        long left = waiter.get();
        assertTrue(left > 0 && left < 30_000_000_000L, "left=" + left);
        Future<Boolean> dated = waiter(() -> condition.awaitUntil(new Date(System.currentTimeMillis() + 30_000)));
        sleep(1);
        locked(condition::signal);
        assertTrue(dated.get());
    }

    /** C09 */
    @Test
    void await_interrupted_throwsAndHoldsTheLock() throws Exception {
        Thread[] thread = new Thread[1];
        Future<Boolean> waiter = waiter(() -> {
            thread[0] = Thread.currentThread();
            assertThrows(InterruptedException.class, condition::await);
            assertFalse(Thread.currentThread().isInterrupted());
            return lock.isHeldByCurrentThread();
        });
        sleep(1);
        thread[0].interrupt();
        assertTrue(waiter.get());
        assertEquals(0, rows(condition));
        lock.lock();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> condition.await(1, TimeUnit.SECONDS));
        assertTrue(lock.isHeldByCurrentThread());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> condition.awaitUntil(() -> false));
        lock.unlock();
    }

    /** An interrupt while another holds the lock: the waiter must still wait for the lock. */
    @Test
    void await_interruptedWhileTheLockIsHeld_waitsForTheLock() throws Exception {
        Thread[] thread = new Thread[1];
        Future<Boolean> waiter = waiter(() -> {
            thread[0] = Thread.currentThread();
            assertThrows(InterruptedException.class, condition::await);
            return lock.isHeldByCurrentThread();
        });
        sleep(1);
        lock.lock();
        thread[0].interrupt();
        Thread.sleep(50);
        thread[0].interrupt();
        assertFalse(waiter.isDone());
        lock.unlock();
        assertTrue(waiter.get());
    }

    @Test
    void awaitUninterruptibly_interrupted_goesOnAndKeepsIt() throws Exception {
        Thread[] thread = new Thread[1];
        Future<Boolean> waiter = waiter(() -> {
            thread[0] = Thread.currentThread();
            condition.awaitUninterruptibly();
            return Thread.interrupted() && lock.isHeldByCurrentThread();
        });
        sleep(1);
        thread[0].interrupt();
        Thread.sleep(50);
        assertFalse(waiter.isDone());
        locked(condition::signal);
        assertTrue(waiter.get());
    }

    /** A waiter that was signalled and then interrupted returns: its signal is not lost, and neither is the interrupt. */
    @Test
    void await_signalledThenInterrupted_returnsAndKeepsTheInterrupt() throws Exception {
        for (int round = 0; round < 20; round++) {
            Thread[] thread = new Thread[1];
            Future<Boolean> waiter = waiter(() -> {
                thread[0] = Thread.currentThread();
                boolean signalled = condition.await(30, TimeUnit.SECONDS);
                return signalled && Thread.interrupted();
            });
            Eventually.holds("it waits", () -> rows(condition) == 1 && thread[0] != null);
            lock.lock();
            condition.signal();
            thread[0].interrupt();
            lock.unlock();
            assertTrue(waiter.get());
        }
    }

    /** However signals, interrupts and timeouts meet, no signal is lost: as many return as were signalled. */
    @Test
    void signal_racingWithInterruptsAndTimeouts_isNeverLost() throws Exception {
        for (int round = 0; round < 100; round++) {
            List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
            AtomicInteger signalled = new AtomicInteger();
            List<Future<Void>> waiters = new ArrayList<>();
            int patience = round % 3;
            for (int i = 0; i < 3; i++) {
                waiters.add(waiter(() -> {
                    threads.add(Thread.currentThread());
                    try {
                        if (patience == 2
                                ? condition.await(30, TimeUnit.SECONDS)
                                : condition.await(patience * 5 + 1, TimeUnit.MILLISECONDS)) {
                            signalled.incrementAndGet();
                        }
                    } catch (InterruptedException e) {
                        // not signalled, then
                    } finally {
                        Thread.interrupted();
                    }
                    return null;
                }));
            }
            Eventually.holds("they came", () -> threads.size() == 3);
            int[] before = new int[1];
            lock.lock();
            before[0] = condition.waiters();
            threads.get(round % 3).interrupt();
            condition.signal(2);
            int sent = before[0] - condition.waiters();
            lock.unlock();
            threads.get((round + 1) % 3).interrupt();
            if (patience == 2) {
                while (!waiters.stream().allMatch(Future::isDone)) {
                    threads.forEach(Thread::interrupt);
                    Thread.sleep(1);
                }
            }
            for (Future<Void> waiter : waiters) {
                waiter.get();
            }
            assertTrue(signalled.get() <= 2 && sent >= signalled.get(), "sent " + sent + ", got " + signalled.get());
            assertEquals(0, rows(condition));
        }
    }

    /** C11 */
    @Test
    void use_withoutTheLock_namesTheOwner() throws Exception {
        IllegalMonitorStateException free = assertThrows(IllegalMonitorStateException.class, condition::signal);
        assertTrue(free.getMessage().startsWith("lock \"l\" is not held by anybody: thread "), free.getMessage());
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Future<Boolean> holder = waiter(() -> {
            held.countDown();
            return done.await(30, TimeUnit.SECONDS);
        });
        held.await();
        for (org.junit.jupiter.api.function.Executable use : List.<org.junit.jupiter.api.function.Executable>of(
                condition::signal,
                condition::signalAll,
                () -> condition.signal(2),
                condition::waiters,
                condition::await,
                condition::awaitUninterruptibly,
                () -> condition.awaitNanos(1),
                () -> condition.await(Duration.ofSeconds(1)),
                () -> condition.awaitUntil(new Date(0)),
                () -> condition.awaitUntil(() -> true))) {
            String message =
                    assertThrows(IllegalMonitorStateException.class, use).getMessage();
            assertTrue(
                    message.matches("lock \"l\" is held by thread waiter-1 of process \\d+ \\(MainProcess\\), "
                            + "not by thread \\S+ of process \\d+ \\(MainProcess\\)"),
                    message);
        }
        done.countDown();
        assertTrue(holder.get());
        assertEquals(
                "the number of waiters to signal must be >= 0: waiters=-1",
                assertThrows(IllegalArgumentException.class, () -> condition.signal(-1))
                        .getMessage());
    }

    @Test
    void signal_isFirstInFirstOut() throws Exception {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Future<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            waiters.add(waiter(() -> {
                condition.await();
                order.add(number);
                return null;
            }));
            sleep(i + 1);
        }
        locked(() -> condition.signal(2));
        Eventually.holds("2 woken", () -> order.size() == 2);
        locked(condition::signal);
        Eventually.holds("3 woken", () -> order.size() == 3);
        locked(() -> condition.signal(10));
        for (Future<Void> waiter : waiters) {
            waiter.get();
        }
        assertEquals(List.of(0, 1, 2, 3, 4), order);
    }

    /** X50: as with every condition; a predicate is the cure. */
    @Test
    void signal_beforeAwait_isLostUnlessThereIsAPredicate() throws Exception {
        boolean[] ready = new boolean[1];
        locked(() -> {
            ready[0] = true;
            condition.signal();
        });
        lock.lock();
        assertFalse(condition.await(50, TimeUnit.MILLISECONDS));
        condition.awaitUntil(() -> ready[0]);
        lock.unlock();
    }

    @Test
    void twoConditions_ofOneLock_areApart() throws Exception {
        ProcessCondition other = lock.newCondition();
        Future<Boolean> first = waiter(() -> condition.await(30, TimeUnit.SECONDS));
        Future<Boolean> second = waiter(() -> other.await(30, TimeUnit.SECONDS));
        Eventually.holds("both sleep", () -> sleepers(condition) == 1 && sleepers(other) == 1);
        locked(other::signalAll);
        assertTrue(second.get());
        assertFalse(first.isDone());
        locked(() -> {
            other.signal();
            condition.signal();
        });
        assertTrue(first.get());
    }

    @Test
    void reentrantLock_heldThreeTimes_isGivenBackAndRestored() throws Exception {
        ProcessReentrantLock again = ProcessReentrantLock.create(session);
        ProcessCondition turned = ProcessCondition.create(again);
        Future<Integer> waiter = test.thread(() -> {
            again.lock();
            again.lock();
            again.lock();
            turned.await();
            int count = again.getHoldCount();
            again.unlock();
            again.unlock();
            again.unlock();
            return count;
        });
        Eventually.holds("it sleeps", () -> sleepers(turned) == 1);
        assertTrue(again.tryLock());
        again.lock();
        turned.signal();
        again.unlock();
        assertFalse(waiter.isDone());
        again.unlock();
        assertEquals(3, waiter.get());
        assertFalse(again.isLocked());
        assertThrows(IllegalMonitorStateException.class, again::unlock);
    }

    @Test
    void thousandWaiters_signalledOneByOneAndAllAtOnce() throws Exception {
        AtomicInteger woken = new AtomicInteger();
        List<Future<Integer>> waiters = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            waiters.add(waiter(() -> {
                condition.await();
                return woken.incrementAndGet();
            }));
        }
        sleep(1000);
        for (int i = 0; i < 100; i++) {
            locked(condition::signal);
        }
        locked(() -> condition.signal(100));
        Eventually.holds("200 woken", () -> woken.get() == 200);
        sleep(800);
        locked(condition::signalAll);
        for (Future<Integer> waiter : waiters) {
            waiter.get();
        }
        assertEquals(0, rows(condition));
        assertTrue(chunks() > 0);
        condition.close();
        Eventually.holds("no chunk is left", () -> chunks() == 0);
    }

    private int chunks() {
        AtomicInteger count = new AtomicInteger();
        test.participant().heap().forEach(block -> {
            if (block.type() == ObjectType.WAITER_CHUNK.code()) {
                count.incrementAndGet();
            }
        });
        return count.get();
    }

    /** Many waits in the same few rows. */
    @Test
    void rows_areUsedAgain() throws Exception {
        int objects = session.usage().objects();
        lock.lock();
        for (int i = 0; i < 2000; i++) {
            assertFalse(condition.await(0, TimeUnit.SECONDS));
        }
        lock.unlock();
        assertEquals(objects, session.usage().objects());
    }

    @Test
    void pingPong_neverStops() throws Exception {
        int rounds = 3000;
        int[] turn = new int[1];
        List<Future<Void>> players = new ArrayList<>();
        for (int player = 0; player < 3; player++) {
            int mine = player;
            players.add(test.thread(() -> {
                for (int round = 0; round < rounds; round++) {
                    try (ProcessLock.Held held = lock.hold()) {
                        condition.awaitUntil(() -> turn[0] % 3 == mine);
                        turn[0]++;
                        condition.signalAll();
                    }
                }
                return null;
            }));
        }
        for (Future<Void> player : players) {
            player.get();
        }
        assertEquals(3 * rounds, turn[0]);
    }

    @Test
    void names_followTheRules() {
        ProcessCondition named = ProcessCondition.open(session, "c", lock);
        assertEquals("c", named.name());
        assertEquals("condition \"c\" of lock \"l\": 0 threads wait that were not signalled", named.toString());
        ProcessCondition.open(session, "c", lock).close();
        ProcessCondition.attach(session, "c", lock).close();
        assertThrows(NameInUseException.class, () -> ProcessCondition.create(session, "c", lock));
        assertThrows(ObjectGoneException.class, () -> ProcessCondition.attach(session, "none", lock));
        ProcessLock other = ProcessLock.create(session, "other", LockOptions.standard());
        String message = assertThrows(IllegalArgumentException.class, () -> ProcessCondition.open(session, "c", other))
                .getMessage();
        assertTrue(
                message.matches(
                        "condition \"c\" belongs to lock \\d+:\\d+:\\d+, not to lock \"other\" at \\d+:\\d+:\\d+"),
                message);
        named.close();
        named.close();
        assertEquals("condition \"c\" of lock \"l\" (closed)", named.toString());
        assertEquals(
                "condition \"c\" was closed by this process: open or attach it again",
                assertThrows(IllegalStateException.class, named::signal).getMessage());
        assertThrows(IllegalStateException.class, named::await);
    }

    @Test
    void create_lockOfAnotherSession_isRefused() throws Exception {
        try (TestSession elsewhere = new TestSession()) {
            ProcessLock foreign = ProcessLock.create(elsewhere.session(), "f", LockOptions.standard());
            String message = assertThrows(
                            IllegalArgumentException.class, () -> ProcessCondition.create(session, "c", foreign))
                    .getMessage();
            assertEquals(
                    "a condition and its lock are of one session: lock \"f\": free is not of session " + session.path(),
                    message);
            assertThrows(IllegalArgumentException.class, () -> ProcessCondition.open(session, "c", foreign));
            assertThrows(IllegalArgumentException.class, () -> ProcessCondition.attach(session, "c", foreign));
        }
    }

    @Test
    void handle_serialized_bringsItsLock() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProcessReentrantLock again = ProcessReentrantLock.create(session);
        ProcessCondition original = again.newCondition();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        // Held until the copy is there: with the last handle an anonymous object goes, also by the collector.
        try (original;
                ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                ProcessCondition copy = (ProcessCondition) in.readObject()) {
            assertTrue(copy.lock() instanceof ProcessReentrantLock);
            again.lock();
            copy.signal();
            assertTrue(copy.lock().isHeldByCurrentThread());
            again.unlock();
        }
    }

    @Test
    void session_closed_endsWaits() throws Exception {
        try (TestSession other = new TestSession()) {
            ProcessLock its = ProcessLock.create(other.session());
            ProcessCondition closing = its.newCondition();
            Future<Void> waiter = test.thread(() -> {
                its.lock();
                closing.await();
                return null;
            });
            Eventually.holds("it sleeps", () -> sleepers(closing) == 1);
            other.session().close();
            ExecutionException thrown = assertThrows(ExecutionException.class, waiter::get);
            assertEquals(
                    "the session was closed while this thread waited in it",
                    thrown.getCause().getMessage());
        }
    }

    /** A thread that ends while it holds the lock: all who wait are woken, and the first is told. */
    @Test
    void ownerThreadEnds_waitersAreWokenAndTold() throws Exception {
        somebodyDied = true;
        AtomicInteger told = new AtomicInteger();
        List<Future<String>> waiters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiters.add(waiter(() -> {
                condition.await();
                return lock.ownerDeath()
                        .map(death -> {
                            told.incrementAndGet();
                            return death.threadName();
                        })
                        .orElse("");
            }));
        }
        sleep(3);
        Thread careless = new Thread(lock::lock, "careless");
        careless.start();
        careless.join();
        for (Future<String> waiter : waiters) {
            String name = waiter.get();
            assertTrue(name.isEmpty() || name.equals("careless"), name);
        }
        assertEquals(1, told.get());
    }

    /** Strict: every waiter is refused, holds the lock while it is, and gives it back in its finally. */
    @Test
    void strictLock_ownerThreadEnds_everyWaiterIsRefusedHoldingTheLock() throws Exception {
        somebodyDied = true;
        ProcessLock strict =
                ProcessLock.create(session, "s", LockOptions.standard().strict());
        ProcessCondition refused = strict.newCondition();
        List<Future<String>> waiters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiters.add(test.thread(() -> {
                strict.lock();
                try {
                    OwnerDiedException died = assertThrows(OwnerDiedException.class, refused::await);
                    assertTrue(strict.isHeldByCurrentThread());
                    assertEquals(died.death(), strict.ownerDeath().orElseThrow());
                    return died.getMessage();
                } finally {
                    strict.unlock();
                }
            }));
        }
        Eventually.holds("3 sleep", () -> sleepers(refused) == 3);
        Thread careless = new Thread(strict::lock, "careless");
        careless.start();
        for (Future<String> waiter : waiters) {
            String message = waiter.get();
            assertTrue(
                    message.matches("lock \"s\": thread careless of process \\d+ \\(MainProcess\\) ended holding it; "
                            + "what it guards may be half-written: look, and call recover\\(...\\)"),
                    message);
        }
        assertThrows(OwnerDiedException.class, strict::lock);
        assertEquals(0, rows(refused));
        strict.recover(() -> {});
        strict.lock();
        assertFalse(refused.await(1, TimeUnit.MILLISECONDS));
        strict.unlock();
    }

    /** Strict: whoever is refused holds the lock, and may recover it there and then; the others just return. */
    @Test
    void strictLock_refusedWaiterRecovers_othersReturn() throws Exception {
        somebodyDied = true;
        ProcessLock strict = ProcessLock.create(session, LockOptions.standard().strict());
        ProcessCondition refused = strict.newCondition();
        AtomicInteger recovered = new AtomicInteger();
        List<Future<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiters.add(test.thread(() -> {
                strict.lock();
                try {
                    refused.await();
                } catch (OwnerDiedException e) {
                    strict.recover(recovered::incrementAndGet);
                    assertTrue(strict.isHeldByCurrentThread());
                } finally {
                    strict.unlock();
                }
                return null;
            }));
        }
        Eventually.holds("3 sleep", () -> sleepers(refused) == 3);
        Thread careless = new Thread(strict::lock, "careless");
        careless.start();
        for (Future<Void> waiter : waiters) {
            waiter.get();
        }
        assertEquals(1, recovered.get());
        strict.lock();
        strict.unlock();
    }

    /** A listener that throws reaches the waiter, who holds the lock; the next owner is told again. */
    @Test
    void onOwnerDeath_throws_waiterHoldsTheLock() throws Exception {
        somebodyDied = true;
        AtomicInteger calls = new AtomicInteger();
        lock.onOwnerDeath(death -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
        });
        Future<String> waiter = waiter(() -> {
            String message =
                    assertThrows(IllegalStateException.class, condition::await).getMessage();
            assertTrue(lock.isHeldByCurrentThread());
            return message;
        });
        sleep(1);
        Thread careless = new Thread(lock::lock, "careless");
        careless.start();
        assertEquals("not now", waiter.get());
        lock.lock();
        assertEquals(2, calls.get());
        assertEquals("careless", lock.ownerDeath().orElseThrow().threadName());
        lock.unlock();
    }

    @Test
    void recording_writesDownWhatHappened() throws Exception {
        try (TestSession recorded = new TestSession(SessionOptions.standard().recording(true))) {
            ProcessLock its = ProcessLock.create(recorded.session());
            ProcessCondition seen = its.newCondition();
            its.lock();
            assertFalse(seen.await(1, TimeUnit.MILLISECONDS));
            seen.signalAll();
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
                            EventKind.RELEASED,
                            EventKind.ACQUIRED,
                            EventKind.WAIT_TIMED_OUT,
                            EventKind.SIGNALLED,
                            EventKind.RELEASED),
                    kinds);
        }
    }
}
