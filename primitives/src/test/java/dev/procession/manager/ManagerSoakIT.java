package dev.procession.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.sync.Cells;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.sync.SemaphoreOptions;
import dev.procession.sync.TestSession;
import dev.procession.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Clients and managers are killed with SIGKILL at random moments: a tenth of {@code -Dprocession.soak.kills=} clients, a thirtieth
 * managers. The witness is shared memory, which no manager can lose. {@code -Dprocession.soak.seed=} replays the choices;
 * the moments are the machine's.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ManagerSoakIT {
    private static final int KILLS = Math.max(4, Integer.getInteger("procession.soak.kills", 100) / 10);
    private static final long SEED = Long.getLong("procession.soak.seed", System.nanoTime());
    private static final int CLIENTS = 4;

    // Cells.
    private static final int STOP = 0;
    private static final int NEXT = 1;
    private static final int INSIDE = 2;
    private static final int VIOLATIONS = 3;
    private static final int MERGED = 4;
    private static final int ENDED_WELL = 5;
    private static final int STEPS = 6; // CLIENTS of them
    private static final int FIRST_ITEM = STEPS + CLIENTS;
    private static final int MOST_ITEMS = 60_000 + KILLS * 3_000;

    private static final long PUT = 1 << 16;

    private final TestSession test = new TestSession();
    private final Cells cells = Cells.create(test.session(), FIRST_ITEM + MOST_ITEMS);
    private final Random random = new Random(SEED);

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    /** All that clients work with. */
    private record Objects(
            ManagedQueue<Integer> queue, ManagedMap<String, Long> counts, ProcessLock lock, ProcessSemaphore permits)
            implements java.io.Serializable {
        static Objects of(ProcessManager manager) {
            return new Objects(
                    manager.queue(20),
                    manager.map(),
                    manager.lock("soak", LockOptions.standard()),
                    manager.semaphore(2, SemaphoreOptions.leased().bounded()));
        }
    }

    @Test
    void objects_clientsKilledAtRandom_everyItemArrivesOnceAndNothingStaysHeld() throws Exception {
        System.out.println("ManagerSoakIT: " + KILLS + " kills, -Dprocession.soak.seed=" + SEED);
        try (ProcessManager manager = ProcessManager.start()) {
            Objects objects = Objects.of(manager);
            ChildProcess[] clients = new ChildProcess[CLIENTS];
            for (int place = 0; place < CLIENTS; place++) {
                clients[place] = client(place, objects);
            }
            int killedConsumers = 0;
            int killedProducers = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                int place = random.nextInt(CLIENTS);
                long steps = cells.get(STEPS + place);
                Eventually.holds(
                        () -> cells.get(STEPS + place) > steps + 20,
                        () -> "client " + place + " does not get on; seed " + SEED + "; " + manager.dump());
                Thread.sleep(random.nextInt(30)); // the moment of the kill: what is random here
                clients[place].kill();
                assertTrue(clients[place].join(Duration.ofSeconds(30)));
                killedProducers += place < 2 ? 1 : 0;
                killedConsumers += place < 2 ? 0 : 1;
                clients[place] = client(place, objects);
            }
            for (int place = 0; place < CLIENTS; place++) {
                // Consumers go on until all producers have ended.
                cells.set(STOP, place < 2 ? 1 : 2);
                ChildProcess client = clients[place];
                assertTrue(
                        client.join(Duration.ofSeconds(60)), () -> client + "; seed " + SEED + "; " + manager.dump());
                assertEquals(0, client.exitCode().orElseThrow(), client + "; seed " + SEED);
            }
            assertEquals(0, cells.get(VIOLATIONS), "two had the lock; seed " + SEED);
            assertTrue(objects.lock().tryLock(20, TimeUnit.SECONDS), "seed " + SEED);
            objects.lock().unlock();
            Eventually.holds(
                    () -> objects.permits().availablePermits() == 2,
                    () -> objects.permits().availablePermits() + " permits; seed " + SEED);
            long merged = objects.counts().getOrDefault("n", 0L);
            long known = cells.get(MERGED);
            assertTrue(merged >= known && merged <= known + KILLS, merged + ", known " + known + "; seed " + SEED);
            assertItems(killedProducers, killedConsumers);
            Eventually.holds(
                    () -> manager.dump()
                                    .lines()
                                    .filter(line -> line.contains(" client "))
                                    .count()
                            <= 1,
                    manager::dump);
        }
    }

    private void assertItems(int killedProducers, int killedConsumers) {
        int missed = 0;
        int unsaid = 0;
        long items = Math.min(cells.get(NEXT), MOST_ITEMS);
        for (int number = 0; number < items; number++) {
            long cell = cells.get(FIRST_ITEM + number);
            long arrived = cell % PUT;
            assertTrue(arrived <= 1, "item " + number + " arrived " + arrived + " times; seed " + SEED);
            missed += cell >= PUT && arrived == 0 ? 1 : 0;
            unsaid += cell < PUT && arrived > 0 ? 1 : 0;
        }
        System.out.println("ManagerSoakIT: " + items + " items, " + missed + " went with their consumers, " + unsaid
                + " puts were not confirmed");
        // Each had one in its hands at the most.
        assertTrue(missed <= killedConsumers, missed + " items are lost; seed " + SEED);
        assertTrue(unsaid <= killedProducers, unsaid + " items were never put; seed " + SEED);
    }

    private ChildProcess client(int place, Objects objects) {
        Cells shared = cells;
        ChildTask work = () -> {
            while (shared.get(STOP) < (place < 2 ? 1 : 2)
                    || (place >= 2 && objects.queue().peek() != null)) {
                step(shared, place, objects);
            }
        };
        return test.start("client-" + place, work, "-XX:+UseSerialGC");
    }

    private static void step(Cells cells, int place, Objects objects) throws InterruptedException {
        if (place < 2) {
            int number = (int) cells.add(NEXT, 1) - 1;
            if (number < MOST_ITEMS && put(cells, objects, number)) {
                cells.add(FIRST_ITEM + number, PUT);
            }
        } else {
            Integer number = objects.queue().poll(5, TimeUnit.MILLISECONDS);
            if (number != null) {
                cells.add(FIRST_ITEM + number, 1);
            }
        }
        objects.counts().merge("n", 1L, Long::sum);
        cells.add(MERGED, 1);
        objects.lock().lock();
        // An owner that was killed inside leaves its mark: only who finds another living one has seen two.
        boolean after = objects.lock().ownerDeath().isPresent();
        if (cells.add(INSIDE, 1) != 1 && !after) {
            cells.add(VIOLATIONS, 1);
        }
        cells.set(INSIDE, 0);
        objects.lock().unlock();
        if (objects.permits().tryAcquire(5, TimeUnit.MILLISECONDS)) {
            objects.permits().release();
        }
        cells.add(STEPS + place, 1);
    }

    /** Nobody may take any more when all is stopped. */
    private static boolean put(Cells cells, Objects objects, int number) throws InterruptedException {
        while (!objects.queue().offer(number, 100, TimeUnit.MILLISECONDS)) {
            if (cells.get(STOP) != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void managers_killedAtRandom_everyClientHearsOfIt() throws Exception {
        int rounds = Math.max(2, KILLS / 3);
        System.out.println("ManagerSoakIT: " + rounds + " managers, -Dprocession.soak.seed=" + SEED);
        for (int round = 0; round < rounds; round++) {
            try (ProcessManager manager = ProcessManager.start()) {
                Objects objects = Objects.of(manager);
                List<ChildProcess> clients = new ArrayList<>();
                long[] steps = new long[CLIENTS];
                for (int place = 0; place < CLIENTS; place++) {
                    steps[place] = cells.get(STEPS + place);
                    clients.add(untilItsEnd(place, objects));
                }
                for (int place = 0; place < CLIENTS; place++) {
                    int each = place;
                    Eventually.holds(
                            () -> cells.get(STEPS + each) > steps[each] + 5,
                            () -> "client " + each + " does not get on; seed " + SEED + "; " + manager.dump());
                }
                Thread.sleep(random.nextInt(100)); // the moment of the kill: what is random here
                cells.set(ENDED_WELL, 0);
                manager.process().orElseThrow().kill();
                long start = System.nanoTime();
                for (ChildProcess client : clients) {
                    assertTrue(client.join(Duration.ofSeconds(30)), client + "; seed " + SEED);
                    client.joinOrThrow();
                }
                long millis = (System.nanoTime() - start) / 1_000_000;
                assertTrue(millis < 10_000, millis + " ms; seed " + SEED);
                assertEquals(CLIENTS, cells.get(ENDED_WELL), "seed " + SEED);
                cells.set(INSIDE, 0);
            }
        }
        assertEquals(0, cells.get(VIOLATIONS), "two had the lock; seed " + SEED);
    }

    private ChildProcess untilItsEnd(int place, Objects objects) {
        Cells shared = cells;
        ChildTask work = () -> {
            try {
                while (true) {
                    step(shared, place, objects);
                }
            } catch (ManagerDiedException e) {
                shared.add(ENDED_WELL, 1);
            }
        };
        return test.start("client-" + place, work, "-XX:+UseSerialGC");
    }
}
