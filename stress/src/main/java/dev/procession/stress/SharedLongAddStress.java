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
import org.openjdk.jcstress.infra.results.JJJ_Result;

@JCStressTest
@Description("Two participants add to one shared long.")
@Outcome(
        id = {"0, 1, 11", "10, 0, 11"},
        expect = ACCEPTABLE,
        desc = "One after the other.")
@Outcome(expect = FORBIDDEN, desc = "An addition was lost.")
@State
public class SharedLongAddStress {
    private static final Pool<Cells> CELLS = Pool.of(Sides.FIRST::cells, Sides.SECOND::cells);

    private final int cells = CELLS.take();

    public SharedLongAddStress() {
        CELLS.first(cells).set(3, 0);
    }

    @Actor
    public void first(JJJ_Result result) {
        result.r1 = CELLS.first(cells).getAndAdd(3, 1);
    }

    @Actor
    public void second(JJJ_Result result) {
        result.r2 = CELLS.second(cells).getAndAdd(3, 10);
    }

    @Arbiter
    public void after(JJJ_Result result) {
        result.r3 = CELLS.first(cells).get(3);
    }
}
