package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What holds in one process as in another: run by a thread of the test's JVM and by a child. */
final class SemaphoreCases {
    private SemaphoreCases() {}

    /** S01; the semaphore has two permits. */
    static void acquireAndRelease(ProcessSemaphore semaphore) throws InterruptedException {
        assertEquals(2, semaphore.availablePermits());
        semaphore.acquire();
        assertEquals(1, semaphore.availablePermits());
        semaphore.acquire();
        assertEquals(0, semaphore.availablePermits());
        assertFalse(semaphore.tryAcquire());
        assertEquals(0, semaphore.availablePermits());
        semaphore.release();
        assertEquals(1, semaphore.availablePermits());
        semaphore.release();
        assertEquals(2, semaphore.availablePermits());
    }

    /** S03; the semaphore has two permits and is bounded. */
    static void bound(ProcessSemaphore semaphore) throws InterruptedException {
        acquireAndRelease(semaphore);
        IllegalStateException e = assertThrows(IllegalStateException.class, semaphore::release);
        assertTrue(e.getMessage().contains("available=2") && e.getMessage().endsWith("bound=2"), e.getMessage());
        assertTrue(e.getMessage().contains("nothing was released"), e.getMessage());
        assertEquals(2, semaphore.availablePermits());
        semaphore.acquire();
        assertThrows(IllegalStateException.class, () -> semaphore.release(2));
        assertEquals(1, semaphore.availablePermits());
        semaphore.release();
    }

    /** S04; the semaphore has no permits. */
    static void timeouts(ProcessSemaphore semaphore) throws InterruptedException {
        long start = System.nanoTime();
        assertFalse(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire(0, TimeUnit.SECONDS));
        assertFalse(semaphore.tryAcquire(-1, TimeUnit.SECONDS));
        assertFalse(semaphore.tryAcquire(Duration.ZERO));
        assertFalse(semaphore.tryAcquire(2, Duration.ofSeconds(-1)));
        assertMillis(0, 1000, start);
        start = System.nanoTime();
        assertFalse(semaphore.tryAcquire(350, TimeUnit.MILLISECONDS));
        assertMillis(350, 3500, start);
        start = System.nanoTime();
        assertFalse(semaphore.tryAcquire(3, Duration.ofMillis(1400)));
        assertMillis(1400, 14_000, start);
    }

    static void assertMillis(long least, long most, long startNanos) {
        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        assertTrue(millis >= least && millis <= most, millis + " ms, not in " + least + ".." + most);
    }
}
