package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import dev.procession.OwnerDeath;
import dev.procession.session.Session;
import dev.procession.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Semaphores between the threads of one JVM. */
@Timeout(60)
class ProcessSemaphoreTest {
    private final Session session = Session.create();

    static Stream<SemaphoreOptions> kinds() {
        return Stream.of(SemaphoreOptions.counting(), SemaphoreOptions.leased());
    }

    @AfterEach
    void close() throws Exception {
        assertEquals(0, session.rescues(), "nobody was killed or stopped");
        session.close();
        TestSession.gone(session);
    }

    /** S01 */
    @ParameterizedTest
    @MethodSource("kinds")
    void acquire_andRelease_count(SemaphoreOptions options) throws Exception {
        SemaphoreCases.acquireAndRelease(ProcessSemaphore.create(session, 2, options));
        SemaphoreCases.acquireAndRelease(ProcessSemaphore.create(session, 2, options.bounded()));
    }

    /** S03 */
    @ParameterizedTest
    @MethodSource("kinds")
    void release_aboveTheBound_isRefusedAndChangesNothing(SemaphoreOptions options) throws Exception {
        SemaphoreCases.bound(ProcessSemaphore.create(session, 2, options.bounded()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void release_unbounded_makesPermits(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 0, options);
        semaphore.release(3);
        assertEquals(3, semaphore.availablePermits());
        semaphore.acquire(2);
        semaphore.release(5);
        assertEquals(6, semaphore.availablePermits());
        String message = assertThrows(IllegalStateException.class, () -> semaphore.release(Integer.MAX_VALUE))
                .getMessage();
        assertTrue(message.contains("bound=" + Integer.MAX_VALUE), message);
        assertEquals(6, semaphore.availablePermits());
    }

    /** S04 */
    @ParameterizedTest
    @MethodSource("kinds")
    void tryAcquire_withoutPermits_waitsAsLongAsAsked(SemaphoreOptions options) throws Exception {
        SemaphoreCases.timeouts(ProcessSemaphore.create(session, 0, options));
    }

    /** S06 */
    @ParameterizedTest
    @MethodSource("kinds")
    void create_withNegativePermits_isRefused(SemaphoreOptions options) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ProcessSemaphore.create(session, -1, options));
        assertEquals("a semaphore cannot begin with fewer than 0 permits: permits=-1", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ProcessSemaphore.open(session, "x", -1, options));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void acquire_ofImpossibleNumbers_isRefused(SemaphoreOptions options) {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, "slots", 2, options.bounded());
        for (int wrong : new int[] {0, -1}) {
            String message = assertThrows(IllegalArgumentException.class, () -> semaphore.acquire(wrong))
                    .getMessage();
            assertTrue(message.endsWith("semaphore \"slots\": permits must be 1 or more: permits=" + wrong), message);
            assertThrows(IllegalArgumentException.class, () -> semaphore.release(wrong));
            assertThrows(IllegalArgumentException.class, () -> semaphore.tryAcquire(wrong));
        }
        String message = assertThrows(IllegalArgumentException.class, () -> semaphore.acquire(3))
                .getMessage();
        assertTrue(message.endsWith("semaphore \"slots\" never has more than 2 permits: permits=3"), message);
        assertThrows(IllegalArgumentException.class, () -> semaphore.tryAcquire(3));
        assertEquals(2, semaphore.availablePermits());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void drainPermits_takesAll(SemaphoreOptions options) {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 7, options.bounded());
        assertEquals(7, semaphore.drainPermits());
        assertEquals(0, semaphore.drainPermits());
        assertFalse(semaphore.tryAcquire());
        semaphore.release(7);
        assertEquals(7, semaphore.availablePermits());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hold_releasesOnce(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 3, options);
        ProcessSemaphore.Held held = semaphore.hold(2);
        assertEquals(1, semaphore.availablePermits());
        held.close();
        held.close();
        assertEquals(3, semaphore.availablePermits());
        try (ProcessSemaphore.Held one = semaphore.hold()) {
            assertEquals(2, semaphore.availablePermits());
            one.close();
            assertEquals(3, semaphore.availablePermits());
        }
        assertEquals(3, semaphore.availablePermits());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void acquire_interrupted_acquiresNothing(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 1, options);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, semaphore::acquire);
        assertFalse(Thread.interrupted());
        Thread.currentThread().interrupt();
        semaphore.acquireUninterruptibly();
        assertTrue(Thread.interrupted());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> semaphore.tryAcquire(0, TimeUnit.SECONDS));
        AtomicInteger interrupted = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            try {
                semaphore.acquire();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        });
        waiter.start();
        Eventually.holds("it sleeps", () -> semaphore.toString().contains("waited for by 1 thread of"));
        waiter.interrupt();
        waiter.join();
        assertEquals(1, interrupted.get());
        Thread patient = new Thread(() -> {
            semaphore.acquireUninterruptibly(1);
            interrupted.addAndGet(Thread.interrupted() ? 10 : 100);
        });
        patient.start();
        patient.interrupt();
        Eventually.holds("it sleeps", () -> semaphore.toString().contains("waited for by 1 thread of"));
        patient.interrupt();
        assertEquals(0, semaphore.availablePermits());
        semaphore.release();
        patient.join();
        assertEquals(11, interrupted.get());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void open_withOtherFacts_isRefused(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.open(session, "slots", 3, options);
        ProcessSemaphore.open(session, "slots", 3, options).acquire();
        assertEquals(2, ProcessSemaphore.attach(session, "slots").availablePermits());
        assertEquals(
                options.toString().equals("leased"),
                ProcessSemaphore.attach(session, "slots").isLeased());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> ProcessSemaphore.open(session, "slots", 4, options))
                .getMessage();
        assertTrue(
                message.endsWith("semaphore \"slots\" is there with permits=3 (" + options + "), not with permits=4 ("
                        + options + "): attach to it, or open it as it was made"),
                message);
        assertThrows(
                IllegalArgumentException.class, () -> ProcessSemaphore.open(session, "slots", 3, options.bounded()));
        assertThrows(NameInUseException.class, () -> ProcessSemaphore.create(session, "slots", 3, options));
        assertThrows(ObjectGoneException.class, () -> ProcessSemaphore.attach(session, "none"));
        ProcessLock.open(session, "lock");
        message = assertThrows(IllegalArgumentException.class, () -> ProcessSemaphore.attach(session, "lock"))
                .getMessage();
        assertEquals("the object \"lock\" is a lock, not a semaphore", message);
        assertEquals("slots", semaphore.name());
    }

    @Test
    void options_keptByProcess_needLeases() {
        assertEquals(
                "only leased permits belong to anybody: call leased() first",
                assertThrows(
                                IllegalStateException.class,
                                () -> SemaphoreOptions.counting().keptByProcess())
                        .getMessage());
        assertEquals(
                "leased, bounded, kept by the process",
                SemaphoreOptions.leased().bounded().keptByProcess().toString());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void handle_closed_isRefused(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, "slots", 1, options);
        ProcessSemaphore copy = copy(semaphore);
        semaphore.close();
        semaphore.close();
        String message =
                assertThrows(IllegalStateException.class, semaphore::acquire).getMessage();
        assertTrue(message.contains("semaphore \"slots\" was closed by this process"), message);
        assertThrows(IllegalStateException.class, semaphore::release);
        assertTrue(semaphore.toString().endsWith("semaphore \"slots\" (closed)"), semaphore.toString());
        copy.acquire();
        assertEquals(0, copy.availablePermits());
        copy.close(); // what arrived keeps the session open
    }

    @Test
    void toString_tellsFacts() throws Exception {
        ProcessSemaphore counting = ProcessSemaphore.create(session, "items", 2, SemaphoreOptions.counting());
        counting.acquire();
        assertEquals("semaphore \"items\": 1 permits available, 2 at first, no bound", counting.toString());
        ProcessSemaphore leased = ProcessSemaphore.create(
                session, "slots", 2, SemaphoreOptions.leased().bounded());
        leased.acquire();
        assertEquals(
                "leased semaphore \"slots\": 1 permits available, bound 2, held by process "
                        + ProcessHandle.current().pid() + " (MainProcess): 1",
                leased.toString());
        assertTrue(counting.ownerDeaths().isEmpty());
        assertTrue(counting.lastDeath().isEmpty());
    }

    /** A thousand threads, three permits. */
    @ParameterizedTest
    @MethodSource("kinds")
    void acquire_byThousandThreads_neverMoreThanPermits(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 3, options.bounded());
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Thread thread = new Thread(
                    null,
                    () -> {
                        for (int turn = 0; turn < 3; turn++) {
                            semaphore.acquireUninterruptibly();
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            inside.decrementAndGet();
                            semaphore.release();
                            done.incrementAndGet();
                        }
                    },
                    "t" + i,
                    256 * 1024);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(3000, done.get());
        assertTrue(most.get() <= 3, "inside at the same time: " + most);
        assertEquals(3, semaphore.availablePermits());
    }

    /** Threads that want 1, 2 or 3 of 4 permits all get them, and no ring is lost. */
    @ParameterizedTest
    @MethodSource("kinds")
    void acquire_ofDifferentNumbers_allAreServed(SemaphoreOptions options) throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 4, options.bounded());
        AtomicInteger used = new AtomicInteger();
        ExecutorService pool = Executors.newCachedThreadPool();
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int wanted = i % 3 + 1;
            futures.add(pool.submit(() -> {
                for (int turn = 0; turn < 300; turn++) {
                    semaphore.acquire(wanted);
                    int now = used.addAndGet(wanted);
                    assertTrue(now <= 4, "in use: " + now);
                    if (turn % 100 == 0) {
                        Thread.sleep(1);
                    }
                    used.addAndGet(-wanted);
                    semaphore.release(wanted);
                }
                return null;
            }));
        }
        for (Future<?> future : futures) {
            future.get(50, TimeUnit.SECONDS);
        }
        pool.shutdown();
        assertEquals(4, semaphore.availablePermits());
    }

    /** What the model found: a sleeper for two must not swallow the ring of a sleeper for one. */
    @ParameterizedTest
    @MethodSource("kinds")
    void release_ofOne_wakesWhoWantsOneBesideWhoWantsTwo(SemaphoreOptions options) throws Exception {
        for (int round = 0; round < 20; round++) {
            ProcessSemaphore semaphore = ProcessSemaphore.create(session, 0, options);
            CountDownLatch one = new CountDownLatch(1);
            CountDownLatch two = new CountDownLatch(1);
            Thread wantsTwo = new Thread(() -> {
                semaphore.acquireUninterruptibly(2);
                two.countDown();
            });
            Thread wantsOne = new Thread(() -> {
                semaphore.acquireUninterruptibly(1);
                one.countDown();
            });
            wantsTwo.start();
            Eventually.holds("it sleeps", () -> semaphore.toString().contains("waited for by 1 thread of"));
            wantsOne.start();
            Eventually.holds("both sleep", () -> semaphore.toString().contains("waited for by 2 threads of"));
            semaphore.release();
            assertTrue(one.await(10, TimeUnit.SECONDS));
            assertEquals(1, two.getCount());
            semaphore.release(2);
            assertTrue(two.await(10, TimeUnit.SECONDS));
            wantsOne.join();
            wantsTwo.join();
            semaphore.close();
        }
    }

    /** Waiters that give up all the time, beside one that waits: no ring is lost with a leaver. */
    @ParameterizedTest
    @MethodSource("kinds")
    void tryAcquire_timesOutBesideAWaiter_ringIsPassedOn(SemaphoreOptions options) throws Exception {
        ProcessSemaphore full = ProcessSemaphore.create(session, 0, options);
        ProcessSemaphore empty = ProcessSemaphore.create(session, 0, options);
        AtomicInteger taken = new AtomicInteger();
        ExecutorService pool = Executors.newCachedThreadPool();
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean patient = i == 0;
            futures.add(pool.submit(() -> {
                while (taken.get() < 1000) {
                    boolean got = patient
                            ? full.tryAcquire(10, TimeUnit.SECONDS)
                            : full.tryAcquire(Duration.ofNanos(21_000_000 + taken.get() * 1000L));
                    if (got && taken.incrementAndGet() <= 1000) {
                        empty.release();
                    } else if (got) {
                        full.release();
                    }
                }
                full.release();
                return null;
            }));
        }
        for (int i = 0; i < 1000; i++) {
            full.release();
            assertTrue(empty.tryAcquire(10, TimeUnit.SECONDS), "item " + i);
        }
        for (Future<?> future : futures) {
            future.get(20, TimeUnit.SECONDS);
        }
        pool.shutdown();
    }

    @Test
    void release_byAnotherThread_takesFromItsProcess() throws Exception {
        ProcessSemaphore semaphore =
                ProcessSemaphore.create(session, 2, SemaphoreOptions.leased().bounded());
        semaphore.acquire(2);
        Thread other = new Thread(semaphore::release);
        other.start();
        other.join();
        assertEquals(1, semaphore.availablePermits());
        semaphore.release();
        assertEquals(2, semaphore.availablePermits());
        assertThrows(IllegalStateException.class, semaphore::release);
    }

    /** X04, for a thread */
    @Test
    void thread_endsHoldingLeases_theyReturn() throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(
                session, "slots", 3, SemaphoreOptions.leased().bounded());
        semaphore.acquire();
        Thread thread = new Thread(() -> semaphore.acquireUninterruptibly(2), "forgetful");
        thread.start();
        thread.join();
        long start = System.nanoTime();
        assertTrue(semaphore.tryAcquire(2, Duration.ofSeconds(10)));
        SemaphoreCases.assertMillis(0, 2000, start);
        OwnerDeath death = semaphore.lastDeath().orElseThrow();
        assertEquals("forgetful", death.threadName());
        assertEquals(ProcessHandle.current().pid(), death.pid());
        assertEquals(
                "2 permits of leased semaphore \"slots\": thread forgetful of process " + death.pid()
                        + " (MainProcess) ended holding it",
                death.describe());
        assertEquals(1, semaphore.ownerDeaths().size());
        semaphore.release(3);
    }

    @Test
    void threads_endHoldingLeases_allReturnAtOnce() throws Exception {
        ProcessSemaphore semaphore =
                ProcessSemaphore.create(session, 100, SemaphoreOptions.leased().bounded());
        for (int i = 0; i < 100; i++) {
            Thread thread = new Thread(semaphore::acquireUninterruptibly);
            thread.start();
            thread.join();
        }
        long start = System.nanoTime();
        assertTrue(semaphore.tryAcquire(100, Duration.ofSeconds(20)));
        SemaphoreCases.assertMillis(0, 4000, start);
        assertEquals(16, semaphore.ownerDeaths().size(), "the last ones are remembered");
    }

    @Test
    void thread_endsHoldingLeases_keptByProcessIfAsked() throws Exception {
        ProcessSemaphore kept = ProcessSemaphore.create(
                session, 1, SemaphoreOptions.leased().bounded().keptByProcess());
        ProcessSemaphore returned = ProcessSemaphore.create(session, 1, SemaphoreOptions.leased());
        Thread thread = new Thread(() -> {
            kept.acquireUninterruptibly();
            returned.acquireUninterruptibly();
        });
        thread.start();
        thread.join();
        returned.acquire(); // so the supervisor has looked
        assertFalse(kept.tryAcquire());
        kept.release();
        assertEquals(1, kept.availablePermits());
    }

    @Test
    void handle_serialized_isTheSameSemaphore() throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.leased(session, 1);
        ProcessSemaphore copy = copy(semaphore);
        copy.acquire();
        assertFalse(semaphore.tryAcquire());
        assertInstanceOf(SemaphoreHandle.class, copy);
        copy.close();
        semaphore.close();
    }

    private static ProcessSemaphore copy(ProcessSemaphore semaphore) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(semaphore);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ProcessSemaphore) in.readObject();
        }
    }
}
