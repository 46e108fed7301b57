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
import org.openjdk.jcstress.infra.results.ZZI_Result;

@JCStressTest
@Description("Two participants try to get the only permit.")
@Outcome(
        id = {"true, false, 0", "false, true, 0"},
        expect = ACCEPTABLE,
        desc = "One of them got it.")
@Outcome(expect = FORBIDDEN, desc = "Both got it, or none.")
@State
public class CountingSemaphoreTryStress {
    private static final Pool<Permits> SEMAPHORES = Pool.of(Sides.FIRST::counting, Sides.SECOND::counting);

    private final int semaphore = SEMAPHORES.take();

    public CountingSemaphoreTryStress() {
        SEMAPHORES.first(semaphore).release(1);
    }

    @Actor
    public void first(ZZI_Result result) {
        result.r1 = SEMAPHORES.first(semaphore).tryAcquire();
    }

    @Actor
    public void second(ZZI_Result result) {
        result.r2 = SEMAPHORES.second(semaphore).tryAcquire();
    }

    @Arbiter
    public void after(ZZI_Result result) {
        result.r3 = SEMAPHORES.first(semaphore).drain();
    }
}
