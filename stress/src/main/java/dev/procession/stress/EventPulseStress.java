package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.procession.stress.Side.Flag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

@JCStressTest
@Description(
        "An event is set and cleared at once, again and again, until a waiter has passed: who waits at a set passes.")
@Outcome(id = "true", expect = ACCEPTABLE, desc = "Passed.")
@Outcome(expect = FORBIDDEN, desc = "The waiter saw none of the sets.")
@State
public class EventPulseStress {
    private static final Pool<Flag> EVENTS = Pool.of(Sides.FIRST::event, Sides.SECOND::event);

    private final int event = EVENTS.take();
    private volatile boolean passed;

    public EventPulseStress() {
        EVENTS.first(event).clear();
    }

    @Actor
    public void setter() {
        Flag flag = EVENTS.first(event);
        do {
            flag.set();
            flag.clear();
            Thread.onSpinWait(); // room for the waiter to come in between
        } while (!passed);
    }

    @Actor
    public void waiter(Z_Result result) {
        result.r1 = EVENTS.second(event).await();
        passed = true;
    }
}
