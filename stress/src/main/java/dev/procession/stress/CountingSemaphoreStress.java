package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.procession.stress.Side.Cells;
import dev.procession.stress.Side.Permits;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

@JCStressTest
@Description("One participant releases three permits one by one, the other one acquires two, and then one.")
@Outcome(id = "true, 1, 0", expect = ACCEPTABLE, desc = "Got them, and saw what was written before.")
@Outcome(expect = FORBIDDEN, desc = "A permit or a waiter was lost, or a permit came twice.")
@State
public class CountingSemaphoreStress {
    private static final Pool<Permits> SEMAPHORES = Pool.of(Sides.FIRST::counting, Sides.SECOND::counting);
    private static final Pool<Cells> CELLS = Pool.of(Sides.FIRST::cells, Sides.SECOND::cells);

    private final int semaphore = SEMAPHORES.take();
    private final int cells = CELLS.take();

    public CountingSemaphoreStress() {
        CELLS.first(cells).set(0, 0);
    }

    @Actor
    public void releaser() {
        Permits permits = SEMAPHORES.first(semaphore);
        CELLS.first(cells).set(0, 1);
        permits.release(1);
        permits.release(1);
        permits.release(1);
    }

    @Actor
    public void acquirer(ZII_Result result) {
        Permits permits = SEMAPHORES.second(semaphore);
        result.r1 = permits.acquire(2) && permits.acquire(1);
        result.r2 = (int) CELLS.second(cells).get(0);
    }

    @Arbiter
    public void after(ZII_Result result) {
        result.r3 = SEMAPHORES.first(semaphore).drain();
    }
}
