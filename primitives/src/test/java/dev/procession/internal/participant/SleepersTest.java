package dev.procession.internal.participant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.session.Deadlock;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.TestSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More threads sleep for locks than there are rows for them. */
@Timeout(60)
class SleepersTest {
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
