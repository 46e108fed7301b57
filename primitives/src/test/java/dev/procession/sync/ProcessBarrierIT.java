package dev.procession.sync;

import static dev.procession.testing.Signals.goOn;
import static dev.procession.testing.Signals.stop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.session.Session;
import dev.procession.testing.BriefChildren;
import dev.procession.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Barriers between real processes, some of which are killed or stopped. */
@Timeout(120)
class ProcessBarrierIT {
    private static final Duration LONG = Duration.ofSeconds(100);

    /** A hundred in the profile {@code long}. */
    private static final int RANDOM_KILLS = Math.max(6, Integer.getInteger("procession.soak.kills", 100) / 10);

    private final Session session = Session.create();
    private final List<ChildProcess> children = new ArrayList<>();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void close() throws Exception {
        pool.shutdownNow();
        for (ChildProcess child : children) {
            child.kill();
            assertTrue(child.join(Duration.ofSeconds(10)));
        }
        session.close();
        TestSession.gone(session);
    }

    private ChildProcess start(String name, ChildTask task, String... jvmOptions) {
        ChildProcess child = ChildProcess.of(
                BriefChildren.options()
                        .name(name)
                        .jvmOptions(List.of(jvmOptions))
                        .build(),
                task);
        child.start();
        children.add(child);
        return child;
    }

    private Future<Integer> inThread(Callable<Integer> task) {
        return pool.submit(task);
    }

    private static BrokenBarrierException broken(Future<Integer> future) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
        assertSame(BrokenBarrierException.class, e.getCause().getClass(), e.toString());
        return (BrokenBarrierException) e.getCause();
    }

    /** B01 to B09, five processes */
    @Test
    void cases_byProcesses_hold() throws Exception {
        BarrierCases cases = new BarrierCases(session);
        for (int i = 1; i < BarrierCases.PARTIES; i++) {
            start("party-" + i, cases::run);
        }
        cases.run();
        for (ChildProcess child : children) {
            child.joinOrThrow();
        }
        assertEquals(0, session.rescues());
    }

    /** B01 to B09, two threads here and three in another process */
    @Test
    void cases_byThreadsOfTwoProcesses_hold() throws Exception {
        BarrierCases cases = new BarrierCases(session);
        ChildProcess child = start("three", () -> {
            ExecutorService three = Executors.newFixedThreadPool(3);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(three.submit(() -> {
                    cases.run();
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get(60, TimeUnit.SECONDS);
            }
            three.shutdown();
        });
        Future<Integer> other = inThread(() -> {
            cases.run();
            return 0;
        });
        cases.run();
        other.get(60, TimeUnit.SECONDS);
        child.joinOrThrow();
        assertEquals(0, session.rescues());
    }

    /** B12, without a manager: parties and reset() in a child */
    @Test
    void reset_inAChild_works() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 5);
        barrier.abort();
        start("child", () -> {
                    assertEquals(5, barrier.getParties());
                    assertTrue(barrier.isBroken());
                    barrier.reset();
                })
                .joinOrThrow();
        assertFalse(barrier.isBroken());
    }

    /** X09 */
    @Test
    void await_registeredPartyKilledBeforeItArrives_breaksAtOnce() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 3, BarrierOptions.standard());
        ProcessBarrier.Registration here = barrier.register();
        ChildProcess child = start("worker", () -> {
            barrier.register();
            Thread.sleep(LONG.toMillis());
        });
        Future<Integer> waits = inThread(barrier::await);
        Eventually.holds(
                "the child is registered",
                () -> barrier.toString().contains("registered and not there: process " + child.pid() + " (worker)"));
        child.kill();
        long start = System.nanoTime();
        String message = broken(waits).getMessage();
        SemaphoreCases.assertMillis(0, 10_000, start);
        assertTrue(
                message.startsWith("barrier \"start\": process " + child.pid()
                        + " (worker) died before all had arrived and passed, "),
                message);
        assertTrue(message.endsWith("; 1 of 3 parties had arrived; reset() opens it again"), message);
        assertThrows(BrokenBarrierException.class, barrier::await);
        assertEquals(child.pid(), barrier.ownerDeath().orElseThrow().pid());
        child.join();
        // Only the parent knows the exit status, and only if it noticed the death as the first.
        String death = barrier.ownerDeath().orElseThrow().describe();
        assertTrue(
                death.matches("a place in barrier \"start\": process " + child.pid()
                        + " \\(worker\\) ended holding it, (killed by signal 9|exit status unknown)"),
                death);
        barrier.reset();
        assertTrue(barrier.ownerDeath().isEmpty());
        barrier.register(); // its place is free
        barrier.register();
        assertThrows(IllegalStateException.class, barrier::register);
        here.close();
    }

    /** X09, when nobody waits yet */
    @Test
    void isBroken_registeredPartyKilledBeforeAnybodyComes_isTrue() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        ProcessSemaphore registered = ProcessSemaphore.counting(session, 0);
        ChildProcess child = start("worker", () -> {
            barrier.register();
            registered.release();
            Thread.sleep(LONG.toMillis());
        });
        registered.acquire();
        child.kill();
        Eventually.holds("it is broken", barrier::isBroken);
        assertTrue(assertThrows(BrokenBarrierException.class, barrier::await)
                .getMessage()
                .contains("process " + child.pid() + " (worker) died"));
    }

    /** X10 */
    @Test
    void await_partyKilledInside_breaks() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 4, BarrierOptions.standard());
        ChildProcess child = start("worker", () -> {
            assertThrows(BrokenBarrierException.class, barrier::await);
        });
        ChildProcess other = start("other", () -> {
            String message =
                    assertThrows(BrokenBarrierException.class, barrier::await).getMessage();
            assertTrue(message.contains(" (worker) died before all had arrived"), message);
            Eventually.holds("it is reset", () -> !barrier.isBroken());
            barrier.await(LONG);
        });
        Future<Integer> waits = inThread(barrier::await);
        Eventually.holds("three wait", () -> barrier.getNumberWaiting() == 3);
        assertTrue(barrier.toString().contains("process " + child.pid() + " (worker)"), barrier.toString());
        child.kill();
        String message = broken(waits).getMessage();
        assertTrue(message.contains("process " + child.pid() + " (worker) died"), message);
        assertTrue(message.contains("; 3 of 4 parties had arrived"), message);
        assertEquals(0, barrier.getNumberWaiting());
        barrier.abort();
        barrier.reset();
        Future<Integer> again = inThread(() -> barrier.await(LONG));
        Future<Integer> and = inThread(() -> barrier.await(LONG));
        barrier.await(LONG);
        again.get();
        and.get();
        other.joinOrThrow();
    }

    /** X10: whatever happened to whom, abort() returns. */
    @Test
    void abort_partyStoppedInside_returns() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 3);
        ChildProcess child = start("worker", () -> assertThrows(BrokenBarrierException.class, barrier::await));
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        stop(child.pid());
        long start = System.nanoTime();
        barrier.abort();
        SemaphoreCases.assertMillis(0, 1000, start);
        assertTrue(barrier.isBroken());
        goOn(child.pid());
        child.joinOrThrow();
    }

    /** A stopped party is waited for; one that was stopped inside learns later what became of its pass. */
    @Test
    void await_partyStopped_isWaitedForAndLearnsItsOutcome() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        ProcessSemaphore indexes = ProcessSemaphore.counting(session, 10);
        ChildTask task = () -> indexes.release(1 + barrier.await());
        ChildProcess child = start("stopped", task);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        stop(child.pid());
        assertEquals(1, barrier.await());
        for (int i = 0; i < 30; i++) {
            // Generations come and go, of which some pass and some fail.
            Future<Integer> waits = inThread(barrier::await);
            Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
            if (i % 3 == 0) {
                barrier.await();
                waits.get(10, TimeUnit.SECONDS);
            } else {
                barrier.reset();
                broken(waits);
            }
        }
        assertEquals(10, indexes.availablePermits());
        goOn(child.pid());
        child.joinOrThrow();
        assertEquals(11, indexes.availablePermits(), "it passed, with index 0");

        ChildProcess second = start("stopped too", () -> {
            String message =
                    assertThrows(BrokenBarrierException.class, barrier::await).getMessage();
            indexes.release(message.contains("reset it") ? 100 : 1000);
        });
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        stop(second.pid());
        barrier.reset();
        Future<Integer> waits = inThread(barrier::await);
        barrier.await();
        waits.get(10, TimeUnit.SECONDS);
        goOn(second.pid());
        second.joinOrThrow();
        assertEquals(111, indexes.availablePermits());
    }

    /** X11 */
    @Test
    void await_byMoreProcessesThanParties_itTellsThatNobodyIsLeft() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 2, BarrierOptions.standard());
        ProcessSemaphore passed = ProcessSemaphore.counting(session, 0);
        for (int i = 0; i < 2; i++) {
            start("party-" + i, () -> {
                barrier.await();
                passed.release();
            });
        }
        Future<Integer> waits = inThread(barrier::await);
        // The last one of three: this process, which has a handle and waits, or a child beside this process.
        Eventually.holds(
                "one is left, and it says so",
                () -> barrier.getNumberWaiting() == 1
                        && (waits.isDone()
                                ? barrier.toString().contains("1 of 2 parties have arrived: process ")
                                : barrier.toString().endsWith("nobody is left who could come")));
        barrier.await(LONG);
        waits.get(10, TimeUnit.SECONDS);
        for (ChildProcess child : children) {
            child.joinOrThrow();
        }
        assertEquals(2, passed.availablePermits());
    }

    /** Killed while it runs the action: broken, and nobody runs it again. */
    @Test
    void await_killedInTheAction_breaks() throws Exception {
        ProcessSemaphore acted = ProcessSemaphore.counting(session, 0);
        long here = ProcessHandle.current().pid();
        ProcessBarrier barrier =
                ProcessBarrier.create(session, 2, BarrierOptions.standard().action(() -> {
                    acted.release();
                    if (ProcessHandle.current().pid() != here) {
                        sleep();
                    }
                }));
        Future<Integer> waits = inThread(barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        ChildProcess child = start("worker", barrier::await);
        Eventually.holds("the action runs", () -> acted.availablePermits() == 1);
        child.kill();
        assertTrue(broken(waits).getMessage().contains("process " + child.pid() + " (worker) died"));
        assertEquals(1, acted.availablePermits());
        barrier.reset();
        Future<Integer> again = inThread(barrier::await);
        barrier.await();
        again.get();
        assertEquals(2, acted.availablePermits());
    }

    private static void sleep() {
        try {
            Thread.sleep(LONG.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String dieAt(String label) {
        return "-Dprocession.dieAt=barrier." + label;
    }

    /** Killed after each store of an arrival: the other party is told, and the barrier can be used on. */
    @ParameterizedTest
    @ValueSource(strings = {"claimed", "arrived"})
    void await_killedAtALabelOfTheArrival_breaks(String label) throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        ChildProcess child = start("victim", barrier::await, dieAt(label));
        assertTrue(child.join(Duration.ofSeconds(30)), "the child did not die at " + label);
        assertEquals(-9, child.exitCode().orElseThrow());
        Eventually.holds("it is noticed", barrier::isBroken);
        assertTrue(assertThrows(BrokenBarrierException.class, () -> barrier.await(LONG))
                .getMessage()
                .contains("process " + child.pid() + " (victim) died"));
        assertUsable(barrier);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tripping", "acted", "passed"})
    void await_killedAtALabelOfThePass_actsOnce(String label) throws Exception {
        ProcessSemaphore acted = ProcessSemaphore.counting(session, 0);
        ProcessBarrier barrier =
                ProcessBarrier.create(session, 2, BarrierOptions.standard().action(acted::release));
        Future<Integer> waits = inThread(barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        ChildProcess child = start("victim", barrier::await, dieAt(label));
        assertTrue(child.join(Duration.ofSeconds(30)), "the child did not die at " + label);
        assertEquals(-9, child.exitCode().orElseThrow());
        if (label.equals("passed")) {
            assertEquals(0, waits.get(10, TimeUnit.SECONDS));
        } else {
            assertTrue(broken(waits).getMessage().contains("process " + child.pid() + " (victim) died"));
        }
        assertEquals(label.equals("tripping") ? 0 : 1, acted.availablePermits());
        assertUsable(barrier);
    }

    @Test
    void await_killedWhenItPassed_theOthersPass() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        Future<Integer> waits = inThread(barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        start("victim", barrier::await, dieAt("passed"));
        assertEquals(0, waits.get(20, TimeUnit.SECONDS));
        assertUsable(barrier);
    }

    /** Killed while it aborts: either nothing has happened, or the barrier is broken. */
    @ParameterizedTest
    @ValueSource(strings = {"noted", "broken"})
    void abort_killedAtALabel_isDoneOrNot(String label) throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        Future<Integer> waits = inThread(barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        ChildProcess child = start("victim", barrier::abort, dieAt(label));
        assertTrue(child.join(Duration.ofSeconds(30)), "the child did not die at " + label);
        if (label.equals("noted")) {
            assertEquals(1, barrier.await(LONG));
            assertEquals(0, waits.get(10, TimeUnit.SECONDS));
        } else {
            assertTrue(broken(waits).getMessage().contains("process " + child.pid() + " (victim) aborted it"));
        }
        assertUsable(barrier);
    }

    /** Killed while it resets: either nothing has happened, or whoever comes next finishes it. */
    @ParameterizedTest
    @ValueSource(strings = {"unsealed", "resetting", "failed", "reset"})
    void reset_killedAtALabel_isDoneOrNot(String label) throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        Future<Integer> waits = inThread(barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        ChildProcess child = start("victim", barrier::reset, dieAt(label));
        assertTrue(child.join(Duration.ofSeconds(30)), "the child did not die at " + label);
        if (label.equals("unsealed")) {
            assertEquals(1, barrier.await(LONG));
            assertEquals(0, waits.get(10, TimeUnit.SECONDS));
        } else {
            assertTrue(broken(waits).getMessage().contains("process " + child.pid() + " (victim) reset it"));
            assertFalse(barrier.isBroken());
            Future<Integer> again = inThread(() -> barrier.await(LONG));
            barrier.await(LONG);
            again.get();
        }
        assertUsable(barrier);
    }

    @ParameterizedTest
    @ValueSource(strings = {"registered", "sealed", "leaving", "unregistered"})
    void register_killedAtALabel_breaks(String label) throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        barrier.register();
        Future<Integer> waits = inThread(barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        ChildProcess child = start("victim", () -> barrier.register().close(), dieAt(label));
        String message = broken(waits).getMessage();
        assertTrue(
                message.contains("process " + child.pid() + " (victim) "
                        + (label.equals("unregistered") ? "left it: nobody is left who could complete it" : "died")),
                message);
        assertUsable(barrier);
    }

    /** Killed while it settles the death of a registered party: the next one does it. */
    @ParameterizedTest
    @ValueSource(strings = {"noted", "broken", "forgotten"})
    void settle_killedAtALabel_isDoneByTheNext(String label) throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        ProcessSemaphore registered = ProcessSemaphore.counting(session, 0);
        ChildProcess child = start(
                "victim",
                () -> {
                    while (true) {
                        ChildProcess party = ChildProcess.of(
                                ChildOptions.builder()
                                        .name("party")
                                        .inheritJvmOptions(false)
                                        .build(),
                                () -> {
                                    barrier.register();
                                    registered.release();
                                    Thread.sleep(LONG.toMillis());
                                });
                        party.start();
                        registered.acquire();
                        party.kill();
                        party.join();
                        Eventually.holds("it is broken", barrier::isBroken);
                        barrier.reset();
                    }
                },
                dieAt(label));
        assertTrue(child.join(Duration.ofSeconds(60)), "the child did not die at " + label);
        Eventually.holds("the registration is over", () -> !barrier.toString().contains("registered and"));
        assertUsable(barrier);
    }

    private void assertUsable(ProcessBarrier barrier) throws Exception {
        Eventually.holds("deaths are settled", () -> {
            barrier.reset();
            Future<Integer> other = inThread(() -> barrier.await(10, TimeUnit.SECONDS));
            try {
                return barrier.await(10, TimeUnit.SECONDS) + other.get() == 1;
            } catch (BrokenBarrierException e) {
                return false;
            }
        });
        for (int i = 0; i < 10; i++) {
            Future<Integer> other = inThread(() -> barrier.await(10, TimeUnit.SECONDS));
            barrier.await(10, TimeUnit.SECONDS);
            other.get();
        }
        assertFalse(barrier.isBroken());
        assertEquals(0, barrier.getNumberWaiting());
    }

    /** Parties die at random, a tenth of {@code -Dprocession.soak.kills=} times; the others reset and go on. */
    @Test
    @Timeout(300)
    void await_randomKills_theOthersGoOn() throws Exception {
        long seed = Long.getLong("procession.seed", System.nanoTime());
        System.out.println("ProcessBarrierIT seed " + seed);
        Random random = new Random(seed);
        ProcessBarrier barrier = ProcessBarrier.create(session, 3);
        ProcessSemaphore passes = ProcessSemaphore.counting(session, 0);
        ChildTask task = () -> {
            try (ProcessBarrier.Registration here = barrier.register()) {
                while (true) {
                    try {
                        barrier.await();
                        passes.release();
                    } catch (BrokenBarrierException e) {
                        Thread.sleep(5); // who resets is the parent
                    }
                }
            }
        };
        List<ChildProcess> parties = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parties.add(start("party-" + i, task));
        }
        for (int kill = 0; kill < RANDOM_KILLS; kill++) {
            int wanted = 3 + random.nextInt(300);
            for (int i = 0; i < wanted; i++) {
                assertTrue(passes.tryAcquire(20, TimeUnit.SECONDS), "nobody passes: " + barrier);
            }
            int victim = random.nextInt(3);
            parties.get(victim).kill();
            Eventually.holds("it is broken", barrier::isBroken);
            String text = barrier.toString();
            assertTrue(text.contains("process " + parties.get(victim).pid() + " ("), text);
            barrier.reset();
            passes.drainPermits();
            parties.set(victim, start("party-" + (kill + 3), task));
        }
    }
}
