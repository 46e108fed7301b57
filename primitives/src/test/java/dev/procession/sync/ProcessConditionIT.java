package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.OwnerDiedException;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import dev.procession.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conditions between real processes, some of which are really killed or stopped. */
@Timeout(120)
class ProcessConditionIT {
    private static final int WOKEN = 0;
    private static final int READY = 1;
    private static final int GO = 2;
    private static final int TOKENS = 3;
    private static final int TOLD = 4;
    private static final int REFUSED = 5;

    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final ProcessLock lock = ProcessLock.create(session, "l", LockOptions.standard());
    private final ProcessCondition condition = lock.newCondition();
    private final Cells cells = Cells.create(session, 8);

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    /** How many threads of all processes wait that were not signalled. */
    private static int waiting(ProcessCondition of) {
        return ((ConditionHandle) of).core().waiters();
    }

    /** How many processes sleep for it, so that nothing but a ring or a recheck wakes them. */
    private static int sleeping(ProcessCondition of) {
        int sum = 0;
        for (long word : ((ConditionHandle) of).core().sleepingSlots()) {
            sum += Long.bitCount(word);
        }
        return sum;
    }

    private void wait(int threads, int processes) throws InterruptedException {
        Eventually.holds(
                () -> waiting(condition) == threads && sleeping(condition) == processes,
                () -> waiting(condition) + " wait, not " + threads + "; " + sleeping(condition)
                        + " processes sleep, not " + processes);
    }

    private static void locked(ProcessLock of, Runnable body) {
        try (ProcessLock.Held held = of.hold()) {
            body.run();
        }
    }

    private ChildProcess waiter(String name, String... options) {
        ProcessLock its = lock;
        ProcessCondition on = condition;
        Cells shared = cells;
        return test.start(
                name,
                () -> {
                    its.lock();
                    on.await();
                    shared.add(its.isHeldByCurrentThread() ? WOKEN : REFUSED, 1);
                    its.unlock();
                },
                options);
    }

    private Future<Boolean> waiter() {
        return test.thread(() -> {
            lock.lock();
            try {
                boolean signalled = condition.await(30, TimeUnit.SECONDS);
                cells.add(WOKEN, 1);
                return signalled;
            } finally {
                lock.unlock();
            }
        });
    }

    private void nothingIsLeft() {
        locked(lock, () -> assertEquals(0, condition.waiters()));
        assertEquals(0, ((ConditionHandle) condition).core().rowsInUse(), "phantom waiters");
    }

    /** C01: one process and one thread */
    @Test
    void signal_processAndThread_wakesExactlyOneEachTime() throws Exception {
        ChildProcess child = waiter("waiter");
        waiter();
        wait(2, 2);
        Thread.sleep(100);
        assertEquals(0, cells.get(WOKEN));
        locked(lock, condition::signal);
        cells.await(WOKEN, 1);
        Thread.sleep(100);
        assertEquals(1, cells.get(WOKEN));
        locked(lock, condition::signal);
        cells.await(WOKEN, 2);
        TestSession.joined(child);
        nothingIsLeft();
        assertEquals(0, session.rescues());
    }

    /** C02, C03: three processes and three threads */
    @Test
    void await_allTimeOut_thenSignalAllWakesAll() throws Exception {
        ProcessLock its = lock;
        ProcessCondition on = condition;
        Cells shared = cells;
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(test.start("waiter", () -> {
                its.lock();
                assertFalse(on.await(820, TimeUnit.MILLISECONDS));
                assertTrue(its.isHeldByCurrentThread());
                its.unlock();
                shared.add(READY, 1);
                shared.await(GO, 1);
                its.lock();
                on.await();
                shared.add(WOKEN, 1);
                its.unlock();
            }));
        }
        List<Future<Boolean>> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(test.thread(() -> {
                lock.lock();
                boolean signalled = condition.await(820, TimeUnit.MILLISECONDS);
                lock.unlock();
                return signalled;
            }));
        }
        for (Future<Boolean> thread : threads) {
            assertFalse(thread.get());
        }
        cells.await(READY, 3);
        nothingIsLeft();
        cells.set(GO, 1);
        threads.clear();
        for (int i = 0; i < 3; i++) {
            threads.add(waiter());
        }
        wait(6, 4);
        Thread.sleep(100);
        assertEquals(0, cells.get(WOKEN));
        long start = System.nanoTime();
        locked(lock, condition::signalAll);
        cells.await(WOKEN, 6);
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        for (ChildProcess child : children) {
            TestSession.joined(child);
        }
        nothingIsLeft();
        assertEquals(0, session.rescues());
    }

    /** C05, C07 with the increments in another process, C08 */
    @Test
    void awaitUntil_stateOfAnotherProcess_isSeen() throws Exception {
        ProcessLock its = lock;
        ProcessCondition on = condition;
        Cells shared = cells;
        ChildProcess child = test.start("incrementer", () -> {
            for (int i = 0; i < 3; i++) {
                Thread.sleep(10);
                locked(its, () -> {
                    shared.setPlain(TOKENS, shared.plain(TOKENS) + 1);
                    on.signal();
                });
            }
            shared.await(GO, 1);
            locked(its, () -> {
                shared.setPlain(TOKENS, 4);
                on.signal();
            });
        });
        lock.lock();
        condition.awaitUntil(() -> cells.plain(TOKENS) == 3);
        long start = System.nanoTime();
        assertFalse(condition.awaitUntil(() -> cells.plain(TOKENS) == 4, 100, TimeUnit.MILLISECONDS));
        assertTrue(System.nanoTime() - start >= 100_000_000);
        assertFalse(condition.await(0, TimeUnit.SECONDS));
        cells.set(GO, 1);
        assertTrue(condition.awaitUntil(() -> cells.plain(TOKENS) == 4, Duration.ofSeconds(30)));
        lock.unlock();
        TestSession.joined(child);
        assertEquals(0, session.rescues());
    }

    /** C11 between processes */
    @Test
    void signal_lockHeldByAnotherProcess_namesIt() throws Exception {
        ProcessLock its = lock;
        Cells shared = cells;
        ChildProcess child = test.start("holder", () -> {
            its.lock();
            shared.set(READY, 1);
            shared.await(GO, 1);
            its.unlock();
        });
        cells.await(READY, 1);
        String message = assertThrows(IllegalMonitorStateException.class, condition::signal)
                .getMessage();
        assertTrue(
                message.matches("lock \"l\" is held by process " + child.pid() + " \\(holder\\), not by thread \\S+ of "
                        + "process \\d+ \\(MainProcess\\)"),
                message);
        cells.set(GO, 1);
        TestSession.joined(child);
    }

    /** X05 */
    @Test
    void signal_aWaiterWasKilled_goesToALivingOne() throws Exception {
        ChildProcess doomed = waiter("doomed");
        wait(1, 1);
        ChildProcess living = waiter("living");
        wait(2, 2);
        doomed.kill();
        doomed.join();
        long start = System.nanoTime();
        locked(lock, condition::signal);
        assertTrue(System.nanoTime() - start < 1_000_000_000L, "signal() was held up by a dead waiter");
        cells.await(WOKEN, 1);
        TestSession.joined(living);
        nothingIsLeft();
    }

    /** X05: signalled first, killed before it can take the lock: another one gets the signal. */
    @Test
    void signal_toOneThatIsKilledThen_isPassedOn() throws Exception {
        ChildProcess doomed = waiter("doomed");
        wait(1, 1);
        ChildProcess living = waiter("living");
        wait(2, 2);
        TestSession.signal(doomed, "STOP");
        locked(lock, condition::signal);
        Thread.sleep(300);
        assertEquals(0, cells.get(WOKEN), "a stopped waiter is alive: its signal is its own");
        doomed.kill();
        cells.await(WOKEN, 1);
        TestSession.joined(living);
        nothingIsLeft();
    }

    /** X05: one signal wakes one, however many of those before it are found dead together. */
    @Test
    void signal_toOneThatIsKilledThenWithItsSuccessor_isPassedOnOnce() throws Exception {
        ChildProcess doomed = waiter("doomed");
        wait(1, 1);
        ChildProcess next = waiter("next");
        wait(2, 2);
        waiter();
        waiter();
        wait(4, 3);
        TestSession.signal(doomed, "STOP");
        locked(lock, condition::signal);
        try (ProcessLock.Held held = lock.hold()) {
            doomed.kill();
            next.kill();
            Eventually.holds(
                    "both deaths are noticed", () -> session.processes().size() == 1);
        }
        cells.await(WOKEN, 1);
        Thread.sleep(100);
        assertEquals(1, cells.get(WOKEN));
        locked(lock, () -> assertEquals(1, condition.waiters()));
        locked(lock, condition::signal);
        cells.await(WOKEN, 2);
        nothingIsLeft();
    }

    /** X05 */
    @Test
    void signalAll_waitersKilled_othersGoOn() throws Exception {
        ChildProcess doomed = waiter("doomed");
        wait(1, 1);
        ChildProcess first = waiter("first");
        Future<Boolean> here = waiter();
        wait(3, 3);
        doomed.kill();
        locked(lock, condition::signalAll);
        assertTrue(here.get());
        TestSession.joined(first);
        doomed.join();
        Eventually.holds("the dead one's row goes when somebody comes", () -> {
            locked(lock, condition::signal);
            return ((ConditionHandle) condition).core().rowsInUse() == 0;
        });
    }

    /** A stopped waiter delays the others by a recheck at most, and gets its signal when it goes on. */
    @Test
    void signalAll_firstWaiterStopped_othersGoOn() throws Exception {
        ChildProcess stopped = waiter("stopped");
        wait(1, 1);
        ChildProcess second = waiter("second");
        wait(2, 2);
        ChildProcess third = waiter("third");
        wait(3, 3);
        Future<Boolean> here = waiter();
        wait(4, 4);
        TestSession.signal(stopped, "STOP");
        long start = System.nanoTime();
        locked(lock, condition::signalAll);
        assertTrue(here.get());
        cells.await(WOKEN, 3);
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        TestSession.joined(second);
        TestSession.joined(third);
        TestSession.signal(stopped, "CONT");
        TestSession.joined(stopped);
        assertEquals(4, cells.get(WOKEN));
        nothingIsLeft();
    }

    /** A process that has the lock and is stopped holds up the waiters, and is not robbed. */
    @Test
    void await_holderStopped_waitsForIt() throws Exception {
        ProcessLock its = lock;
        Cells shared = cells;
        ChildProcess holder = test.start("holder", () -> {
            shared.set(READY, 1);
            shared.await(GO, 1);
            its.lock();
            shared.set(READY, 2);
            shared.await(GO, 2);
            its.unlock();
        });
        cells.await(READY, 1);
        Future<Boolean> here = test.thread(() -> {
            lock.lock();
            boolean signalled = condition.await(2, TimeUnit.SECONDS);
            cells.set(WOKEN, 1);
            lock.unlock();
            return signalled;
        });
        wait(1, 1);
        cells.set(GO, 1);
        cells.await(READY, 2);
        TestSession.signal(holder, "STOP");
        cells.set(GO, 2);
        Thread.sleep(2500);
        assertEquals(0, cells.get(WOKEN), "its time is over, but it has no lock to return with");
        TestSession.signal(holder, "CONT");
        assertFalse(here.get());
        TestSession.joined(holder);
    }

    /** The finding of the model: a producer dies between its change and its signal. */
    @Test
    void ownerKilledBeforeItsSignal_everybodyIsWoken() throws Exception {
        ProcessLock its = lock;
        ProcessCondition on = condition;
        Cells shared = cells;
        List<ChildProcess> consumers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            consumers.add(test.start("consumer", () -> {
                its.lock();
                while (shared.plain(TOKENS) == 0) {
                    on.await();
                }
                shared.setPlain(TOKENS, shared.plain(TOKENS) - 1);
                its.unlock();
            }));
        }
        wait(2, 2);
        ChildProcess first = test.start("first", () -> {
            its.lock();
            shared.setPlain(TOKENS, shared.plain(TOKENS) + 1);
            shared.set(READY, 1);
            Thread.sleep(100_000);
        });
        cells.await(READY, 1);
        Future<Void> second = test.thread(() -> {
            lock.lock();
            cells.setPlain(TOKENS, cells.plain(TOKENS) + 1);
            condition.signal();
            lock.unlock();
            return null;
        });
        first.kill();
        second.get();
        for (ChildProcess consumer : consumers) {
            TestSession.joined(consumer);
        }
        assertEquals(0, cells.get(TOKENS));
        nothingIsLeft();
    }

    /** The owner dies, and all that are left wait for the condition: one of them takes the lock over and says so. */
    @Test
    void ownerKilledWhileAllOthersWait_theyAreWokenAndOneIsTold() throws Exception {
        ProcessLock its = lock;
        ProcessCondition on = condition;
        Cells shared = cells;
        List<ChildProcess> waiters = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiters.add(test.start("waiter", () -> {
                its.lock();
                on.await();
                shared.add(TOLD, its.ownerDeath().isPresent() ? 1 : 0);
                shared.add(WOKEN, 1);
                its.unlock();
            }));
        }
        Future<Boolean> here = test.thread(() -> {
            lock.lock();
            boolean signalled = condition.await(30, TimeUnit.SECONDS);
            cells.add(TOLD, lock.ownerDeath().isPresent() ? 1 : 0);
            cells.add(WOKEN, 1);
            lock.unlock();
            return signalled;
        });
        wait(3, 3);
        ChildProcess owner = test.start("owner", () -> {
            its.lock();
            shared.set(READY, 1);
            Thread.sleep(100_000);
        });
        cells.await(READY, 1);
        owner.kill();
        long start = System.nanoTime();
        cells.await(WOKEN, 3);
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        assertTrue(here.get());
        for (ChildProcess waiter : waiters) {
            TestSession.joined(waiter);
        }
        assertEquals(1, cells.get(TOLD));
        nothingIsLeft();
    }

    /** The same with a strict lock: every waiter is refused, holding the lock. */
    @Test
    void strictOwnerKilledWhileAllOthersWait_allAreRefused() throws Exception {
        ProcessLock strict =
                ProcessLock.create(session, "s", LockOptions.standard().strict());
        ProcessCondition on = strict.newCondition();
        Cells shared = cells;
        List<ChildProcess> waiters = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiters.add(test.start("waiter", () -> {
                strict.lock();
                try {
                    on.await();
                } catch (OwnerDiedException e) {
                    shared.add(strict.isHeldByCurrentThread() ? REFUSED : WOKEN, 1);
                } finally {
                    strict.unlock();
                }
            }));
        }
        Eventually.holds("2 sleep", () -> sleeping(on) == 2);
        ChildProcess owner = test.start("owner", () -> {
            strict.lock();
            Thread.sleep(100_000);
        });
        Eventually.holds("it is held", strict::isLocked);
        owner.kill();
        for (ChildProcess waiter : waiters) {
            TestSession.joined(waiter);
        }
        assertEquals(2, cells.get(REFUSED));
        assertThrows(OwnerDiedException.class, strict::lock);
        strict.recover(() -> {});
        strict.lock();
        strict.unlock();
    }

    /** A handle of the condition brings its lock, and works in a child that has no other handle of it. */
    @Test
    void handle_travelsWithItsLock() throws Exception {
        ProcessCondition on = condition;
        Cells shared = cells;
        ChildProcess child = test.start("child", () -> {
            ProcessLock its = on.lock();
            its.lock();
            shared.set(READY, 1);
            on.awaitUntil(() -> shared.plain(TOKENS) == 1);
            its.unlock();
        });
        cells.await(READY, 1);
        locked(lock, () -> {
            cells.setPlain(TOKENS, 1);
            condition.signal();
        });
        TestSession.joined(child);
        String path = session.path().toString();
        ProcessCondition.create(session, "named", lock);
        ChildProcess stranger = test.start("stranger", () -> {
            try (Session own = Session.attach(Path.of(path))) {
                ProcessLock its = ProcessLock.attach(own, "l");
                ProcessCondition named = ProcessCondition.attach(own, "named", its);
                its.lock();
                named.signalAll();
                its.unlock();
            }
        });
        TestSession.joined(stranger);
        assertEquals(0, session.rescues());
    }

    /** Rows in further chunks, made by one process and used by others, some of which die; the chunks go with the last. */
    @Test
    void manyWaitersInSeveralProcesses_someKilled_othersAllWake() throws Exception {
        ProcessLock its = lock;
        ProcessCondition on = condition;
        Cells shared = cells;
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(test.start("crowd-" + i, () -> {
                List<Thread> threads = new ArrayList<>();
                for (int t = 0; t < 100; t++) {
                    Thread thread = new Thread(() -> {
                        its.lock();
                        on.awaitUninterruptibly();
                        shared.add(WOKEN, 1);
                        its.unlock();
                    });
                    thread.start();
                    threads.add(thread);
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            }));
        }
        wait(300, 3);
        children.get(0).kill();
        children.get(0).join();
        locked(lock, () -> condition.signal(50));
        cells.await(WOKEN, 50);
        locked(lock, condition::signalAll);
        TestSession.joined(children.get(1));
        TestSession.joined(children.get(2));
        assertEquals(200, cells.get(WOKEN));
        nothingIsLeft();
    }

    /** Ping-pong between processes and threads: not one turn is lost, and nobody needed a rescue. */
    @Test
    void pingPong_processesAndThreads_neverStops() throws Exception {
        int rounds = 500;
        int players = 4;
        ProcessLock its = lock;
        ProcessCondition on = condition;
        Cells shared = cells;
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int mine = i;
            children.add(test.start("player-" + i, () -> play(its, on, shared, mine, players, rounds)));
        }
        List<Future<Void>> threads = new ArrayList<>();
        for (int i = 2; i < players; i++) {
            int mine = i;
            threads.add(test.thread(() -> {
                play(lock, condition, cells, mine, players, rounds);
                return null;
            }));
        }
        for (ChildProcess child : children) {
            TestSession.joined(child);
        }
        for (Future<Void> thread : threads) {
            thread.get();
        }
        assertEquals((long) players * rounds, cells.get(TOKENS));
        nothingIsLeft();
        assertEquals(0, session.rescues());
    }

    private static void play(ProcessLock its, ProcessCondition on, Cells shared, int mine, int players, int rounds)
            throws InterruptedException {
        for (int round = 0; round < rounds; round++) {
            its.lock();
            on.awaitUntil(() -> shared.plain(TOKENS) % players == mine);
            shared.setPlain(TOKENS, shared.plain(TOKENS) + 1);
            on.signalAll();
            its.unlock();
        }
    }
}
