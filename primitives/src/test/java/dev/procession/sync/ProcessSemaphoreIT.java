package dev.procession.sync;

import static dev.procession.testing.Signals.goOn;
import static dev.procession.testing.Signals.stop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.OwnerDeath;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semaphores between real processes, some of which are killed or stopped. */
@Timeout(120)
class ProcessSemaphoreIT {
    private static final Duration LONG = Duration.ofSeconds(100);

    /** A hundred in the profile {@code long}. */
    private static final int RANDOM_KILLS = Math.max(6, Integer.getInteger("procession.soak.kills", 100) / 10);

    private final Session session = Session.create();
    private final List<ChildProcess> children = new ArrayList<>();

    static Stream<SemaphoreOptions> kinds() {
        return Stream.of(SemaphoreOptions.counting(), SemaphoreOptions.leased());
    }

    @AfterEach
    void close() throws Exception {
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

    /** S01, S03, S04 */
    @ParameterizedTest
    @MethodSource("kinds")
    void cases_inAChild_holdAsHere(SemaphoreOptions options) throws Exception {
        ProcessSemaphore two = ProcessSemaphore.create(session, 2, options.bounded());
        ProcessSemaphore none = ProcessSemaphore.create(session, 0, options);
        ChildProcess child = start("child", () -> {
            SemaphoreCases.bound(two);
            SemaphoreCases.timeouts(none);
        });
        child.joinOrThrow();
        SemaphoreCases.bound(two);
        assertEquals(0, session.rescues());
    }

    /** S05: acquired in a child, released here; leased permits too, by whoever has none of its own. */
    @ParameterizedTest
    @MethodSource("kinds")
    void release_byAnotherProcess_counts(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 2, options.bounded());
        ProcessSemaphore go = ProcessSemaphore.counting(session, 0);
        ChildProcess child = start("taker", () -> {
            semaphore.acquire(2);
            go.acquire();
        });
        Eventually.holds("the child has both", () -> semaphore.availablePermits() == 0);
        semaphore.release();
        assertEquals(1, semaphore.availablePermits());
        semaphore.release();
        assertEquals(2, semaphore.availablePermits());
        go.release();
        child.joinOrThrow();
        assertEquals(2, semaphore.availablePermits());
        assertTrue(semaphore.ownerDeaths().isEmpty());
        assertEquals(0, session.rescues());
    }

    /** X04 */
    @Test
    void acquire_holdersKilled_permitsReturn() throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(
                session, "slots", 3, SemaphoreOptions.leased().bounded());
        for (int i = 0; i < 3; i++) {
            start("holder-" + i, () -> {
                semaphore.acquire();
                Thread.sleep(LONG.toMillis());
            });
        }
        Eventually.holds("all are taken", () -> semaphore.availablePermits() == 0);
        assertFalse(semaphore.tryAcquire(100, TimeUnit.MILLISECONDS));
        String holders = semaphore.toString();
        for (ChildProcess child : children) {
            assertTrue(holders.contains("process " + child.pid() + " (" + child.name() + "): 1"), holders);
        }
        children.forEach(ChildProcess::kill);
        long start = System.nanoTime();
        assertTrue(semaphore.tryAcquire(3, 10, TimeUnit.SECONDS));
        SemaphoreCases.assertMillis(0, 10_000, start);
        semaphore.release(3);
        assertEquals(3, semaphore.availablePermits());
        assertEquals(3, semaphore.ownerDeaths().size());
        OwnerDeath death = semaphore.lastDeath().orElseThrow();
        assertTrue(death.processName().startsWith("holder-"), death.describe());
        assertTrue(death.describe().startsWith("1 permit of leased semaphore \"slots\": process "), death.describe());
        for (ChildProcess child : children) {
            child.join();
        }
        // Only the parent knows the exit status, and only if it noticed the death as the first.
        int exit = semaphore.lastDeath().orElseThrow().exit();
        assertTrue(exit == -9 || exit == OwnerDeath.UNKNOWN_EXIT, "" + exit);
    }

    /** X04, when nobody waits: the number is right without anybody's acquire. */
    @Test
    void availablePermits_holderKilledAndNobodyWaits_isRight() throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.leased(session, 2);
        ChildProcess child = start("holder", () -> {
            semaphore.acquire(2);
            Thread.sleep(LONG.toMillis());
        });
        Eventually.holds("both are taken", () -> semaphore.availablePermits() == 0);
        child.kill();
        Eventually.holds("they are back", () -> semaphore.toString().contains(": 2 permits available"));
        assertTrue(semaphore.tryAcquire(2));
    }

    @Test
    void acquire_holderEndsInOrder_permitsReturn() throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.leased(session, 2);
        start("leaver", () -> semaphore.acquire(2)).joinOrThrow();
        assertTrue(semaphore.tryAcquire(2, 10, TimeUnit.SECONDS));
        assertEquals("leaver", semaphore.lastDeath().orElseThrow().processName());
        semaphore.release(2);
        assertEquals(2, semaphore.availablePermits());
    }

    /** What a dead process acquired of a counting semaphore is gone, and says so by being gone. */
    @Test
    void counting_holderKilled_permitsAreGone() throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.counting(session, 2);
        ChildProcess child = start("holder", () -> {
            semaphore.acquire();
            Thread.sleep(LONG.toMillis());
        });
        Eventually.holds("one is taken", () -> semaphore.availablePermits() == 1);
        child.kill();
        child.join();
        assertTrue(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire(500, TimeUnit.MILLISECONDS));
        semaphore.release(2); // whoever knows better
        assertEquals(2, semaphore.availablePermits());
    }

    @Test
    void acquire_holderStopped_nobodyIsRobbed() throws Exception {
        ProcessSemaphore semaphore =
                ProcessSemaphore.create(session, 1, SemaphoreOptions.leased().bounded());
        ProcessSemaphore go = ProcessSemaphore.counting(session, 0);
        ChildProcess child = start("holder", () -> {
            semaphore.acquire();
            go.acquire();
            semaphore.release();
        });
        Eventually.holds("it is taken", () -> semaphore.availablePermits() == 0);
        stop(child.pid());
        go.release();
        assertFalse(semaphore.tryAcquire(1500, TimeUnit.MILLISECONDS));
        assertTrue(semaphore.toString().contains("(holder): 1"), semaphore.toString());
        goOn(child.pid());
        assertTrue(semaphore.tryAcquire(10, TimeUnit.SECONDS));
        child.joinOrThrow();
        assertTrue(semaphore.ownerDeaths().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void acquire_waiterStopped_othersGoOnAndItGetsItsTurn(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 0, options);
        ProcessSemaphore passed = ProcessSemaphore.counting(session, 0);
        ChildTask task = () -> {
            semaphore.acquire();
            passed.release();
            Thread.sleep(LONG.toMillis());
        };
        ChildProcess stopped = start("stopped", task);
        Eventually.holds("it sleeps", () -> semaphore.toString().contains("waited for by process"));
        stop(stopped.pid());
        start("other", task);
        for (int i = 0; i < 2; i++) {
            ChildProcess last = children.get(children.size() - 1);
            Eventually.holds("it takes part", () -> session.processes().stream().anyMatch(p -> p.pid() == last.pid()));
        }
        semaphore.release();
        assertTrue(passed.tryAcquire(10, TimeUnit.SECONDS), "the other one was not served");
        assertFalse(passed.tryAcquire(300, TimeUnit.MILLISECONDS));
        semaphore.release();
        assertFalse(passed.tryAcquire(300, TimeUnit.MILLISECONDS));
        assertEquals(1, semaphore.availablePermits());
        goOn(stopped.pid());
        assertTrue(passed.tryAcquire(10, TimeUnit.SECONDS), "the stopped one was not served");
        assertEquals(0, semaphore.availablePermits());
    }

    /** Threads of three processes, two permits: never three inside. */
    @ParameterizedTest
    @MethodSource("kinds")
    void acquire_byThreadsOfSeveralProcesses_neverMoreThanPermits(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 2, options.bounded());
        ProcessSemaphore inside = ProcessSemaphore.counting(session, 0);
        ProcessSemaphore turns = ProcessSemaphore.counting(session, 0);
        start("a", () -> crowd(3, 500, semaphore, inside, turns));
        start("b", () -> crowd(3, 500, semaphore, inside, turns));
        crowd(3, 500, semaphore, inside, turns);
        for (ChildProcess child : children) {
            child.joinOrThrow();
        }
        assertEquals(9 * 500, turns.availablePermits());
        assertEquals(2, semaphore.availablePermits());
        assertEquals(0, session.rescues());
    }

    private static void crowd(
            int threads, int times, ProcessSemaphore semaphore, ProcessSemaphore inside, ProcessSemaphore turns)
            throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            futures.add(pool.submit(() -> {
                for (int turn = 0; turn < times; turn++) {
                    semaphore.acquire();
                    inside.release();
                    int now = inside.availablePermits();
                    assertTrue(now <= 2, "inside at the same time: " + now);
                    assertTrue(inside.tryAcquire());
                    semaphore.release();
                    turns.release();
                }
                return null;
            }));
        }
        for (Future<?> future : futures) {
            future.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();
    }

    /** Killed after each store: the others go on, and no permit is lost, but for what a counting semaphore gave away. */
    @ParameterizedTest
    @ValueSource(strings = {"taken", "given", "many", "handoff"})
    void counting_killedAtALabel_othersGoOn(String label) throws Exception {
        ProcessSemaphore semaphore =
                ProcessSemaphore.create(session, 2, SemaphoreOptions.counting().bounded());
        ChildProcess child = start("victim", () -> useInEveryWay(semaphore), dieAt(label));
        AtomicInteger turns = others(semaphore);
        assertTrue(child.join(Duration.ofSeconds(30)), "the child did not die at " + label);
        assertEquals(-9, child.exitCode().orElseThrow());
        assertGoesOn(turns, semaphore);
        assertEquals(label.equals("taken") ? 1 : 2, semaphore.availablePermits());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aged", "leased", "lease-counted", "unleased", "unlease-counted", "many", "handoff"})
    void leased_killedAtALabel_noPermitIsLost(String label) throws Exception {
        ProcessSemaphore semaphore =
                ProcessSemaphore.create(session, 2, SemaphoreOptions.leased().bounded());
        ChildProcess child = start("victim", () -> useInEveryWay(semaphore), dieAt(label));
        AtomicInteger turns = others(semaphore);
        assertTrue(child.join(Duration.ofSeconds(30)), "the child did not die at " + label);
        assertEquals(-9, child.exitCode().orElseThrow());
        assertGoesOn(turns, semaphore);
        assertWhole(semaphore, 2);
    }

    @Test
    void leased_killedWhenItMadeAPermit_itCounts() throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.leased(session, 0);
        ChildProcess child = start("victim", semaphore::release, dieAt("grown"));
        assertTrue(semaphore.tryAcquire(30, TimeUnit.SECONDS), "the commit was made");
        child.join();
        assertEquals(-9, child.exitCode().orElseThrow());
        semaphore.release();
        assertEquals(1, semaphore.availablePermits());
    }

    /** Killed while it settles the death of another one. */
    @ParameterizedTest
    @ValueSource(strings = {"death-noted", "death-returned", "death-counted"})
    void leased_killedWhenItSettlesADeath_noPermitIsLost(String label) throws Exception {
        ProcessSemaphore semaphore =
                ProcessSemaphore.create(session, 2, SemaphoreOptions.leased().bounded());
        assertDiesWithOthersOf(semaphore, label, "");
    }

    /** Killed while it repairs what another one left that was killed inside the lock. */
    @ParameterizedTest
    @ValueSource(strings = {"repaired", "death-noted", "death-returned"})
    void leased_killedWhenItRepairs_noPermitIsLost(String label) throws Exception {
        ProcessSemaphore semaphore =
                ProcessSemaphore.create(session, 2, SemaphoreOptions.leased().bounded());
        assertDiesWithOthersOf(semaphore, label, dieAt("leased"));
    }

    /** The victim's own child is killed with permits, until the victim is the first that settles that. */
    private void assertDiesWithOthersOf(ProcessSemaphore semaphore, String label, String grandchildDies)
            throws Exception {
        ChildProcess child = start(
                "victim",
                () -> {
                    while (true) {
                        ChildProcess holder = ChildProcess.of(
                                ChildOptions.builder()
                                        .name("holder")
                                        .inheritJvmOptions(false)
                                        .jvmOptions(grandchildDies.isEmpty() ? List.of() : List.of(grandchildDies))
                                        .build(),
                                () -> {
                                    semaphore.acquire();
                                    Thread.sleep(LONG.toMillis());
                                });
                        holder.start();
                        if (grandchildDies.isEmpty()) {
                            Eventually.holds("it has a permit", () -> semaphore.availablePermits() == 1);
                            holder.kill();
                        }
                        holder.join();
                        semaphore.acquire(2);
                        semaphore.release(2);
                    }
                },
                dieAt(label));
        assertTrue(child.join(Duration.ofSeconds(60)), "the child did not die at " + label);
        assertEquals(-9, child.exitCode().orElseThrow());
        assertWhole(semaphore, 2);
        assertTrue(semaphore.tryAcquire(2));
        semaphore.release(2);
    }

    private static String dieAt(String label) {
        return "-Dprocession.dieAt=semaphore." + label;
    }

    private static void useInEveryWay(ProcessSemaphore semaphore) throws InterruptedException {
        while (true) {
            semaphore.acquire();
            semaphore.release();
            semaphore.acquire(2);
            semaphore.release();
            semaphore.release();
        }
    }

    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    /** Two threads that use the semaphore of two permits until the test stops them; returns what they count. */
    private AtomicInteger others(ProcessSemaphore semaphore) {
        AtomicInteger turns = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                try {
                    while (!ended.get()) {
                        // With a timeout: of a counting semaphore the victim may take the last permit with it.
                        if (semaphore.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                            Thread.sleep(1);
                            semaphore.release();
                            turns.incrementAndGet();
                        }
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        return turns;
    }

    private void assertGoesOn(AtomicInteger turns, ProcessSemaphore semaphore) throws Exception {
        int before = turns.get();
        Eventually.holds("the others go on: " + semaphore, () -> turns.get() > before + 20);
        ended.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void assertWhole(ProcessSemaphore semaphore, int permits) throws Exception {
        Eventually.holds("all permits are there: " + semaphore, () -> semaphore.availablePermits() == permits);
        assertFalse(semaphore.toString().contains("held by"), semaphore.toString());
    }

    /**
     * Holders die at random, a tenth of {@code -Dprocession.soak.kills=} times, while others come and go: the permits are
     * whole in the end.
     */
    @Test
    @Timeout(300)
    void leased_randomKills_permitsAreWhole() throws Exception {
        long seed = Long.getLong("procession.seed", System.nanoTime());
        System.out.println("ProcessSemaphoreIT seed " + seed);
        Random random = new Random(seed);
        int permits = 3;
        ProcessSemaphore semaphore = ProcessSemaphore.create(
                session, permits, SemaphoreOptions.leased().bounded());
        ProcessSemaphore turns = ProcessSemaphore.counting(session, 0);
        List<ChildProcess> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            workers.add(worker(i, semaphore, turns, seed));
        }
        for (int kill = 0; kill < RANDOM_KILLS; kill++) {
            int victim = random.nextInt(workers.size());
            int wanted = 20 + random.nextInt(200);
            for (int i = 0; i < wanted; i++) {
                assertTrue(turns.tryAcquire(20, TimeUnit.SECONDS), "nobody goes on: " + semaphore);
            }
            workers.get(victim).kill();
            workers.set(victim, worker(kill, semaphore, turns, seed + kill));
        }
        for (ChildProcess worker : workers) {
            worker.kill();
        }
        Eventually.holds("all permits are there: " + semaphore, () -> semaphore.availablePermits() == permits);
        assertTrue(semaphore.tryAcquire(permits));
        assertFalse(semaphore.tryAcquire());
        semaphore.release(permits);
    }

    private ChildProcess worker(int number, ProcessSemaphore semaphore, ProcessSemaphore turns, long seed) {
        return start("worker-" + number, () -> {
            Random random = new Random(seed + number);
            while (true) {
                int wanted = 1 + random.nextInt(3);
                semaphore.acquire(wanted);
                if (random.nextInt(4) == 0) {
                    Thread.sleep(1);
                }
                turns.release();
                semaphore.release(wanted);
            }
        });
    }
}
