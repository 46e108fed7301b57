package dev.procession.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.DeadlockException;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessLock;
import dev.procession.testing.BriefChildren;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** X38 */
@Timeout(60)
class DeadlockIT {
    private final Session session = Session.create();

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void deadlocks_twoProcessesCrossTheirLocks_namesTheCircleWithStacks() throws Exception {
        ProcessLock first = ProcessLock.create(session, "first", LockOptions.standard());
        ProcessLock second = ProcessLock.create(session, "second", LockOptions.standard());
        ChildProcess left = crossing("left", first, second);
        ChildProcess right = crossing("right", second, first);
        left.start();
        right.start();
        Deadlock deadlock = awaitDeadlock();
        assertEquals(2, deadlock.waiters().size());
        Deadlock.Waiter one = deadlock.waiters().get(0);
        Deadlock.Waiter other = deadlock.waiters().get(1);
        assertEquals(
                List.of("left", "right"),
                List.of(one.processName(), other.processName()).stream()
                        .sorted()
                        .toList());
        Deadlock.Waiter ofLeft = one.processName().equals("left") ? one : other;
        assertEquals("lock \"second\"", ofLeft.waitsFor());
        assertEquals(left.pid(), ofLeft.pid());
        assertEquals("main", ofLeft.threadName());
        assertTrue(
                ofLeft.stack().stream().anyMatch(frame -> frame.contains("DeadlockIT")),
                () -> "no frame of this class in " + ofLeft.stack());
        // Whoever is killed gives its lock to the other: no deadlock any more.
        left.kill();
        right.join();
        assertEquals(0, right.exitCode().orElseThrow());
        assertEquals(List.of(), session.deadlocks());
    }

    @Test
    void deadlocks_lockTakenTwice_isACircleOfOne() throws Exception {
        ProcessLock lock = ProcessLock.create(session, "once", LockOptions.standard());
        ChildProcess child = ChildProcess.of(named("twice"), () -> {
            lock.lock();
            lock.lock();
        });
        child.start();
        Deadlock deadlock = awaitDeadlock();
        assertEquals(1, deadlock.waiters().size());
        assertEquals("lock \"once\"", deadlock.waiters().get(0).waitsFor());
        child.kill();
        child.join();
    }

    @Test
    void lock_detectionAskedFor_oneThreadOfTheCircleThrowsAndTheOtherGoesOn() throws Exception {
        LockOptions detecting = LockOptions.standard().detectDeadlocks();
        ProcessLock first = ProcessLock.create(session, "first", detecting);
        ProcessLock second = ProcessLock.create(session, "second", detecting);
        ChildProcess left = crossing("left", first, second);
        ChildProcess right = crossing("right", second, first);
        left.start();
        right.start();
        left.join();
        right.join();
        int failed = left.exitCode().orElseThrow() + right.exitCode().orElseThrow();
        assertEquals(1, failed, "one fails with exit code 1, the other ends well");
        ChildProcess victim = left.exitCode().orElseThrow() == 1 ? left : right;
        Throwable thrown = victim.exception().orElseThrow().getCause();
        assertInstanceOf(DeadlockException.class, thrown);
        assertTrue(thrown.getMessage().contains("waits for lock \"first\""), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("waits for lock \"second\""), thrown.getMessage());
    }

    @Test
    void lock_detectionInThreadsOfOneProcess_throws() throws Exception {
        ProcessLock lock = ProcessLock.create(session, LockOptions.standard().detectDeadlocks());
        lock.lock();
        assertThrows(DeadlockException.class, lock::lock);
        assertTrue(lock.isHeldByCurrentThread(), "the lock that it held is held still");
        lock.unlock();
    }

    @Test
    void deadlocks_longChainWithoutACircle_isNone() throws Exception {
        ProcessLock first = ProcessLock.create(session);
        ProcessLock second = ProcessLock.create(session);
        first.lock();
        CompletableFuture<Boolean> middle = CompletableFuture.supplyAsync(() -> {
            second.lock();
            try {
                first.lock();
                first.unlock();
                return true;
            } finally {
                second.unlock();
            }
        });
        CompletableFuture<Boolean> last = CompletableFuture.supplyAsync(() -> {
            second.lock();
            second.unlock();
            return true;
        });
        for (int look = 0; look < 10; look++) {
            assertEquals(List.of(), session.deadlocks());
            TimeUnit.MILLISECONDS.sleep(50);
        }
        first.unlock();
        assertTrue(middle.get(10, TimeUnit.SECONDS));
        assertTrue(last.get(10, TimeUnit.SECONDS));
    }

    private Deadlock awaitDeadlock() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            List<Deadlock> deadlocks = session.deadlocks();
            if (!deadlocks.isEmpty()) {
                return deadlocks.get(0);
            }
        }
        throw new AssertionError("no deadlock was found in 30 s: " + session.dump());
    }

    private static ChildOptions named(String name) {
        return BriefChildren.options().name(name).build();
    }

    /** Takes its own lock, waits until the other one is taken too, and goes for that. */
    private static ChildProcess crossing(String name, ProcessLock own, ProcessLock other) {
        return ChildProcess.of(named(name), () -> {
            own.lock();
            try {
                while (!other.isLocked()) {
                    Thread.onSpinWait();
                }
                other.lock();
                other.unlock();
            } finally {
                own.unlock();
            }
        });
    }
}
