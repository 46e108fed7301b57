package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.testing.Eventually;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.TimelineEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events between the threads of one JVM. */
@Timeout(60)
class ProcessEventTest {
    private static final long T1 = 820;

    private final TestSession test = new TestSession();
    private final Session session = test.session();

    @AfterEach
    void close() throws Exception {
        assertEquals(0, session.rescues());
        test.close();
    }

    /** E01, E06 */
    @Test
    void await_unset_falseWhenTheTimeIsOver() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        assertFalse(event.isSet());
        long start = System.nanoTime();
        assertFalse(event.await(0, TimeUnit.SECONDS));
        assertFalse(event.await(-1, TimeUnit.SECONDS));
        assertFalse(event.await(Duration.ofSeconds(-1)));
        assertTrue(millisSince(start) < 1000);
        start = System.nanoTime();
        assertFalse(event.await(T1, TimeUnit.MILLISECONDS));
        assertTrue(millisSince(start) >= T1, () -> "too early");
        assertFalse(event.await(Duration.ofMillis(1)));
    }

    /** E02 */
    @Test
    void await_set_trueAtOnce() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        event.set();
        event.set();
        assertTrue(event.isSet());
        long start = System.nanoTime();
        event.await();
        event.awaitUninterruptibly();
        assertTrue(event.await(T1, TimeUnit.MILLISECONDS));
        assertTrue(event.await(Duration.ZERO));
        assertTrue(millisSince(start) < 1000);
        event.clear();
        event.clear();
        assertFalse(event.isSet());
        assertFalse(event.await(Duration.ZERO));
    }

    /** E04 */
    @Test
    void toString_showsTheState() {
        ProcessEvent event = ProcessEvent.create(session, "ready");
        assertEquals("event \"ready\": unset", event.toString());
        event.set();
        assertEquals("event \"ready\": set", event.toString());
        event.clear();
        assertEquals("event \"ready\": unset", event.toString());
        assertEquals("ready", event.name());
        event.close();
        event.close();
        assertEquals("event \"ready\" (closed)", event.toString());
        IllegalStateException closed = assertThrows(IllegalStateException.class, event::set);
        assertEquals("event \"ready\" was closed by this process: open or attach it again", closed.getMessage());
        assertThrows(IllegalStateException.class, event::clear);
        assertThrows(IllegalStateException.class, event::isSet);
        assertThrows(IllegalStateException.class, event::await);
    }

    @Test
    void names_followTheRules() {
        ProcessEvent event = ProcessEvent.open(session, "e");
        event.set();
        assertTrue(ProcessEvent.open(session, "e").isSet());
        assertTrue(ProcessEvent.attach(session, "e").isSet());
        assertThrows(NameInUseException.class, () -> ProcessEvent.create(session, "e"));
        assertThrows(ObjectGoneException.class, () -> ProcessEvent.attach(session, "other"));
        ProcessLock.create(session, "l", LockOptions.standard());
        assertEquals(
                "the object \"l\" is a lock, not an event",
                assertThrows(IllegalArgumentException.class, () -> ProcessEvent.open(session, "l"))
                        .getMessage());
    }

    /** E07, X07: 30 rounds of 3 waiters, each of which sleeps when the pulse comes. */
    @Test
    void pulse_everybodyWhoWaited_passes() throws Exception {
        EventHandle event = (EventHandle) ProcessEvent.create(session);
        int passed = 0;
        for (int round = 0; round < 30; round++) {
            List<Future<Boolean>> waiters = new ArrayList<>();
            for (int waiter = 0; waiter < 3; waiter++) {
                waiters.add(test.thread(() -> event.await(20, TimeUnit.SECONDS)));
            }
            Eventually.holds("3 sleep", () -> event.core().localSleepers() == 3);
            event.set();
            event.clear();
            for (Future<Boolean> waiter : waiters) {
                passed += waiter.get() ? 1 : 0;
            }
        }
        assertEquals(90, passed);
        assertFalse(event.isSet());
    }

    /** A waiter that comes after the clear waits for the next set. */
    @Test
    void await_afterPulse_waits() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        event.set();
        event.clear();
        assertFalse(event.await(50, TimeUnit.MILLISECONDS));
    }

    @Test
    void await_interrupted_throwsAndOthersGoOn() throws Exception {
        EventHandle event = (EventHandle) ProcessEvent.create(session);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, event::await);
        assertFalse(Thread.interrupted());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> event.await(0, TimeUnit.SECONDS));
        Thread[] sleeper = new Thread[1];
        Future<Boolean> interrupted = test.thread(() -> {
            sleeper[0] = Thread.currentThread();
            try {
                event.await();
                return false;
            } catch (InterruptedException e) {
                return !Thread.currentThread().isInterrupted();
            }
        });
        Future<Boolean> other = test.thread(() -> event.await(20, TimeUnit.SECONDS));
        Thread[] patient = new Thread[1];
        Future<Boolean> uninterruptible = test.thread(() -> {
            patient[0] = Thread.currentThread();
            event.awaitUninterruptibly();
            return Thread.interrupted();
        });
        Eventually.holds("3 sleep", () -> event.core().localSleepers() == 3);
        sleeper[0].interrupt();
        patient[0].interrupt();
        assertTrue(interrupted.get());
        assertFalse(other.isDone());
        assertFalse(uninterruptible.isDone());
        event.set();
        assertTrue(other.get());
        assertTrue(uninterruptible.get(), "the interrupt is kept");
    }

    /** X08: from wherever Java runs code beside the program, while the same process waits. */
    @Test
    void set_fromCleaner_wakesThisProcess() throws Exception {
        EventHandle event = (EventHandle) ProcessEvent.create(session);
        Future<Boolean> waiter = test.thread(() -> event.await(20, TimeUnit.SECONDS));
        Eventually.holds("it sleeps", () -> event.core().localSleepers() == 1);
        Cleaner.create().register(new Object(), event::set);
        Eventually.holds("the cleaner ran", () -> {
            System.gc();
            return event.isSet();
        });
        assertTrue(waiter.get());
    }

    /** set() of an interrupted thread rings as well, and keeps the interrupt. */
    @Test
    void set_interruptedThread_wakesAndStaysInterrupted() throws Exception {
        EventHandle event = (EventHandle) ProcessEvent.create(session);
        Future<Boolean> waiter = test.thread(() -> event.await(20, TimeUnit.SECONDS));
        Eventually.holds("it sleeps", () -> event.core().localSleepers() == 1);
        Thread.currentThread().interrupt();
        event.set();
        assertTrue(Thread.interrupted());
        assertTrue(waiter.get());
    }

    @Test
    void set_thousandWaiters_allPass() throws Exception {
        EventHandle event = (EventHandle) ProcessEvent.create(session);
        List<Future<Boolean>> waiters = new ArrayList<>();
        for (int waiter = 0; waiter < 1000; waiter++) {
            waiters.add(test.thread(() -> event.await(30, TimeUnit.SECONDS)));
        }
        Eventually.holds("1000 sleep", () -> event.core().localSleepers() == 1000);
        event.set();
        event.clear();
        for (Future<Boolean> waiter : waiters) {
            assertTrue(waiter.get());
        }
    }

    /** Many setters and clearers at once: no set is lost, and the word stays what it was meant to be. */
    @Test
    void setAndClear_racing_lastOneWins() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        List<Future<Void>> racers = new ArrayList<>();
        for (int racer = 0; racer < 4; racer++) {
            boolean sets = racer % 2 == 0;
            racers.add(test.thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    if (sets) {
                        event.set();
                    } else {
                        event.clear();
                    }
                }
                return null;
            }));
        }
        for (Future<Void> racer : racers) {
            racer.get();
        }
        event.set();
        assertTrue(event.isSet());
        event.clear();
        assertFalse(event.isSet());
    }

    @Test
    void session_closed_endsWaits() throws Exception {
        try (TestSession other = new TestSession()) {
            EventHandle event = (EventHandle) ProcessEvent.create(other.session());
            Future<Boolean> waiter = test.thread(() -> event.await(30, TimeUnit.SECONDS));
            Eventually.holds("it sleeps", () -> event.core().localSleepers() == 1);
            other.session().close();
            Exception thrown = assertThrows(Exception.class, waiter::get);
            assertEquals(
                    "the session was closed while this thread waited in it",
                    thrown.getCause().getMessage());
        }
    }

    @Test
    void handle_serialized_isTheSameEvent() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(event);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                ProcessEvent copy = (ProcessEvent) in.readObject()) {
            copy.set();
            assertTrue(event.isSet());
        }
        event.close();
        while (session.usage().objects() > 0) {
            Thread.sleep(20);
        }
    }

    @Test
    void recording_writesDownWhatHappened() throws Exception {
        try (TestSession recorded = new TestSession(SessionOptions.standard().recording(true))) {
            ProcessEvent event = ProcessEvent.create(recorded.session());
            assertFalse(event.await(Duration.ofMillis(1)));
            event.set();
            event.set();
            event.clear();
            Thread setter = new Thread(event::set);
            setter.start();
            event.await();
            setter.join();
            List<EventKind> kinds = new ArrayList<>();
            for (TimelineEvent seen : recorded.session().timeline().events()) {
                if (seen.kind() != EventKind.PROCESSOR_TIME) {
                    kinds.add(seen.kind());
                }
            }
            assertEquals(EventKind.ATTACHED, kinds.remove(0));
            assertEquals(
                    List.of(EventKind.WAIT_BEGIN, EventKind.WAIT_TIMED_OUT, EventKind.SET, EventKind.CLEARED),
                    kinds.subList(0, 4));
            assertTrue(kinds.contains(EventKind.SET));
        }
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
