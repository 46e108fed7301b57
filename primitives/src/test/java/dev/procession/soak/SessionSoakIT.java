package dev.procession.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import dev.procession.session.SessionProcess;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.testing.BriefChildren;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that use every synchroniser are killed with SIGKILL, or stopped for a while, at random moments: 24 kills,
 * {@code -Dprocession.soak.kills=1000} in the profile {@code long}. {@code -Dprocession.soak.seed=} replays the choices; the
 * moments are the machine's.
 */
@DisabledOnOs(OS.WINDOWS)
class SessionSoakIT {
    static final int WORKERS = 6;
    private static final int PERMITS = 3;
    private static final int KILLS = Integer.getInteger("procession.soak.kills", 100);
    private static final long SEED = Long.getLong("procession.soak.seed", System.nanoTime());

    /** Nobody may stand still for longer than it takes to find a death, with much room for a busy machine. */
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(15);

    @TempDir
    private Path directory;

    private final long[] stepsAtStart = new long[WORKERS];
    private final Random random = new Random(SEED);
    private final Session session = Session.create();
    private final ProcessLock lock = ProcessLock.create(session);
    private final ProcessReentrantLock reentrant = ProcessReentrantLock.create(session);
    private final ProcessCondition condition = ProcessCondition.create(lock);
    private final ProcessSemaphore semaphore = ProcessSemaphore.leased(session, PERMITS);
    private final ProcessEvent event = ProcessEvent.create(session);

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void synchronisers_processesKilledAtRandom_nobodyHangsAndNothingIsLost() throws Exception {
        System.out.println("SessionSoakIT: " + KILLS + " kills, -Dprocession.soak.seed=" + SEED);
        Path file = directory.resolve("witness");
        Witness witness = new Witness(file);
        List<ChildProcess> workers = new ArrayList<>();
        for (int place = 0; place < WORKERS; place++) {
            workers.add(started(file, place));
        }
        for (int kill = 0; kill < KILLS; kill++) {
            int place = awaitSteps(witness, random.nextInt(WORKERS));
            ChildProcess victim = workers.get(place);
            Thread.sleep(random.nextInt(40)); // the moment of the kill: what is random here
            if (random.nextInt(5) == 0) {
                stopForAWhile(workers.get((place + 1) % WORKERS));
            }
            victim.kill();
            victim.join();
            witness.set(Witness.PERMITS + place, 0);
            stepsAtStart[place] = witness.get(Witness.STEPS + place);
            workers.set(place, started(file, place));
            assertProgress(witness);
            assertEquals(0, witness.get(Witness.FAULTS), "see the workers' lines above; seed " + SEED);
        }
        witness.set(Witness.STOP, 1);
        for (ChildProcess worker : workers) {
            assertTrue(worker.join(Duration.ofSeconds(30)), worker + " does not end; seed " + SEED + "; " + state());
            assertEquals(0, worker.exitCode().orElseThrow(), worker + "; seed " + SEED);
        }
        assertEquals(0, witness.get(Witness.FAULTS), "seed " + SEED);
        assertWhole(witness);
    }

    private void assertWhole(Witness witness) throws InterruptedException {
        assertTrue(lock.tryLock(10, TimeUnit.SECONDS), state());
        assertEquals(0, condition.waiters(), "dead waiters are still counted");
        lock.unlock();
        assertTrue(reentrant.tryLock(10, TimeUnit.SECONDS), state());
        reentrant.unlock();
        assertTrue(semaphore.tryAcquire(PERMITS, 10, TimeUnit.SECONDS), state());
        assertFalse(semaphore.tryAcquire(), "more permits than there were");
        semaphore.release(PERMITS);
        // A process that dies between the two counts leaves them apart by one; whoever is not inside cannot. Who died
        // inside is for the next owner to say: that one may be there before this process knows of the death.
        long inside = witness.get(Witness.DIED_INSIDE)
                + (witness.get(Witness.IN_LOCK) == 0 ? 0 : 1)
                + (witness.get(Witness.IN_REENTRANT) == 0 ? 0 : 1);
        long lost = witness.get(Witness.ATOMIC) - witness.get(Witness.PLAIN);
        assertTrue(lost >= 0 && lost <= inside, lost + " increments lost, and " + inside + " died inside");
        long deadline = System.nanoTime() + STILL_NANOS;
        while (session.processes().stream().filter(SessionProcess::alive).count() > 1) {
            assertTrue(System.nanoTime() < deadline, "processes: " + session.processes());
            Thread.sleep(10);
        }
        System.out.println("SessionSoakIT: " + inside + " died inside a lock, " + witness.get(Witness.DEATHS_SEEN)
                + " owners were told, " + session.rescues() + " rescues here");
        for (AutoCloseable handle : new AutoCloseable[] {condition, lock, reentrant, semaphore, event}) {
            try {
                handle.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        deadline = System.nanoTime() + STILL_NANOS;
        while (session.usage().objects() > 1) { // this process's own wait table
            assertTrue(System.nanoTime() < deadline, "objects of the dead are left: " + session.usage());
            Thread.sleep(10);
        }
        session.close();
        assertFalse(Files.exists(session.path()), "the session's directory is left");
    }

    private ChildProcess started(Path file, int place) {
        ChildOptions options = BriefChildren.options()
                .name("worker-" + place)
                .jvmOption("-XX:+UseSerialGC")
                .build();
        ChildProcess worker = ChildProcess.of(
                options,
                new SoakWorker(file, place, random.nextLong(), PERMITS, lock, reentrant, condition, semaphore, event));
        worker.start();
        return worker;
    }

    private void stopForAWhile(ChildProcess worker) throws Exception {
        signal("-STOP", worker.pid());
        Thread.sleep(random.nextInt(300)); // long enough for others to have to wait for it
        signal("-CONT", worker.pid());
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", name, Long.toString(pid)).start().waitFor();
    }

    private void assertProgress(Witness witness) throws InterruptedException {
        long before = steps(witness);
        long deadline = System.nanoTime() + STILL_NANOS;
        while (steps(witness) - before < WORKERS) {
            assertTrue(System.nanoTime() < deadline, () -> "nobody gets on; seed " + SEED + "; " + state());
            Thread.sleep(1);
        }
    }

    /** A process that is killed while it boots proves little: another one then, if this one is not as far. */
    private int awaitSteps(Witness witness, int chosen) throws InterruptedException {
        long deadline = System.nanoTime() + STILL_NANOS;
        for (int place = chosen; ; place = (place + 1) % WORKERS) {
            if (witness.get(Witness.STEPS + place) - stepsAtStart[place] >= 20) {
                return place;
            }
            assertTrue(System.nanoTime() < deadline, () -> "nobody gets on; seed " + SEED + "; " + state());
            Thread.sleep(1);
        }
    }

    private static long steps(Witness witness) {
        long sum = 0;
        for (int place = 0; place < WORKERS; place++) {
            sum += witness.get(Witness.STEPS + place);
        }
        return sum;
    }

    private String state() {
        return lock + ", " + reentrant + ", " + semaphore + ", " + event + ", " + session.processes();
    }
}
