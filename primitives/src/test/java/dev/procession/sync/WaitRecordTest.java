package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.TimelineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What semaphores and barriers write into the event record: waits, permits, passes. */
@Timeout(30)
class WaitRecordTest {
    private final Session session = Session.create(SessionOptions.standard().recording(true));

    @AfterEach
    void close() {
        session.close();
    }

    /** Kinds and values of one thread, about objects of one name; without a name of all threads. */
    private List<String> seen(String object, String thread) {
        List<String> seen = new ArrayList<>();
        for (TimelineEvent event : session.timeline().ofObject(object).events()) {
            if (thread.isEmpty() || event.thread().name().equals(thread)) {
                seen.add(event.kind() + " " + event.value());
            }
        }
        return seen;
    }

    private void awaitEvent(String object, EventKind kind) throws InterruptedException {
        while (session.timeline().ofObject(object).ofKind(kind).events().isEmpty()) {
            Thread.sleep(1);
        }
    }

    @Test
    void acquire_twoPermitsOfThree_permitsAreACurve() throws Exception {
        for (boolean leased : new boolean[] {false, true}) {
            String name = leased ? "leased" : "counting";
            SemaphoreOptions options = leased ? SemaphoreOptions.leased() : SemaphoreOptions.counting();
            ProcessSemaphore semaphore = ProcessSemaphore.create(session, name, 3, options);
            semaphore.acquire(2);
            assertFalse(semaphore.tryAcquire(2, 1, TimeUnit.MILLISECONDS));
            semaphore.release(2);
            assertEquals(
                    List.of(
                            "PERMITS 3",
                            "ACQUIRED 2",
                            "PERMITS 1",
                            "WAIT_BEGIN 2",
                            "WAIT_TIMED_OUT 2",
                            "RELEASED 2",
                            "PERMITS 3"),
                    seen(name, ""));
        }
    }

    @Test
    void acquire_blocked_waitEndsWithTheAcquisition() throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, "s", 1, SemaphoreOptions.counting());
        semaphore.acquire();
        Thread other = new Thread(semaphore::acquireUninterruptibly, "other");
        other.start();
        awaitEvent("s", EventKind.WAIT_BEGIN);
        semaphore.release();
        other.join();
        assertEquals(List.of("WAIT_BEGIN 1", "ACQUIRED 1", "PERMITS 0"), seen("s", "other"));
    }

    @Test
    void await_barrierOfTwo_theFirstWaitsForThePass() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, "b", 2, BarrierOptions.standard());
        Thread other = new Thread(
                () -> {
                    try {
                        barrier.await();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new AssertionError(e);
                    }
                },
                "other");
        other.start();
        awaitEvent("b", EventKind.WAIT_BEGIN);
        barrier.await();
        other.join();
        assertEquals(List.of("BARRIER_ARRIVED 0", "WAIT_BEGIN 0", "WAIT_END 0"), seen("b", "other"));
    }

    /** On a busy machine a short time is over before the thread has arrived, and then it does not wait either. */
    @Test
    void await_timedOut_isRecordedAsThat() {
        List<String> seen = List.of();
        for (int millis = 1; millis < 10_000 && seen.size() < 2; millis *= 2) {
            String name = "late " + millis;
            Duration limit = Duration.ofMillis(millis);
            ProcessBarrier barrier = ProcessBarrier.create(session, name, 2, BarrierOptions.standard());
            assertThrows(BrokenBarrierException.class, () -> barrier.await(limit));
            seen = seen(name, "");
        }
        assertEquals(List.of("BARRIER_ARRIVED 0", "WAIT_BEGIN 0", "BARRIER_BROKEN 0", "WAIT_TIMED_OUT 0"), seen);
    }

    @Test
    void await_timeIsOverBeforeItBegins_breaksTheBarrierAndIsNoWait() {
        ProcessBarrier barrier = ProcessBarrier.create(session, "too late", 2, BarrierOptions.standard());
        assertThrows(BrokenBarrierException.class, () -> barrier.await(0, TimeUnit.MILLISECONDS));
        assertEquals(List.of("BARRIER_BROKEN 0"), seen("too late", ""));
    }
}
