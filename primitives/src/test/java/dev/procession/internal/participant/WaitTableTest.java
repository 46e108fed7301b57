package dev.procession.internal.participant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.session.Deadlock;
import dev.procession.session.Session;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessLock;
import dev.procession.testing.Eventually;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitTableTest {
    /** Who was stopped, or is slow, may have the heap at the only moment at which a thread goes to sleep. */
    @Test
    void sleeps_heapBusyThen_isShownAsSoonAsTheHeapIsFree() throws Exception {
        try (Session session = Session.create();
                ProcessLock lock = ProcessLock.create(session, "once", LockOptions.standard())) {
            Participant participant = SessionAccess.of(session);
            assertTrue(participant.tryHeap());
            Thread twice = new Thread(
                    () -> {
                        lock.lock();
                        try {
                            lock.lockInterruptibly();
                            lock.unlock();
                        } catch (InterruptedException e) {
                            lock.unlock();
                        }
                    },
                    "twice");
            try {
                twice.start();
                Eventually.holds("they sleep", () -> participant.waits().hasSleepers());
                // It tries the heap for as long as it has patience with it.
                Eventually.holds(
                        "it runs",
                        () -> twice.getState() == Thread.State.RUNNABLE
                                && List.of(twice.getStackTrace()).stream()
                                        .anyMatch(frame -> frame.getMethodName().equals("select")));
            } finally {
                participant.leaveHeap();
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            List<Deadlock> deadlocks = session.deadlocks();
            while (deadlocks.isEmpty() && System.nanoTime() < deadline) {
                deadlocks = session.deadlocks();
            }
            assertEquals(1, deadlocks.size());
            assertEquals("twice", deadlocks.get(0).waiters().get(0).threadName());
            twice.interrupt();
            twice.join(TimeUnit.SECONDS.toMillis(30));
            assertTrue(!twice.isAlive());
        }
    }
}
