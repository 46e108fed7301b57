package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.memory.Heap;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.session.Session;
import dev.procession.sync.Cells;
import dev.procession.sync.TestSession;
import dev.procession.testing.Eventually;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Producers and consumers are killed with SIGKILL, or stopped for a while, at random moments: an eighth of {@code
 * -Dprocession.soak.kills=}. Every item arrives once, or was in the hands of one that was killed; in a joinable queue it is done
 * at least once. {@code -Dprocession.soak.seed=} replays the choices; the moments are the machine's.
 */
@DisabledOnOs(OS.WINDOWS)
class QueueSoakIT {
    private static final int KILLS = Integer.getInteger("procession.soak.kills", 100) / 8;
    private static final long SEED = Long.getLong("procession.soak.seed", System.nanoTime());

    private static final int STOP = 0;
    private static final int NEXT = 1;
    private static final int STEPS = 2; // 4 of them
    private static final int FIRST_ITEM = 8;
    private static final int MOST_ITEMS = 100_000 + KILLS * 6_000;

    /** What a cell of an item counts. */
    private static final long ARRIVED = 1;

    private static final long PUT = 1 << 16;

    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final Heap heap = test.participant().heap();
    private final Cells cells = Cells.create(session, FIRST_ITEM + MOST_ITEMS);
    private final Random random = new Random(SEED);

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void queues_processesKilledAtRandom_everyItemArrivesOnceOrIsMissedWithItsConsumer() throws Exception {
        System.out.println("QueueSoakIT: " + KILLS + " kills, -Dprocession.soak.seed=" + SEED);
        QueueOptions<byte[]> options =
                QueueOptions.of(Codec.bytes()).ringBytes(1024).maxAttempts(255);
        long before = heap.statistics().usedBytes();
        ProcessQueue<byte[]> plain = ProcessQueue.create(session, options.capacity(40));
        JoinableProcessQueue<byte[]> jobs = JoinableProcessQueue.create(session, options.capacity(40));
        ChildProcess[] workers = new ChildProcess[4];
        for (int place = 0; place < 4; place++) {
            workers[place] = started(place, plain, jobs);
        }
        int killedProducers = 0;
        int killedConsumers = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int place = random.nextInt(4);
            long steps = cells.get(STEPS + place);
            Eventually.holds(
                    () -> cells.get(STEPS + place) > steps + 20,
                    () -> "worker " + place + " does not get on; seed " + SEED + "; " + plain + ", " + jobs);
            Thread.sleep(random.nextInt(30)); // the moment of the kill: what is random here
            if (random.nextInt(4) == 0) {
                ChildProcess other = workers[(place + 1) % 4];
                TestSession.signal(other, "STOP");
                Thread.sleep(random.nextInt(200)); // long enough for others to have to wait for it
                TestSession.signal(other, "CONT");
            }
            workers[place].kill();
            workers[place].join();
            killedProducers += place < 2 ? 1 : 0;
            killedConsumers += place < 2 ? 0 : 1;
            workers[place] = started(place, plain, jobs);
        }
        cells.set(STOP, 1);
        for (int place = 0; place < 2; place++) {
            assertTrue(workers[place].join(Duration.ofSeconds(30)), "seed " + SEED + "; " + plain + ", " + jobs);
        }
        plain.end();
        assertTrue(jobs.join(Duration.ofSeconds(30)), "seed " + SEED + "; " + jobs);
        jobs.end();
        for (ChildProcess worker : workers) {
            assertTrue(worker.join(Duration.ofSeconds(30)), "seed " + SEED + "; " + plain + ", " + jobs);
            assertEquals(0, worker.exitCode().orElseThrow(), worker + "; seed " + SEED);
        }
        assertEquals(0, plain.size());
        assertEquals(0, jobs.unfinished());
        assertItems(killedProducers, killedConsumers, plain);
        plain.close();
        jobs.close();
        Eventually.holds(
                () -> heap.statistics().usedBytes() <= before + 4096,
                () -> before + " bytes were used, and now " + heap.statistics());
    }

    private void assertItems(int killedProducers, int killedConsumers, ProcessQueue<byte[]> plain) {
        int missed = 0;
        int unsaid = 0;
        int again = 0;
        long items = Math.min(cells.get(NEXT), MOST_ITEMS);
        for (int number = 0; number < items; number++) {
            long cell = cells.get(FIRST_ITEM + number);
            boolean job = number % 2 == 1;
            long arrived = cell % PUT;
            unsaid += cell < PUT && arrived > 0 ? 1 : 0;
            if (job) {
                assertTrue(cell < PUT || arrived > 0, "job " + number + " is lost; seed " + SEED);
                again += arrived > 1 ? 1 : 0;
            } else {
                assertTrue(arrived <= 1, "item " + number + " arrived " + arrived + " times; seed " + SEED);
                missed += cell >= PUT && arrived == 0 ? 1 : 0;
            }
        }
        System.out.println("QueueSoakIT: " + items + " items, " + missed + " went with their consumers, " + again
                + " jobs were done twice, " + unsaid + " puts were not confirmed");
        assertTrue(missed <= killedConsumers, missed + " items are lost; seed " + SEED);
        assertTrue(again <= killedConsumers, again + " jobs were done twice; seed " + SEED);
        assertTrue(unsaid <= killedProducers, unsaid + " items were never put; seed " + SEED);
        assertTrue(
                plain.consumerDeaths().size() >= Math.min(missed, 16),
                missed + " items are lost, and " + plain.consumerDeaths() + " were reported; seed " + SEED);
    }

    private ChildProcess started(int place, ProcessQueue<byte[]> plain, JoinableProcessQueue<byte[]> jobs) {
        long seed = random.nextLong();
        Cells shared = cells;
        ChildTask work = place < 2
                ? () -> produce(shared, place, new Random(seed), plain, jobs)
                : () -> consume(shared, place, plain, jobs);
        return test.start("worker-" + place, work, "-XX:+UseSerialGC");
    }

    private static void produce(
            Cells cells, int place, Random random, ProcessQueue<byte[]> plain, ProcessQueue<byte[]> jobs)
            throws InterruptedException {
        while (cells.get(STOP) == 0) {
            int number = (int) cells.add(NEXT, 1) - 1;
            if (number >= MOST_ITEMS) {
                Thread.sleep(1);
                cells.add(STEPS + place, 1);
                continue;
            }
            byte[] item = new byte[Integer.BYTES + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 100)];
            ByteBuffer.wrap(item).putInt(number);
            (number % 2 == 0 ? plain : jobs).put(item);
            cells.add(FIRST_ITEM + number, PUT);
            cells.add(STEPS + place, 1);
            if (number % 8 == 0) {
                Thread.sleep(1); // so that consumers sleep now and then, and a long soak needs no huge witness
            }
        }
    }

    private static void consume(Cells cells, int place, ProcessQueue<byte[]> plain, JoinableProcessQueue<byte[]> jobs)
            throws InterruptedException {
        boolean plainOver = false;
        boolean jobsOver = false;
        while (!plainOver || !jobsOver) {
            try {
                byte[] item = plainOver ? null : plain.poll(Duration.ofMillis(5));
                if (item != null) {
                    cells.add(FIRST_ITEM + ByteBuffer.wrap(item).getInt(), ARRIVED);
                }
            } catch (QueueEndedException e) {
                plainOver = true;
            }
            try (Lease<byte[]> lease = jobsOver ? null : jobs.tryLease(Duration.ofMillis(5))) {
                if (lease != null) {
                    cells.add(FIRST_ITEM + ByteBuffer.wrap(lease.item()).getInt(), ARRIVED);
                    lease.done();
                }
            } catch (QueueEndedException e) {
                jobsOver = true;
            }
            cells.add(STEPS + place, 1);
        }
    }
}
