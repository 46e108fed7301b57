package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

@JCStressTest
@Description("Two threads of a process write one ring of 16 events, and overtake each other by whole laps.")
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Whole events only.")
@Outcome(expect = FORBIDDEN, desc = "An event had fields of two.")
@State
public class RingWritersStress {
    private static final Side.Ring WRITER = Sides.FIRST.ring();
    private static final Side.Ring READER = Sides.SECOND.ring();
    private static final AtomicLong NUMBERS = new AtomicLong();

    @Actor
    public void first() {
        record();
    }

    @Actor
    public void second() {
        record();
    }

    private static void record() {
        for (int turn = 0; turn < 20; turn++) {
            WRITER.record(NUMBERS.getAndIncrement());
        }
    }

    @Arbiter
    public void after(I_Result result) {
        result.r1 = READER.torn();
    }
}
