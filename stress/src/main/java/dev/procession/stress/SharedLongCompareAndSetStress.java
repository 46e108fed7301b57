package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.procession.stress.Side.Cells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

@JCStressTest
@Description("Two participants replace the same value of one shared long.")
@Outcome(
        id = {"true, false, 1", "false, true, 2"},
        expect = ACCEPTABLE,
        desc = "One of them did.")
@Outcome(expect = FORBIDDEN, desc = "Both did, or none, or the value is the other one's.")
@State
public class SharedLongCompareAndSetStress {
    private static final Pool<Cells> CELLS = Pool.of(Sides.FIRST::cells, Sides.SECOND::cells);

    private final int cells = CELLS.take();

    public SharedLongCompareAndSetStress() {
        CELLS.first(cells).set(3, 0);
    }

    @Actor
    public void first(ZZJ_Result result) {
        result.r1 = CELLS.first(cells).compareAndSet(3, 0, 1);
    }

    @Actor
    public void second(ZZJ_Result result) {
        result.r2 = CELLS.second(cells).compareAndSet(3, 0, 2);
    }

    @Arbiter
    public void after(ZZJ_Result result) {
        result.r3 = CELLS.first(cells).get(3);
    }
}
