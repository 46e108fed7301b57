package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.memory.FaultLabels;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import dev.procession.testing.Eventually;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process is killed at every label of locks, waiting, events, conditions, of coming to a session and of being buried.
 * The others go on within ten seconds, and never are two of them in the lock at once.
 */
@Timeout(240)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SyncDeathIT {
    private static final String BLOCKING = "-Dprocession.wait=blocking";

    private static final int OTHER = 0;
    private static final int STOP = 1;
    private static final int INSIDE = 2;
    private static final int BROKEN = 3;
    private static final int READY = 4;
    private static final int WOKEN = 5;

    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final ProcessLock lock = ProcessLock.create(session, "l", LockOptions.standard());
    private final ProcessCondition condition = lock.newCondition();
    private final ProcessEvent event = ProcessEvent.create(session);
    private final Cells cells = Cells.create(session, 8);

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    static Stream<String> labels() throws IOException {
        List<String> labels = new ArrayList<>();
        for (String prefix : List.of("lock.", "wait.", "event.", "condition.", "enter.", "reserve.", "death.")) {
            labels.addAll(FaultLabels.inSources(prefix));
        }
        assertTrue(labels.size() > 30, labels.toString());
        return labels.stream();
    }

    @ParameterizedTest
    @MethodSource("labels")
    void processKilledAtLabel_othersGoOn(String label) throws Exception {
        Work work = new Work(lock, condition, event, cells);
        Future<Void> here = null;
        ChildProcess victim;
        if (TAKEOVERS.contains(label)) {
            victim = killedWhenItTakesOver(label, work);
        } else if (label.equals("condition.passed-on")) {
            victim = killedWhenItPassesASignalOn(label);
        } else if (label.equals("condition.dropped")) {
            victim = killedWhenItFindsADeadWaiter(label);
        } else if (label.startsWith("enter.")) {
            victim = killedWhenItComes(label);
        } else if (label.startsWith("condition.chunk")) {
            victim = test.start("victim", work::crowd, BLOCKING, "-Dprocession.dieAt=" + label);
        } else if (label.startsWith("reserve.")) {
            ProcessLock its = lock;
            victim = test.start("victim", () -> ChildProcess.of(its::lock).start(), "-Dprocession.dieAt=" + label);
        } else if (label.startsWith("death.")) {
            victim = killedWhenItBuries(label);
        } else if (label.equals("lock.repaired")) {
            victim = killedWhenItRepairsTheHeap(label);
        } else {
            here = test.thread(() -> {
                work.untilStopped(1);
                return null;
            });
            test.start("other", () -> work.untilStopped(2), BLOCKING);
            victim = test.start("victim", () -> work.untilStopped(3), BLOCKING, "-Dprocession.dieAt=" + label);
        }
        assertTrue(victim.join(Duration.ofMinutes(2)), "nobody came to " + label);
        assertEquals(-9, victim.exitCode().orElseThrow(), "nobody ever came to " + label);
        othersGoOn(work, here);
    }

    private static final Set<String> TAKEOVERS = Set.of(
            "lock.taken-over",
            "lock.takeover-counted",
            "lock.consistent",
            "condition.all-signalled",
            "condition.takeover-settled");

    private void othersGoOn(Work work, Future<Void> before) throws Exception {
        Future<Void> here = before;
        if (here == null) {
            here = test.thread(() -> {
                work.untilStopped(1);
                return null;
            });
            test.start("other", () -> work.untilStopped(2), BLOCKING);
            cells.await(OTHER, 1);
        }
        long deadline = System.nanoTime() + 10_000_000_000L;
        long progress = cells.get(OTHER);
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS), "the lock is lost");
        lock.unlock();
        while (cells.get(OTHER) < progress + 20) {
            assertTrue(System.nanoTime() < deadline, "the others stand still");
            Thread.sleep(1);
        }
        cells.set(STOP, 1);
        here.get(20, TimeUnit.SECONDS);
        Eventually.holds(() -> cells.get(OTHER) < 0, () -> "the other process has not stopped");
        assertEquals(0, cells.get(BROKEN), "two were in the lock at once");
        // Whatever the dead one left in the condition and the event does not hold up who comes now.
        Future<Boolean> passed = test.thread(() -> event.await(10, TimeUnit.SECONDS));
        Future<Boolean> woken = test.thread(() -> {
            try (ProcessLock.Held held = lock.hold()) {
                return condition.await(10, TimeUnit.SECONDS);
            }
        });
        Eventually.holds("they wait", () -> ((ConditionHandle) condition).core().localSleepers() == 1);
        event.set();
        try (ProcessLock.Held held = lock.hold()) {
            condition.signalAll();
        }
        assertTrue(passed.get());
        assertTrue(woken.get());
        try (ProcessLock.Held held = lock.hold()) {
            condition.signalAll();
        }
        Eventually.holds("no row is left", () -> {
            try (ProcessLock.Held held = lock.hold()) {
                condition.signalAll(); // drops what is a dead one's
            }
            return ((ConditionHandle) condition).core().rowsInUse() == 0;
        });
    }

    private ChildProcess killedWhenItTakesOver(String label, Work work) throws Exception {
        ProcessLock its = lock;
        Cells shared = cells;
        ChildProcess bait = test.start("bait", () -> {
            its.lock();
            Thread.sleep(100_000);
        });
        Eventually.holds("the bait holds it", lock::isLocked);
        ChildProcess victim = test.start(
                "victim",
                () -> {
                    shared.set(READY, 1);
                    work.untilStopped(3);
                },
                BLOCKING,
                "-Dprocession.dieAt=" + label);
        cells.await(READY, 1);
        bait.kill();
        return victim;
    }

    private ChildProcess waiter(String name) throws Exception {
        ProcessLock its = lock;
        ProcessCondition on = condition;
        Cells shared = cells;
        int before = ((ConditionHandle) condition).core().waiters();
        ChildProcess waiter = test.start(
                name,
                () -> {
                    its.lock();
                    on.await();
                    shared.add(WOKEN, 1);
                    its.unlock();
                },
                BLOCKING);
        Eventually.holds(
                name + " waits", () -> ((ConditionHandle) condition).core().waiters() == before + 1);
        return waiter;
    }

    private ChildProcess signaller(String label) {
        ProcessLock its = lock;
        ProcessCondition on = condition;
        return test.start(
                "victim",
                () -> {
                    while (true) {
                        its.lock();
                        on.signal(0);
                        its.unlock();
                        Thread.sleep(1);
                    }
                },
                BLOCKING,
                "-Dprocession.dieAt=" + label);
    }

    /** The bait dies with its signal, and the only one that could get it is stopped until the victim was there. */
    private ChildProcess killedWhenItPassesASignalOn(String label) throws Exception {
        ChildProcess bait = waiter("bait");
        ChildProcess sleeper = waiter("sleeper");
        TestSession.signal(bait, "STOP");
        TestSession.signal(sleeper, "STOP");
        try (ProcessLock.Held held = lock.hold()) {
            condition.signal();
        }
        ChildProcess victim = signaller(label);
        bait.kill();
        victim.join(Duration.ofSeconds(30));
        TestSession.signal(sleeper, "CONT");
        cells.await(WOKEN, 1);
        return victim;
    }

    private ChildProcess killedWhenItFindsADeadWaiter(String label) throws Exception {
        ChildProcess bait = waiter("bait");
        ChildProcess victim = signaller(label);
        bait.kill();
        return victim;
    }

    private ChildProcess killedWhenItComes(String label) {
        String path = session.path().toString();
        return test.start("victim", () -> Session.attach(Path.of(path)), "-Dprocession.dieAt=" + label);
    }

    /** A process whose own child dies is the first to know of it, most of the time. */
    private ChildProcess killedWhenItBuries(String label) {
        ProcessLock its = lock;
        Cells shared = cells;
        return test.start(
                "victim",
                () -> {
                    for (int number = 1; ; number++) {
                        int mine = number;
                        ChildProcess bait = ChildProcess.of(() -> {
                            its.isLocked();
                            shared.set(READY, mine);
                            Thread.sleep(100_000);
                        });
                        bait.start();
                        shared.await(READY, mine);
                        bait.kill();
                        bait.join();
                        Thread.sleep(20);
                    }
                },
                "-Dprocession.dieAt=" + label);
    }

    /** Baits die with the heap's lock; the victim is their parent, which hears of that first, and wants the lock all the time. */
    private ChildProcess killedWhenItRepairsTheHeap(String label) throws Exception {
        String path = session.path().toString();
        return test.start(
                "victim",
                () -> {
                    ChildOptions deadly = ChildOptions.builder()
                            .name("bait")
                            .inheritJvmOptions(false)
                            .jvmOption("-Dprocession.dieAt=heap.header")
                            .build();
                    try (Session own = Session.attach(Path.of(path))) {
                        while (true) {
                            ChildProcess bait = ChildProcess.of(deadly, () -> {
                                try (Session its = Session.attach(Path.of(path))) {
                                    ProcessEvent.create(its).close();
                                }
                            });
                            bait.start();
                            while (bait.isAlive()) {
                                ProcessEvent.create(own).close();
                            }
                        }
                    }
                },
                "-Dprocession.dieAt=" + label);
    }

    /** What everybody does in a test: some of all, and a look whether it is alone in the lock. */
    private record Work(ProcessLock lock, ProcessCondition condition, ProcessEvent event, Cells cells)
            implements Serializable {

        void untilStopped(int me) throws InterruptedException {
            Random random = new Random(me);
            while (cells.get(STOP) == 0) {
                lock.lock();
                try {
                    alone(me);
                    switch (random.nextInt(4)) {
                        case 0 -> {
                            condition.await(random.nextInt(10), TimeUnit.MILLISECONDS);
                            alone(me);
                        }
                        case 1 -> condition.signal();
                        case 2 -> condition.signalAll();
                        default -> alone(me);
                    }
                } finally {
                    lock.unlock();
                }
                switch (random.nextInt(3)) {
                    case 0 -> event.set();
                    case 1 -> event.clear();
                    default -> event.await(random.nextInt(5), TimeUnit.MILLISECONDS);
                }
                if (me == 2) {
                    cells.add(OTHER, 1);
                }
            }
            if (me == 2) {
                cells.set(OTHER, Long.MIN_VALUE);
            }
        }

        private void alone(int me) {
            cells.set(INSIDE, me);
            for (int i = 0; i < 200; i++) {
                Thread.onSpinWait();
                if (cells.get(INSIDE) != me) {
                    cells.add(BROKEN, 1);
                    return;
                }
            }
        }

        /** More waiters than a condition has rows by itself. */
        void crowd() throws InterruptedException {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Thread thread = new Thread(() -> {
                    lock.lock();
                    condition.awaitUninterruptibly();
                    lock.unlock();
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
