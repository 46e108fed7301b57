package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.procession.stress.Side.Permits;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

@JCStressTest
@Description("Two participants count under a leased semaphore of one permit.")
@Outcome(
        id = {"1, 2, 1", "2, 1, 1"},
        expect = ACCEPTABLE,
        desc = "One after the other, and the permit is back.")
@Outcome(expect = FORBIDDEN, desc = "Both had the permit, or it was lost.")
@State
public class LeasedSemaphoreStress {
    private static final Pool<Permits> SEMAPHORES = Pool.of(Sides.FIRST::leased, Sides.SECOND::leased);

    private final int semaphore = SEMAPHORES.take();
    private int plain;

    @Actor
    public void first(III_Result result) {
        result.r1 = count(SEMAPHORES.first(semaphore));
    }

    @Actor
    public void second(III_Result result) {
        result.r2 = count(SEMAPHORES.second(semaphore));
    }

    @Arbiter
    public void after(III_Result result) {
        result.r3 = SEMAPHORES.first(semaphore).available();
    }

    private int count(Permits permits) {
        if (!permits.acquire(1)) {
            return -1;
        }
        int counted = ++plain;
        permits.release(1);
        return counted;
    }
}
