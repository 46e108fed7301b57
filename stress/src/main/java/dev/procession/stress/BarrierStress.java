package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.procession.stress.Side.Cells;
import dev.procession.stress.Side.Gate;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

@JCStressTest
@Description("Two participants meet at a barrier; each sees what the other one wrote before.")
@Outcome(
        id = {"0, 1, 1, 1", "1, 1, 0, 1"},
        expect = ACCEPTABLE,
        desc = "They met.")
@Outcome(expect = FORBIDDEN, desc = "One was lost or passed alone, or did not see what the other one wrote.")
@State
public class BarrierStress {
    private static final Pool<Gate> BARRIERS = Pool.of(Sides.FIRST::barrier, Sides.SECOND::barrier);
    private static final Pool<Cells> CELLS = Pool.of(Sides.FIRST::cells, Sides.SECOND::cells);

    private final int barrier = BARRIERS.take();
    private final int cells = CELLS.take();

    public BarrierStress() {
        CELLS.first(cells).set(0, 0);
        CELLS.first(cells).set(1, 0);
    }

    @Actor
    public void first(IIII_Result result) {
        CELLS.first(cells).set(0, 1);
        result.r1 = BARRIERS.first(barrier).await();
        result.r2 = (int) CELLS.first(cells).get(1);
    }

    @Actor
    public void second(IIII_Result result) {
        CELLS.second(cells).set(1, 1);
        result.r3 = BARRIERS.second(barrier).await();
        result.r4 = (int) CELLS.second(cells).get(0);
    }
}
