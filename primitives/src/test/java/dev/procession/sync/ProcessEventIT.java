package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import dev.procession.testing.Eventually;
import dev.procession.testing.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events between real processes, some of which are really killed or stopped. */
@Timeout(120)
class ProcessEventIT {
    private static final int ROUND = 0;
    private static final int READY = 1;
    private static final int PASSED = 2;
    private static final int FAILED = 3;

    private final TestSession test = new TestSession();
    private final Session session = test.session();

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    /** How many processes sleep for the event. */
    private static int sleeping(ProcessEvent event) {
        int sum = 0;
        for (long word : ((EventHandle) event).core().sleepingSlots()) {
            sum += Long.bitCount(word);
        }
        return sum;
    }

    private static void sleep(ProcessEvent event, int processes) throws InterruptedException {
        Eventually.holds(() -> sleeping(event) == processes, () -> sleeping(event) + " sleep, not " + processes);
    }

    /** E03; E01 and E02 seen from another process */
    @Test
    void set_byAnotherProcess_wakes() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        event.set();
        event.clear();
        ChildProcess child = test.start("setter", () -> {
            assertFalse(event.isSet());
            assertFalse(event.await(10, TimeUnit.MILLISECONDS));
            Thread.sleep(350);
            event.set();
        });
        event.await();
        assertTrue(event.isSet());
        TestSession.joined(child);
        assertEquals(0, session.rescues());
    }

    /** E07, X07: 15 rounds, 4 processes with one waiter each and 2 threads here: 90 of 90. */
    @Test
    void pulse_everybodyWhoWaitedAnywhere_passes() throws Exception {
        int rounds = 15;
        ProcessEvent event = ProcessEvent.create(session);
        Cells cells = Cells.create(session, 4);
        for (int child = 0; child < 4; child++) {
            test.start("waiter", () -> {
                for (int round = 1; round <= rounds; round++) {
                    cells.await(ROUND, round);
                    cells.add(event.await(20, TimeUnit.SECONDS) ? PASSED : FAILED, 1);
                }
            });
        }
        for (int round = 1; round <= rounds; round++) {
            List<Future<Boolean>> here = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                here.add(test.thread(() -> event.await(20, TimeUnit.SECONDS)));
            }
            cells.set(ROUND, round);
            sleep(event, 5);
            Eventually.holds("2 sleep here", () -> ((EventHandle) event).core().localSleepers() == 2);
            event.set();
            event.clear();
            for (Future<Boolean> waiter : here) {
                assertTrue(waiter.get());
            }
            cells.await(PASSED, 4L * round);
        }
        assertEquals(0, cells.get(FAILED));
        assertEquals(0, session.rescues());
    }

    /** X06: set() and isSet() go on, and so do the living waiters. */
    @Test
    void set_aWaiterWasKilled_othersPass() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        Cells cells = Cells.create(session, 4);
        ChildProcess doomed = test.start("doomed", event::await);
        ChildProcess living = test.start("living", () -> {
            event.await();
            cells.add(PASSED, 1);
        });
        Future<Boolean> here = test.thread(() -> event.await(20, TimeUnit.SECONDS));
        sleep(event, 3);
        doomed.kill();
        assertFalse(doomed.join(Duration.ZERO));
        long start = System.nanoTime();
        event.set();
        assertTrue(event.isSet());
        event.clear();
        assertTrue(System.nanoTime() - start < 1_000_000_000L, "set() was held up by a dead waiter");
        assertTrue(here.get());
        TestSession.joined(living);
        assertEquals(1, cells.get(PASSED));
        doomed.join();
        Eventually.holds("what a dead one left in the bitmap goes with the next set()", () -> {
            event.set();
            return sleeping(event) == 0;
        });
    }

    /** A stopped waiter delays nobody, and passes when it goes on. */
    @Test
    void set_aWaiterIsStopped_othersPassAtOnceAndItLater() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        Cells cells = Cells.create(session, 4);
        ChildProcess stopped = test.start("stopped", () -> {
            event.await();
            cells.add(PASSED, 1);
        });
        ChildProcess living = test.start("living", () -> {
            event.await();
            cells.add(PASSED, 1);
        });
        sleep(event, 2);
        TestSession.signal(stopped, "STOP");
        long start = System.nanoTime();
        for (int pulse = 0; pulse < 2000; pulse++) {
            event.set(); // more rings than its socket holds: none of them may wait
            event.clear();
        }
        assertTrue(System.nanoTime() - start < 5_000_000_000L, "set() was held up by a stopped waiter");
        TestSession.joined(living);
        assertEquals(1, cells.get(PASSED));
        TestSession.signal(stopped, "CONT");
        TestSession.joined(stopped);
        assertEquals(2, cells.get(PASSED));
    }

    /** X08: a process that is about to end sets the event which its own main thread waits for. */
    @Test
    void set_byShutdownHook_wakesItsOwnProcessAndOthers() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        Cells cells = Cells.create(session, 4);
        ChildProcess child = test.start("ending", () -> {
            Thread waiter = new Thread(() -> {
                event.awaitUninterruptibly();
                cells.add(PASSED, 1);
            });
            waiter.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                event.set();
                while (cells.get(PASSED) == 0) {
                    Thread.onSpinWait();
                }
            }));
            cells.set(READY, 1);
            Thread.sleep(100_000);
        });
        cells.await(READY, 1);
        Future<Boolean> here = test.thread(() -> event.await(20, TimeUnit.SECONDS));
        sleep(event, 2);
        Signals.send("TERM", child.pid());
        assertTrue(here.get());
        assertTrue(child.join(Duration.ofSeconds(20)));
        assertEquals(1, cells.get(PASSED));
    }

    /** A setter that dies between its store and its rings costs a recheck, and no more. */
    @Test
    void set_setterKilledBeforeItRings_waitersPassByRecheck() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        Future<Boolean> here = test.thread(() -> event.await(20, TimeUnit.SECONDS));
        ChildProcess other = test.start("other", event::await);
        sleep(event, 2);
        ChildProcess setter = test.start("setter", event::set, "-Dprocession.dieAt=event.set");
        setter.join();
        assertEquals(-9, setter.exitCode().orElseThrow());
        assertTrue(here.get());
        TestSession.joined(other);
        assertTrue(event.isSet());
    }

    /** The bitmap's owner goes while it sleeps: interrupts and timeouts leave nothing behind. */
    @Test
    void await_timedOutEverywhere_leavesNoTrace() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        ChildProcess child = test.start("impatient", () -> assertFalse(event.await(350, TimeUnit.MILLISECONDS)));
        assertFalse(event.await(100, TimeUnit.MILLISECONDS));
        TestSession.joined(child);
        assertEquals(0, sleeping(event));
        assertEquals(0, session.rescues());
    }

    /** The event of a child that ended is still there for the others, as it was. */
    @Test
    void event_madeByAChild_outlivesIt() throws Exception {
        String path = session.path().toString();
        ChildProcess maker = test.start("maker", () -> {
            try (Session own = Session.attach(Path.of(path))) {
                ProcessEvent.create(own, "left behind").set();
            }
        });
        TestSession.joined(maker);
        assertTrue(ProcessEvent.attach(session, "left behind").isSet());
    }
}
