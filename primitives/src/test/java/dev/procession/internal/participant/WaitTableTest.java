package dev.procession.internal.participant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.session.Deadlock;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who sleeps for a lock is seen, even if it could not be written down at once. */
@Timeout(60)
class WaitTableTest {
    private final TestSession test = new TestSession();

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    private Thread lockedTwice(String name, ProcessLock lock) {
        Thread thread = new Thread(
                () -> {
                    try {
                        lock.lock();
                        lock.lockInterruptibly();
                    } catch (InterruptedException e) {
                        lock.unlock();
                    }
                },
                name);
        thread.start();
        return thread;
    }

    private List<Deadlock> deadlocks(int atLeast) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (true) {
            List<Deadlock> found = test.session().deadlocks();
            if (found.size() >= atLeast) {
                return found;
            }
            assertTrue(System.nanoTime() < deadline, found.size() + " deadlocks");
        }
    }

    @Test
    void sleeps_heapIsAnothersMeanwhile_isSeenLater() throws Exception {
        ProcessLock lock = ProcessLock.create(test.session(), "l", LockOptions.standard());
        Thread sleeper;
        assertTrue(test.participant().tryHeap());
        try {
            sleeper = lockedTwice("sleeper", lock);
            TimeUnit.MILLISECONDS.sleep(300); // until it has given up to get the heap
        } finally {
            test.participant().leaveHeap();
        }
        Deadlock deadlock = deadlocks(1).get(0);
        assertEquals("sleeper", deadlock.waiters().get(0).threadName());
        sleeper.interrupt();
        sleeper.join(20_000);
        assertEquals(List.of(), test.session().deadlocks());
    }

    @Test
    void sleeps_moreThreadsThanRows_othersAreSeenWhenRowsAreFree() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 270; i++) {
            threads.add(lockedTwice("sleeper-" + i, ProcessLock.create(test.session())));
        }
        deadlocks(256);
        for (Thread thread : threads.subList(0, 200)) {
            thread.interrupt();
            thread.join(20_000);
        }
        deadlocks(70);
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(20_000);
        }
        assertEquals(List.of(), test.session().deadlocks());
    }

    @Test
    void deadlocks_interrupted_says() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> test.session().deadlocks());
    }
}
