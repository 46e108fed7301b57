package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import dev.procession.OwnerDiedException;
import dev.procession.session.Session;
import dev.procession.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reentrant locks between the threads of one JVM. */
@Timeout(60)
class ProcessReentrantLockTest {
    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final ProcessReentrantLock lock = ProcessReentrantLock.create(session, "r", LockOptions.standard());
    private boolean somebodyDied;

    @AfterEach
    void close() throws Exception {
        if (!somebodyDied) {
            assertEquals(0, session.rescues());
        }
        test.close();
    }

    /** L02 */
    @Test
    void lock_threeTimes_isFreeAfterThreeUnlocks() throws Exception {
        lock.lock();
        assertTrue(lock.tryLock());
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        assertEquals(3, lock.getHoldCount());
        for (int held = 3; held > 0; held--) {
            assertFalse(test.thread(() -> lock.tryLock()).get());
            assertEquals(held, lock.getHoldCount());
            lock.unlock();
        }
        assertTrue(test.thread(() -> {
                    boolean got = lock.tryLock();
                    lock.unlock();
                    return got;
                })
                .get());
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
        assertEquals(0, lock.getHoldCount());
    }

    /** L03 */
    @Test
    void hold_nested_isGivenBackAsOften() throws Exception {
        try (ProcessLock.Held outer = lock.hold()) {
            try (ProcessLock.Held inner = lock.hold()) {
                assertEquals(2, lock.getHoldCount());
            }
            lock.lockInterruptibly();
            assertTrue(lock.tryLock(Duration.ZERO));
            lock.unlock();
            lock.unlock();
            assertTrue(lock.isHeldByCurrentThread());
        }
        assertFalse(lock.isLocked());
    }

    /** L06 */
    @Test
    void unlock_byAnotherThread_isRefusedAndChangesNothing() throws Exception {
        lock.lock();
        lock.lock();
        String message = test.thread(() -> {
                    assertEquals(0, lock.getHoldCount());
                    return assertThrows(IllegalMonitorStateException.class, lock::unlock)
                            .getMessage();
                })
                .get();
        assertTrue(
                message.matches("reentrant lock \"r\" is held by thread \\S+ of process \\d+ \\(MainProcess\\), "
                        + "not by thread waiter-1 of process \\d+ \\(MainProcess\\)"),
                message);
        assertEquals(2, lock.getHoldCount());
        lock.unlock();
        lock.unlock();
    }

    /** Two handles of one lock are one lock, here too. */
    @Test
    void handles_ofOneLock_countTogether() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(lock);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                ProcessReentrantLock copy = (ProcessReentrantLock) in.readObject()) {
            lock.lock();
            copy.lock();
            assertEquals(2, lock.getHoldCount());
            lock.unlock();
            copy.unlock();
        }
        assertFalse(lock.isLocked());
        assertThrows(NameInUseException.class, () -> ProcessReentrantLock.create(session, "r", LockOptions.standard()));
        ProcessReentrantLock.attach(session, "r").close();
        ProcessReentrantLock.open(session, "r").close();
    }

    /** The count dies with its thread: the next owner in the same process begins at one. */
    @Test
    void ownerThreadEndedHoldingItThreeTimes_nextHoldsItOnce() throws Exception {
        somebodyDied = true;
        Thread careless = new Thread(
                () -> {
                    lock.lock();
                    lock.lock();
                    lock.lock();
                },
                "careless");
        careless.start();
        careless.join();
        lock.lock();
        assertEquals("careless", lock.ownerDeath().orElseThrow().threadName());
        assertEquals(1, lock.getHoldCount());
        lock.lock();
        assertTrue(lock.ownerDeath().isPresent());
        lock.unlock();
        assertTrue(lock.ownerDeath().isPresent());
        lock.unlock();
        assertFalse(lock.isLocked());
        lock.lock();
        assertTrue(lock.ownerDeath().isEmpty());
        lock.unlock();
    }

    @Test
    void strict_recoverWhileHeld_runsInPlace() throws Exception {
        somebodyDied = true;
        ProcessReentrantLock strict =
                ProcessReentrantLock.create(session, LockOptions.standard().strict());
        Thread careless = new Thread(strict::lock, "careless");
        careless.start();
        careless.join();
        Eventually.holds("it is given back", () -> !strict.isLocked());
        assertThrows(OwnerDiedException.class, strict::lock);
        assertEquals(0, strict.getHoldCount());
        strict.recover(() -> {
            strict.lock();
            assertEquals(2, strict.getHoldCount());
            strict.unlock();
        });
        strict.lock();
        strict.lock();
        strict.recover(() -> assertEquals(2, strict.getHoldCount()));
        assertEquals(2, strict.getHoldCount());
        strict.unlock();
        strict.unlock();
    }

    @Test
    void lock_manyThreads_oneAtATime() throws Exception {
        long[] witness = new long[1];
        List<Future<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(test.thread(() -> {
                for (int round = 0; round < 5000; round++) {
                    lock.lock();
                    lock.lock();
                    witness[0]++;
                    lock.unlock();
                    lock.unlock();
                }
                return null;
            }));
        }
        for (Future<Void> thread : threads) {
            thread.get();
        }
        assertEquals(8 * 5000, witness[0]);
    }
}
