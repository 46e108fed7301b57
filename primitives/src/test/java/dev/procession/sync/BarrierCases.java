package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.session.Session;
import dev.procession.testing.Eventually;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.function.Function;
import java.util.function.Supplier;

/** What five parties do together, each in a thread of any process. Counters are semaphores that are only released. */
final class BarrierCases implements Serializable {
    static final int PARTIES = 5;
    private static final long serialVersionUID = 1L;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ProcessBarrier gate;
    private final ProcessBarrier lockStep;
    private final ProcessBarrier indexed;
    private final ProcessBarrier acting;
    private final ProcessBarrier aborted;
    private final ProcessBarrier reset;
    private final ProcessBarrier late;
    private final ProcessBarrier lateByDefault;
    private final ProcessSemaphore[] counters = new ProcessSemaphore[16];
    private final ProcessSemaphore acted;

    BarrierCases(Session session) {
        this(how -> ProcessBarrier.create(session, PARTIES, how), () -> ProcessSemaphore.counting(session, 0));
    }

    /** Wherever barriers and semaphores without permits come from. */
    BarrierCases(Function<BarrierOptions, ProcessBarrier> barriers, Supplier<ProcessSemaphore> semaphores) {
        BarrierOptions standard = BarrierOptions.standard();
        gate = barriers.apply(standard);
        lockStep = barriers.apply(standard);
        indexed = barriers.apply(standard);
        aborted = barriers.apply(standard);
        reset = barriers.apply(standard);
        late = barriers.apply(standard);
        lateByDefault = barriers.apply(standard.timeout(Duration.ofMillis(500)));
        for (int i = 0; i < counters.length; i++) {
            counters[i] = semaphores.get();
        }
        acted = semaphores.get();
        ProcessSemaphore count = acted;
        acting = barriers.apply(standard.action(count::release));
    }

    private int count(int counter) {
        return counters[counter].availablePermits();
    }

    /** All cases, by one party. */
    void run() throws Exception {
        passes();
        indexes();
        action();
        abort();
        reset();
        timeout();
        defaultTimeout();
    }

    /** B01, B02 */
    private void passes() throws Exception {
        for (int i = 0; i < 10; i++) {
            counters[0].release();
            assertEquals(i * PARTIES, count(1));
            lockStep.await(LONG);
            counters[1].release();
            assertEquals((i + 1) * PARTIES, count(0));
            lockStep.await(LONG);
        }
        assertEquals(0, lockStep.getNumberWaiting());
        assertFalse(lockStep.isBroken());
    }

    /** B03 */
    private void indexes() throws Exception {
        int index = indexed.await(LONG);
        counters[2 + index].release();
        indexed.await(LONG);
        for (int i = 0; i < PARTIES; i++) {
            assertEquals(1, count(2 + i), "arrivals with index " + i);
        }
    }

    /** B04 */
    private void action() throws Exception {
        for (int pass = 1; pass <= 5; pass++) {
            acting.await(LONG);
            assertEquals(pass, acted.availablePermits());
            gate.await(LONG);
        }
    }

    /** B05 */
    private void abort() throws Exception {
        int index = aborted.await(LONG);
        if (index == PARTIES / 2) {
            aborted.abort();
        } else {
            countOutcome(() -> aborted.await(LONG), 7, 8);
        }
        gate.await(LONG);
        assertEquals(0, count(7), "passed an aborted barrier");
        assertEquals(PARTIES - 1, count(8));
        assertTrue(aborted.isBroken());
        assertEquals(0, aborted.getNumberWaiting());
    }

    /** B06 */
    private void reset() throws Exception {
        int index = reset.await(LONG);
        if (index == PARTIES / 2) {
            Eventually.holds("the others wait", () -> reset.getNumberWaiting() == PARTIES - 1);
            reset.reset();
        } else {
            countOutcome(() -> reset.await(LONG), 9, 10);
        }
        reset.await(LONG);
        counters[11].release();
        gate.await(LONG);
        assertEquals(0, count(9), "passed a barrier that was reset");
        assertEquals(PARTIES - 1, count(10));
        assertEquals(PARTIES, count(11));
        assertFalse(reset.isBroken());
    }

    /** B08 */
    private void timeout() throws Exception {
        if (gate.await(LONG) == PARTIES / 2) {
            Thread.sleep(1000);
        }
        countOutcome(() -> late.await(Duration.ofMillis(500)), 12, 13);
        gate.await(LONG);
        assertEquals(0, count(12));
        assertEquals(PARTIES, count(13));
        assertTrue(late.isBroken());
    }

    /** B09 */
    private void defaultTimeout() throws Exception {
        if (gate.await(LONG) == PARTIES / 2) {
            Thread.sleep(1000);
        }
        countOutcome(lateByDefault::await, 14, 15);
        gate.await(LONG);
        assertEquals(0, count(14));
        assertEquals(PARTIES, count(15));
        assertTrue(lateByDefault.isBroken());
    }

    private interface Wait {
        int await() throws InterruptedException, BrokenBarrierException;
    }

    private void countOutcome(Wait wait, int passed, int broken) throws InterruptedException {
        try {
            wait.await();
            counters[passed].release();
        } catch (BrokenBarrierException e) {
            counters[broken].release();
        }
    }
}
