package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.OwnerDeath;
import dev.procession.OwnerDiedException;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ProcessExit;
import dev.procession.session.Session;
import dev.procession.testing.Eventually;
import dev.procession.testing.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locks between real processes, some of which are really killed or stopped. */
@Timeout(120)
class ProcessLockIT {
    private static final int WITNESS = 0;
    private static final int READY = 1;
    private static final int GO = 2;

    private final TestSession test = new TestSession();
    private final Session session = test.session();

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    private ChildProcess holder(ProcessLock lock, String name) throws InterruptedException {
        ChildProcess child = test.start(name, () -> {
            lock.lock();
            Thread.sleep(100_000);
        });
        Eventually.holds(name + " holds it", lock::isLocked);
        return child;
    }

    private static int sleeping(ProcessLock lock) {
        int sum = 0;
        for (long word : ((LockHandle) lock).core.robust().sleepingSlots()) {
            sum += Long.bitCount(word);
        }
        return sum;
    }

    /** L01, L03, L06, L07, X03 between processes */
    @Test
    void lock_heldByAnotherProcess_cannotBeTakenOrGivenBack() throws Exception {
        ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
        Cells cells = Cells.create(session, 4);
        ChildProcess child = test.start("holder", () -> {
            try (ProcessLock.Held held = lock.hold()) {
                cells.await(GO, 1);
            }
            cells.await(GO, 2);
            assertFalse(lock.tryLock());
            String message = assertThrows(IllegalMonitorStateException.class, lock::unlock)
                    .getMessage();
            assertTrue(
                    message.matches("lock \"journal\" is held by process \\d+ \\(MainProcess\\), "
                            + "not by thread main of process \\d+ \\(holder\\)"),
                    message);
        });
        Eventually.holds("it is held", lock::isLocked);
        assertFalse(lock.tryLock());
        assertFalse(lock.tryLock(Duration.ofMillis(50)));
        String message =
                assertThrows(IllegalMonitorStateException.class, lock::unlock).getMessage();
        assertTrue(
                message.matches("lock \"journal\" is held by process " + child.pid() + " \\(holder\\), "
                        + "not by thread \\S+ of process \\d+ \\(MainProcess\\)"),
                message);
        assertTrue(
                lock.toString()
                        .matches("lock \"journal\": held by process " + child.pid()
                                + " \\(holder\\)( at least since \\S+)?"),
                lock.toString());
        cells.set(GO, 1);
        assertTrue(lock.tryLock(30, TimeUnit.SECONDS));
        assertTrue(lock.ownerDeath().isEmpty());
        cells.set(GO, 2);
        TestSession.joined(child);
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
        assertEquals(0, session.rescues());
    }

    /** L02 between processes */
    @Test
    void reentrantLock_heldTwiceByAnotherProcess_isFreeAfterTwoUnlocks() throws Exception {
        ProcessReentrantLock lock = ProcessReentrantLock.create(session);
        Cells cells = Cells.create(session, 4);
        ChildProcess child = test.start("holder", () -> {
            lock.lock();
            lock.lock();
            cells.set(READY, 1);
            cells.await(GO, 1);
            lock.unlock();
            cells.set(READY, 2);
            cells.await(GO, 2);
            lock.unlock();
        });
        cells.await(READY, 1);
        assertFalse(lock.tryLock());
        assertEquals(0, lock.getHoldCount());
        cells.set(GO, 1);
        cells.await(READY, 2);
        assertFalse(lock.tryLock());
        Future<Boolean> waiter = test.thread(() -> {
            lock.lock();
            lock.unlock();
            return true;
        });
        cells.set(GO, 2);
        assertTrue(waiter.get());
        TestSession.joined(child);
        assertEquals(0, session.rescues());
    }

    /** Mutual exclusion between processes and threads, by a plain counter. */
    @Test
    void lock_processesAndThreads_oneAtATime() throws Exception {
        int rounds = 4000;
        ProcessLock lock = ProcessLock.create(session);
        Cells cells = Cells.create(session, 4);
        List<ChildProcess> children = new ArrayList<>();
        for (int child = 0; child < 3; child++) {
            children.add(test.start("counter", () -> {
                Thread second = new Thread(() -> count(lock, cells, rounds));
                second.start();
                count(lock, cells, rounds);
                second.join();
            }));
        }
        List<Future<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            threads.add(test.thread(() -> {
                count(lock, cells, rounds);
                return null;
            }));
        }
        for (Future<Void> thread : threads) {
            thread.get();
        }
        for (ChildProcess child : children) {
            TestSession.joined(child);
        }
        assertEquals(8L * rounds, cells.plain(WITNESS));
        assertEquals(0, session.rescues());
    }

    private static void count(ProcessLock lock, Cells cells, int rounds) {
        for (int round = 0; round < rounds; round++) {
            lock.lock();
            cells.setPlain(WITNESS, cells.plain(WITNESS) + 1);
            lock.unlock();
        }
    }

    /** X01 */
    @Test
    void lock_holderKilled_nextGetsItAndTheFacts() throws Exception {
        ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
        ChildProcess child = holder(lock, "holder");
        assertFalse(lock.tryLock(100, TimeUnit.MILLISECONDS));
        child.kill();
        long start = System.nanoTime();
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        OwnerDeath death = lock.ownerDeath().orElseThrow();
        assertEquals(child.pid(), death.pid());
        assertEquals("holder", death.processName());
        assertEquals("lock \"journal\"", death.object());
        assertEquals("", death.threadName());
        child.join(Duration.ofSeconds(10));
        lock.unlock();
        assertTrue(lock.tryLock());
        assertTrue(lock.ownerDeath().isEmpty());
        lock.unlock();
    }

    /** X01: the parent knows how its child died, and says so. */
    @Test
    void lock_holderKilledAndReaped_factsNameTheSignal() throws Exception {
        ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
        ChildProcess child = holder(lock, "holder");
        child.kill();
        child.join();
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        OwnerDeath death = lock.ownerDeath().orElseThrow();
        assertEquals(OptionalInt.of(-9), death.exitCode());
        assertEquals(
                "lock \"journal\": process " + child.pid() + " (holder) ended holding it, killed by signal 9",
                death.describe());
        lock.unlock();
    }

    /** X01: of many who wait, here and elsewhere, one is told, and all get the lock. */
    @Test
    void lock_holderKilledWhileManyWait_allGetItAndOneIsTold() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        Cells cells = Cells.create(session, 4);
        ChildProcess child = holder(lock, "holder");
        List<ChildProcess> waiters = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiters.add(test.start("waiter", () -> {
                lock.lock();
                cells.add(READY, lock.ownerDeath().isPresent() ? 100 : 1);
                lock.unlock();
            }));
        }
        Future<Boolean> here = test.thread(() -> {
            lock.lock();
            cells.add(READY, lock.ownerDeath().isPresent() ? 100 : 1);
            lock.unlock();
            return true;
        });
        Eventually.holds("3 processes sleep", () -> sleeping(lock) == 3);
        child.kill();
        long start = System.nanoTime();
        assertTrue(here.get());
        for (ChildProcess waiter : waiters) {
            TestSession.joined(waiter);
        }
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        assertEquals(102, cells.get(READY));
    }

    /** X01: strict refuses everybody, wherever, until somebody has repaired. */
    @Test
    void strict_holderKilled_refusesInEveryProcessUntilRecovered() throws Exception {
        ProcessLock lock =
                ProcessLock.create(session, "strict", LockOptions.standard().strict());
        ChildProcess child = holder(lock, "holder");
        Future<OwnerDiedException> here = test.thread(() -> assertThrows(OwnerDiedException.class, lock::lock));
        ChildProcess there = test.start("refused", () -> assertThrows(OwnerDiedException.class, lock::lock));
        Eventually.holds("2 processes sleep", () -> sleeping(lock) == 2);
        child.kill();
        child.join();
        assertEquals(child.pid(), here.get().death().pid());
        TestSession.joined(there);
        OwnerDiedException again = assertThrows(OwnerDiedException.class, lock::tryLock);
        assertTrue(
                again.getMessage()
                        .matches("lock \"strict\": process " + child.pid()
                                + " \\(holder\\) ended holding it, (killed by signal 9|exit status unknown); "
                                + "what it guards may be half-written: look, and call recover\\(...\\)"),
                again.getMessage());
        ChildProcess repairer = test.start(
                "repairer",
                () -> lock.recover(() -> {
                    if (lock.ownerDeath().isEmpty()) {
                        throw new ProcessExit(3);
                    }
                }));
        TestSession.joined(repairer);
        assertEquals(OptionalInt.of(0), repairer.exitCode());
        assertTrue(lock.tryLock());
        assertTrue(lock.ownerDeath().isEmpty());
        lock.unlock();
    }

    /** A repairer that dies leaves the lock to the next one, as inconsistent as before. */
    @Test
    void strict_repairerKilled_nextRepairs() throws Exception {
        ProcessLock lock = ProcessLock.create(session, LockOptions.standard().strict());
        Cells cells = Cells.create(session, 4);
        holder(lock, "holder").kill();
        ChildProcess repairer = test.start(
                "repairer",
                () -> lock.recover(() -> {
                    cells.set(READY, 1);
                    while (true) {
                        Thread.onSpinWait();
                    }
                }));
        cells.await(READY, 1);
        repairer.kill();
        assertThrows(OwnerDiedException.class, lock::lock);
        lock.recover(
                () -> assertEquals("repairer", lock.ownerDeath().orElseThrow().processName()));
        lock.lock();
        lock.unlock();
    }

    /** A chain of deaths: each next owner dies too. */
    @Test
    void lock_nextOwnersKilledToo_lastOneGetsIt() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        Cells cells = Cells.create(session, 4);
        for (int i = 1; i <= 3; i++) {
            int number = i;
            ChildProcess child = test.start("owner-" + i, () -> {
                lock.lock();
                cells.set(READY, number);
                Thread.sleep(100_000);
            });
            cells.await(READY, i);
            child.kill();
        }
        lock.lock();
        assertEquals("owner-3", lock.ownerDeath().orElseThrow().processName());
        lock.unlock();
    }

    /** X02: exit code 0 with the lock held. By exit(): a thread that returned may be found ended before its process is. */
    @Test
    void lock_holderExits_warnsAndTheNextIsTold() throws Exception {
        ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
        List<String> lines = new CopyOnWriteArrayList<>();
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder()
                        .name("careless")
                        .output((process, error, line) -> lines.add((error ? "2 " : "1 ") + line))
                        .build(),
                () -> {
                    Thread.currentThread().setName("writer");
                    lock.lock();
                    System.exit(0);
                });
        child.start();
        child.join();
        assertEquals(OptionalInt.of(0), child.exitCode());
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        OwnerDeath death = lock.ownerDeath().orElseThrow();
        assertEquals(child.pid(), death.pid());
        assertEquals(OptionalInt.of(0), death.exitCode());
        assertEquals(
                "lock \"journal\": process " + child.pid() + " (careless) ended holding it, exit code 0",
                death.describe());
        lock.unlock();
        assertEquals(
                List.of("2 procession: process " + child.pid() + " (careless) ends while its thread writer holds "
                        + "lock \"journal\" of session " + session.path() + "; the next owner will be told"),
                lines);
    }

    /** X02: asked for, the warning says where the lock was taken, on the fast path and on the slow one. */
    @Test
    void lock_holderExits_warningNamesThePlace() throws Exception {
        ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
        for (boolean slow : List.of(false, true)) {
            List<String> lines = new CopyOnWriteArrayList<>();
            ChildProcess child = ChildProcess.of(
                    ChildOptions.builder()
                            .jvmOption("-Dprocession.lockSites=true")
                            .output((process, error, line) -> lines.add(line))
                            .build(),
                    () -> takeFor(lock, slow));
            child.start();
            child.join();
            assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
            lock.unlock();
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(
                    lines.get(0)
                            .matches("procession: process .* holds lock \"journal\" since .*ProcessLockIT\\.takeFor"
                                    + "\\(ProcessLockIT.java:\\d+\\) of session .*"),
                    lines.get(0));
        }
    }

    private static void takeFor(ProcessLock lock, boolean slow) throws InterruptedException {
        if (slow) {
            assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        } else {
            lock.lock();
        }
        System.exit(0);
    }

    /** A process that has closed its session holds nothing any more. */
    @Test
    void session_closedByHolder_nextIsTold(@TempDir Path folder) throws Exception {
        ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
        String path = session.path().toString();
        String go = folder.resolve("go").toString();
        ChildProcess child = test.start("leaver", () -> {
            Session own = Session.attach(Path.of(path));
            ProcessLock its = ProcessLock.attach(own, "journal");
            its.lock();
            own.close();
            while (!Files.exists(Path.of(go))) {
                Thread.sleep(5);
            }
            its.unlock();
        });
        Eventually.holds("it was taken", () -> ((LockHandle) lock).core.robust().holder() != 0);
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        assertEquals(child.pid(), lock.ownerDeath().orElseThrow().pid());
        Files.createFile(Path.of(go));
        TestSession.joined(child);
        assertEquals(
                test.participant().self(),
                ((LockHandle) lock).core.robust().holder(),
                "whoever has left gave the lock of somebody else away");
        lock.unlock();
    }

    /** A stopped holder is alive: it is not robbed. */
    @Test
    void lock_holderStopped_isNotRobbed() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        Cells cells = Cells.create(session, 4);
        ChildProcess child = test.start("holder", () -> {
            lock.lock();
            cells.set(READY, 1);
            cells.await(GO, 1);
            cells.set(READY, lock.isHeldByCurrentThread() ? 2 : 3);
            lock.unlock();
        });
        cells.await(READY, 1);
        TestSession.signal(child, "STOP");
        assertFalse(lock.tryLock(1500, TimeUnit.MILLISECONDS));
        cells.set(GO, 1);
        assertFalse(lock.tryLock(500, TimeUnit.MILLISECONDS));
        TestSession.signal(child, "CONT");
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        assertTrue(lock.ownerDeath().isEmpty());
        lock.unlock();
        cells.await(READY, 2);
        TestSession.joined(child);
        assertEquals(2, cells.get(READY));
    }

    /** A stopped waiter does not stand in the way of the others. */
    @Test
    void lock_waiterStopped_othersGoOn() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        lock.lock();
        ChildProcess stopped = test.start("stopped", () -> {
            lock.lock();
            lock.unlock();
        });
        Eventually.holds("it sleeps", () -> sleeping(lock) == 1);
        TestSession.signal(stopped, "STOP");
        Future<Long> other = test.thread(() -> {
            long longest = 0;
            for (int round = 0; round < 200; round++) {
                long start = System.nanoTime();
                lock.lock();
                longest = Math.max(longest, System.nanoTime() - start);
                lock.unlock();
            }
            return longest;
        });
        Eventually.holds("it sleeps here", () -> sleeping(lock) == 2);
        lock.unlock();
        assertTrue(other.get() < 2_000_000_000L, "a stopped waiter held up the others for " + other.get() + " ns");
        TestSession.signal(stopped, "CONT");
        TestSession.joined(stopped);
    }

    /** A killed waiter takes its turn with it, and no more. */
    @Test
    void lock_waiterKilled_othersGoOn() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        lock.lock();
        ChildProcess doomed = test.start("doomed", lock::lock);
        ChildProcess living = test.start("living", () -> {
            lock.lock();
            lock.unlock();
        });
        Eventually.holds("2 sleep", () -> sleeping(lock) == 2);
        doomed.kill();
        lock.unlock();
        TestSession.joined(living);
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        lock.unlock();
    }

    /** A zombie is dead, whatever the process table of the system says. */
    @Test
    void lock_holderIsAZombie_nextGetsIt(@TempDir Path directory) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")) && Files.isDirectory(Path.of("/proc/self")));
        ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
        Path pidFile = directory.resolve("pid");
        // The shell becomes a sleep that knows nothing of its child, and so never reaps it.
        Process parent = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "\"$0\" -XX:TieredStopAtLevel=1 -cp \"$1\" " + ZombieProgram.class.getName()
                                + " \"$2\" & echo $! > \"$3\"; exec sleep 100",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        session.path().toString(),
                        pidFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Eventually.holds("it holds the lock", lock::isLocked);
            long pid = Long.parseLong(Files.readString(pidFile).trim());
            Future<Boolean> waiter = test.thread(() -> {
                boolean got = lock.tryLock(20, TimeUnit.SECONDS);
                assertEquals(pid, lock.ownerDeath().orElseThrow().pid());
                lock.unlock();
                return got;
            });
            Eventually.holds("it sleeps", () -> sleeping(lock) == 1);
            Signals.send("KILL", pid);
            Eventually.holds("it is a zombie", () -> isZombie(pid));
            assertTrue(waiter.get());
            assertTrue(isZombie(pid), "it was reaped, so this test showed nothing");
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    private static boolean isZombie(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).matches("(?s)\\d+ \\(.*\\) Z .*");
        } catch (IOException e) {
            return false;
        }
    }

    /** A thread that ends holding a lock in a process that lives: the others are told of it. */
    @Test
    void lock_holdersThreadEndedInAnotherProcess_nextIsTold() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        ChildProcess child = test.start("living", () -> {
            Thread careless = new Thread(lock::lock, "careless");
            careless.start();
            Thread.sleep(100_000);
        });
        Eventually.holds("it was taken", lock::isLocked);
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        OwnerDeath death = lock.ownerDeath().orElseThrow();
        assertEquals("careless", death.threadName());
        assertEquals(child.pid(), death.pid());
        lock.unlock();
        assertTrue(child.isAlive());
    }

    /** onOwnerDeath in another process than the one that set it up: each process has its own. */
    @Test
    void onOwnerDeath_isCalledInTheProcessOfTheNextOwner() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        Cells cells = Cells.create(session, 4);
        ChildProcess doomed = holder(lock, "doomed");
        ChildProcess next = test.start("next", () -> {
            lock.onOwnerDeath(death -> cells.set(WITNESS, death.pid()));
            cells.set(READY, 1);
            lock.lock();
            cells.set(READY, 2);
            lock.unlock();
        });
        cells.await(READY, 1);
        doomed.kill();
        TestSession.joined(next);
        assertEquals(doomed.pid(), cells.get(WITNESS));
        lock.lock();
        assertTrue(lock.ownerDeath().isEmpty());
        lock.unlock();
    }
}
