package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.procession.stress.Side.Cells;
import dev.procession.stress.Side.Flag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

@JCStressTest
@Description("One participant awaits an event that the other one sets, and sees what that one wrote before.")
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "Passed, and saw it.")
@Outcome(expect = FORBIDDEN, desc = "The waiter was lost, or passed without what was written before.")
@State
public class EventPublicationStress {
    private static final Pool<Flag> EVENTS = Pool.of(Sides.FIRST::event, Sides.SECOND::event);
    private static final Pool<Cells> CELLS = Pool.of(Sides.FIRST::cells, Sides.SECOND::cells);

    private final int event = EVENTS.take();
    private final int cells = CELLS.take();

    public EventPublicationStress() {
        EVENTS.first(event).clear();
        CELLS.first(cells).set(0, 0);
    }

    @Actor
    public void setter() {
        CELLS.first(cells).set(0, 1);
        EVENTS.first(event).set();
    }

    @Actor
    public void waiter(ZI_Result result) {
        result.r1 = EVENTS.second(event).await();
        result.r2 = (int) CELLS.second(cells).get(0);
    }
}
