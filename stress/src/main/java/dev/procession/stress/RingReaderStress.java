package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

@JCStressTest
@Description("A process reads another one's ring of 16 events while that one overwrites it.")
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Whole events only.")
@Outcome(expect = FORBIDDEN, desc = "An event had fields of two.")
@State
public class RingReaderStress {
    private static final Side.Ring WRITER = Sides.FIRST.ring();
    private static final Side.Ring READER = Sides.SECOND.ring();
    private static final AtomicLong NUMBERS = new AtomicLong();

    @Actor
    public void writer() {
        for (int turn = 0; turn < 8; turn++) {
            WRITER.record(NUMBERS.getAndIncrement());
        }
    }

    @Actor
    public void reader(I_Result result) {
        result.r1 = READER.torn();
    }
}
