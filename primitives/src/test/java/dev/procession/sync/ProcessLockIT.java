package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.OwnerDeath;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks between real processes that are really killed. */
@Timeout(60)
class ProcessLockIT {
    private final Session session = Session.create();

    @AfterEach
    void close() {
        session.close();
        assertFalse(session.path().toFile().exists(), "the session's directory is left");
    }

    /** X01 */
    @Test
    void lock_holderKilled_nextGetsItAndTheFacts() throws Exception {
        ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
        ProcessLock held = ProcessLock.create(session);
        held.lock();
        ChildProcess child =
                ChildProcess.of(ChildOptions.builder().name("holder").build(), () -> {
                    lock.lock();
                    Thread.sleep(100_000);
                });
        child.start();
        while (!lock.isLocked()) {
            Thread.sleep(5);
        }
        assertFalse(lock.tryLock(100, TimeUnit.MILLISECONDS));
        child.kill();
        long start = System.nanoTime();
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
        System.out.println("taken over after " + (System.nanoTime() - start) / 1_000_000 + " ms");
        OwnerDeath death = lock.ownerDeath().orElseThrow();
        assertEquals(child.pid(), death.pid());
        assertEquals("holder", death.processName());
        child.join(Duration.ofSeconds(10));
        System.out.println(death.describe());
        lock.unlock();
        assertTrue(lock.tryLock());
        assertTrue(lock.ownerDeath().isEmpty());
        lock.unlock();
        held.unlock();
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
        assertEquals(0, session.rescues());
    }
}
