package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import dev.procession.session.Session;
import dev.procession.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Barriers between the threads of one JVM. */
@Timeout(60)
class ProcessBarrierTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Session session = Session.create();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void close() throws Exception {
        pool.shutdownNow();
        assertEquals(0, session.rescues(), "nobody was killed or stopped");
        session.close();
        TestSession.gone(session);
    }

    private List<Future<Integer>> start(int threads, Callable<Integer> task) {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            futures.add(pool.submit(task));
        }
        return futures;
    }

    private static BrokenBarrierException broken(Future<Integer> future) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
        assertSame(BrokenBarrierException.class, e.getCause().getClass(), e.toString());
        return (BrokenBarrierException) e.getCause();
    }

    private String me() {
        return "process " + ProcessHandle.current().pid() + " (MainProcess)";
    }

    /** B01 to B09 */
    @Test
    void cases_byThreads_hold() throws Exception {
        BarrierCases cases = new BarrierCases(session);
        for (Future<Integer> future : start(BarrierCases.PARTIES, () -> {
            cases.run();
            return 0;
        })) {
            future.get(50, TimeUnit.SECONDS);
        }
    }

    /** B10 */
    @Test
    void await_ofOneParty_passes() throws Exception {
        AtomicInteger acted = new AtomicInteger();
        ProcessBarrier barrier = ProcessBarrier.create(session, 1);
        assertEquals(0, barrier.await());
        assertEquals(0, barrier.await());
        assertEquals(0, barrier.await(0, TimeUnit.SECONDS));
        ProcessBarrier acting =
                ProcessBarrier.create(session, 1, BarrierOptions.standard().action(acted::incrementAndGet));
        assertEquals(0, acting.await());
        assertEquals(0, acting.await(Duration.ZERO));
        assertEquals(2, acted.get());
    }

    /** B13 */
    @Test
    void create_withoutParties_isRefused() {
        for (int parties : new int[] {0, -1, 16_384}) {
            assertEquals(
                    "a barrier has 1 to 16383 parties: parties=" + parties,
                    assertThrows(IllegalArgumentException.class, () -> ProcessBarrier.create(session, parties))
                            .getMessage());
        }
        assertEquals(
                "timeout must be more than zero: timeout=PT0S",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> BarrierOptions.standard().timeout(Duration.ZERO))
                        .getMessage());
    }

    @Test
    void await_timedOut_messageTellsWho() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 3, BarrierOptions.standard());
        List<Future<Integer>> other = start(1, barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        BrokenBarrierException mine =
                assertThrows(BrokenBarrierException.class, () -> barrier.await(100, TimeUnit.MILLISECONDS));
        String expected = "barrier \"start\": " + me() + " waited for the others as long as it was to, and gave up; "
                + "2 of 3 parties had arrived; reset() opens it again";
        assertEquals(expected, mine.getMessage());
        assertEquals(expected, broken(other.get(0)).getMessage());
        assertThrows(BrokenBarrierException.class, barrier::await);
        assertTrue(barrier.toString().startsWith("barrier \"start\": broken: process "), barrier.toString());
        assertTrue(barrier.ownerDeath().isEmpty());
        barrier.reset();
        assertFalse(barrier.isBroken());
        assertEquals("barrier \"start\": 0 of 3 parties have arrived", barrier.toString());
    }

    @Test
    void await_interrupted_breaks() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 3, BarrierOptions.standard());
        List<Future<Integer>> other = start(1, barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, barrier::await);
        assertFalse(Thread.interrupted());
        assertTrue(broken(other.get(0)).getMessage().contains("a thread of " + me() + " was interrupted; 1 of 3"));
        barrier.reset();
        List<Future<Integer>> others = start(2, barrier::await);
        Eventually.holds("they wait", () -> barrier.getNumberWaiting() == 2);
        pool.shutdownNow();
        int interrupted = 0;
        for (Future<Integer> future : others) {
            ExecutionException e = assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
            interrupted += e.getCause() instanceof InterruptedException ? 1 : 0;
        }
        assertTrue(interrupted >= 1);
        assertTrue(barrier.isBroken());
    }

    @Test
    void await_actionFails_breaks() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(
                session, "start", 2, BarrierOptions.standard().action(() -> {
                    throw new UnsupportedOperationException("no");
                }));
        List<Future<Integer>> other = start(1, barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        assertThrows(UnsupportedOperationException.class, barrier::await);
        assertTrue(broken(other.get(0)).getMessage().contains("the action failed in " + me() + "; 2 of 2"));
    }

    @Test
    void reset_andAbort_whileTheActionRuns_breakThatPass() throws Exception {
        AtomicInteger acted = new AtomicInteger();
        ProcessSemaphore acts = ProcessSemaphore.counting(session, 0);
        ProcessSemaphore go = ProcessSemaphore.counting(session, 0);
        ProcessBarrier barrier =
                ProcessBarrier.create(session, 2, BarrierOptions.standard().action(() -> {
                    acted.incrementAndGet();
                    acts.release();
                    go.acquireUninterruptibly();
                }));
        for (boolean abort : new boolean[] {true, false}) {
            List<Future<Integer>> both = start(2, barrier::await);
            acts.acquire();
            assertTrue(barrier.toString().endsWith("2 of 2 parties have arrived, the action runs"), "" + barrier);
            if (abort) {
                barrier.abort();
            } else {
                barrier.reset();
            }
            assertEquals(abort, barrier.isBroken());
            go.release();
            for (Future<Integer> future : both) {
                assertTrue(broken(future).getMessage().contains(me() + (abort ? " aborted it" : " reset it")));
            }
            barrier.reset();
        }
        assertEquals(2, acted.get());
        List<Future<Integer>> both = start(2, barrier::await);
        acts.acquire();
        go.release();
        assertEquals(1, both.get(0).get() + both.get(1).get());
    }

    /** It belongs to the next pass: those who have all arrived must pass, whatever becomes of it. */
    @Test
    void newcomer_givesUpWhileTheActionRuns_breaksNothing() throws Exception {
        ProcessSemaphore acts = ProcessSemaphore.counting(session, 0);
        ProcessSemaphore go = ProcessSemaphore.counting(session, 0);
        ProcessBarrier barrier =
                ProcessBarrier.create(session, 2, BarrierOptions.standard().action(() -> {
                    acts.release();
                    go.acquireUninterruptibly();
                }));
        List<Future<Integer>> both = start(2, barrier::await);
        acts.acquire();
        assertTrue(assertThrows(BrokenBarrierException.class, () -> barrier.await(30, TimeUnit.MILLISECONDS))
                .getMessage()
                .contains("it had not arrived"));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, barrier::await);
        Thread newcomer = new Thread(() -> assertThrows(InterruptedException.class, barrier::await));
        newcomer.start();
        Thread.sleep(50);
        newcomer.interrupt();
        newcomer.join();
        go.release();
        assertEquals(1, both.get(0).get() + both.get(1).get());
        assertFalse(barrier.isBroken());
    }

    @Test
    void word_keepsItsParts() {
        long word = 0;
        for (int generation = 0; generation < 3; generation++) {
            assertEquals(generation, BarrierWord.generation(word));
            assertEquals(0, BarrierWord.arrived(word));
            assertEquals(BarrierWord.OPEN, BarrierWord.state(word));
            for (int i = 0; i < BarrierWord.MOST_PARTIES; i++) {
                word = BarrierWord.arrive(word);
            }
            word = BarrierWord.withState(word, BarrierWord.TRIPPING);
            word = BarrierWord.withState(word, BarrierWord.BROKEN);
            assertEquals(BarrierWord.MOST_PARTIES, BarrierWord.arrived(word));
            assertEquals(BarrierWord.BROKEN, BarrierWord.state(word));
            assertEquals(generation, BarrierWord.generation(word));
            word = BarrierWord.next(word);
        }
    }

    /** X11: nine threads at a barrier of five: four are left, and it says so. */
    @Test
    void await_byMoreThanParties_theyPassInGroups() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 5, BarrierOptions.standard());
        List<Future<Integer>> all = start(9, () -> barrier.await(LONG));
        Eventually.holds(
                "five have passed",
                () -> all.stream().filter(Future::isDone).count() == 5 && barrier.getNumberWaiting() == 4);
        String text = barrier.toString();
        assertTrue(
                text.startsWith("barrier \"start\": 4 of 5 parties have arrived: " + me() + " x 4; every process"),
                text);
        assertTrue(text.endsWith("nobody is left who could come"), text);
        barrier.await(LONG);
        BitSet indexes = new BitSet();
        int passed = 0;
        for (Future<Integer> future : all) {
            indexes.set(future.get());
            passed++;
        }
        assertEquals(9, passed);
        assertEquals(5, indexes.cardinality());
    }

    /** Threads come in crowds of any number, and give up at random: nobody hangs, indexes are distinct in each pass. */
    @Test
    void await_crowded_everyPassIsWhole() throws Exception {
        AtomicInteger acted = new AtomicInteger();
        ProcessBarrier barrier =
                ProcessBarrier.create(session, 3, BarrierOptions.standard().action(acted::incrementAndGet));
        AtomicInteger firsts = new AtomicInteger();
        AtomicInteger passes = new AtomicInteger();
        List<Future<Integer>> all = start(12, () -> {
            for (int i = 0; i < 300; ) {
                try {
                    int index = barrier.await(5, TimeUnit.SECONDS);
                    firsts.addAndGet(index == 0 ? 1 : 0);
                    passes.incrementAndGet();
                    i++;
                } catch (BrokenBarrierException e) {
                    if (barrier.isBroken()) {
                        barrier.reset(); // not if another thread did: each reset breaks those who wait already
                    }
                }
                if (acted.get() > 900) {
                    break;
                }
            }
            return 0;
        });
        for (int i = 0; i < 50; i++) {
            barrier.abort();
            Thread.sleep(1);
        }
        Eventually.holds("they are through or too few are left", () -> {
            if (all.stream().filter(Future::isDone).count() >= 10) {
                barrier.abort(); // the last ones cannot pass any more
                acted.addAndGet(1000);
            }
            return all.stream().allMatch(Future::isDone);
        });
        for (Future<Integer> future : all) {
            future.get();
        }
        assertEquals(passes.get(), 3 * firsts.get());
    }

    @Test
    void open_withOtherFacts_isRefused() throws Exception {
        ProcessBarrier.Action action = () -> {};
        ProcessBarrier barrier = ProcessBarrier.open(session, "start", 3, BarrierOptions.standard());
        assertEquals(3, ProcessBarrier.attach(session, "start").getParties());
        assertEquals("start", barrier.name());
        assertEquals(
                "barrier \"start\" is there with parties=3 (without an action), not with parties=2 (with an action, "
                        + "timeout PT1S): attach to it, or open it as it was made",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ProcessBarrier.open(
                                        session,
                                        "start",
                                        2,
                                        BarrierOptions.standard().action(action).timeout(Duration.ofSeconds(1))))
                        .getMessage());
        assertEquals(
                "barrier \"start\" was made without an action: attach without one",
                assertThrows(IllegalArgumentException.class, () -> ProcessBarrier.attach(session, "start", action))
                        .getMessage());
        ProcessBarrier.create(session, "acting", 2, BarrierOptions.standard().action(action));
        assertEquals(
                "barrier \"acting\" was made with an action, which any party may have to run: attach with that action",
                assertThrows(IllegalArgumentException.class, () -> ProcessBarrier.attach(session, "acting"))
                        .getMessage());
        assertEquals(2, ProcessBarrier.attach(session, "acting", action).getParties());
        assertThrows(
                NameInUseException.class, () -> ProcessBarrier.create(session, "start", 3, BarrierOptions.standard()));
        assertThrows(ObjectGoneException.class, () -> ProcessBarrier.attach(session, "none"));
    }

    @Test
    void handle_closed_isRefused() {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 3, BarrierOptions.standard());
        barrier.close();
        barrier.close();
        String message =
                assertThrows(IllegalStateException.class, barrier::await).getMessage();
        assertTrue(message.startsWith("barrier \"start\" was closed by this process"), message);
        assertThrows(IllegalStateException.class, barrier::abort);
        assertEquals("barrier \"start\" (closed)", barrier.toString());
    }

    @Test
    void register_aboveParties_isRefused() {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 2, BarrierOptions.standard());
        ProcessBarrier.Registration first = barrier.register();
        barrier.register();
        assertEquals(
                "barrier \"start\": all 2 parties are registered: " + me() + " x 2",
                assertThrows(IllegalStateException.class, barrier::register).getMessage());
        first.close();
        first.close();
        barrier.register();
        assertThrows(IllegalStateException.class, barrier::register);
        assertFalse(barrier.isBroken(), "nobody waited");
    }

    /** Others look at the barrier all the time, and may be the ones that break it. */
    @Test
    void registration_closedWhileOthersLook_saysWhoLeft() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 2, BarrierOptions.standard());
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Integer>> looking = start(2, () -> {
            int looks = 0;
            while (!over.get()) {
                barrier.isBroken();
                looks++;
            }
            return looks;
        });
        try {
            barrier.register();
            for (int round = 0; round < 300; round++) {
                ProcessBarrier.Registration other = barrier.register();
                List<Future<Integer>> early = start(1, barrier::await);
                Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
                other.close();
                String message = broken(early.get(0)).getMessage();
                assertTrue(message.contains(me() + " left it: nobody is left"), "round " + round + ": " + message);
                barrier.reset();
            }
        } finally {
            over.set(true);
        }
        for (Future<Integer> look : looking) {
            assertTrue(look.get() > 0);
        }
    }

    /** X11, with registration: who waits is not left to wait for nobody. */
    @Test
    void registration_closed_breaksForWhoWaits() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, "start", 3, BarrierOptions.standard());
        ProcessBarrier.Registration one = barrier.register();
        barrier.register();
        List<Future<Integer>> early = start(1, barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        one.close();
        assertFalse(barrier.isBroken(), "a third one may still register");
        one = barrier.register();
        ProcessBarrier.Registration three = barrier.register();
        three.close();
        assertTrue(broken(early.get(0))
                .getMessage()
                .contains(me() + " left it: nobody is left who could complete it; 1 of 3 parties had arrived"));
        barrier.reset();
        three = barrier.register();
        three.close(); // nobody waits
        assertEquals(
                "barrier \"start\": a registered party left it: nobody is left who could complete it; 1 of 3 parties had "
                        + "arrived; reset() opens it again",
                assertThrows(BrokenBarrierException.class, () -> barrier.await(LONG))
                        .getMessage());
        barrier.reset();
        three = barrier.register();
        List<Future<Integer>> all = start(3, barrier::await);
        for (Future<Integer> future : all) {
            future.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void session_closedDuringTheWait_breaks() throws Exception {
        Session other = Session.create();
        ProcessBarrier barrier = ProcessBarrier.create(other, 2);
        List<Future<Integer>> waits = start(1, barrier::await);
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        Thread.sleep(30); // so that it sleeps, not polls
        other.close();
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> waits.get(0).get(30, TimeUnit.SECONDS));
        assertSame(IllegalStateException.class, e.getCause().getClass(), e.toString());
    }
}
