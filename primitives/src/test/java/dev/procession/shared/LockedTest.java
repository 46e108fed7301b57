package dev.procession.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.session.Session;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Data with a lock in one JVM. */
@Timeout(60)
class LockedTest {
    private final Session session = Session.create();

    @AfterEach
    void close() {
        session.close();
    }

    /** V03, V07: raw data have no lock because no such method is there. */
    @Test
    @Tag("V03")
    @Tag("V07")
    void lock_ownOrGiven_isThere() {
        SharedInt value = SharedInt.create(session, 5);
        Locked<SharedInt> own = Locked.of(session, value);
        assertInstanceOf(ProcessReentrantLock.class, own.getLock());
        assertSame(value, own.getObject());
        ProcessLock lock = ProcessLock.create(session);
        Locked<SharedIntArray> given = Locked.of(SharedIntArray.create(session, 3), lock);
        assertSame(lock, given.getLock());
        assertEquals(3, given.getObject().length());
        given.close();
        assertFalse(lock.isLocked()); // it was not closed
        own.close();
        assertThrows(IllegalStateException.class, () -> own.getLock().lock());
        assertThrows(IllegalStateException.class, value::get);
    }

    /** V03 */
    @Test
    @Tag("V03")
    void lock_ofAnotherSession_isRefused() {
        try (Session other = Session.create()) {
            SharedInt value = SharedInt.create(session, 5);
            ProcessLock lock = ProcessLock.create(other);
            assertThrows(IllegalArgumentException.class, () -> Locked.of(value, lock));
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> Locked.of(other, value));
            assertTrue(refused.getMessage().contains("both must be of one session"), refused.getMessage());
        }
    }

    /** X40, between threads */
    @Test
    @Tag("X40")
    void compoundChange_byThreads_losesNothing() throws Exception {
        Locked<SharedInt> total = Locked.of(session, SharedInt.create(session, 0));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Future<?>[] all = new Future<?>[4];
        for (int t = 0; t < 4; t++) {
            all[t] = threads.submit(() -> {
                for (int i = 0; i < 25_000; i++) {
                    total.accept(v -> v.setPlain(v.getPlain() + 1));
                }
            });
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        int sum = total.apply(SharedInt::getPlain);
        assertEquals(100_000, sum);
    }

    @Test
    void action_throws_lockIsGivenBack() {
        Locked<SharedInt> total = Locked.of(session, SharedInt.create(session, 0));
        assertThrows(ArithmeticException.class, () -> total.apply(v -> 1 / v.get()));
        assertFalse(total.getLock().isLocked());
        int sum = total.apply(v -> total.apply(w -> w.addAndGet(3))); // reentrant
        assertEquals(3, sum);
    }
}
