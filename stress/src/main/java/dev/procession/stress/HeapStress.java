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
import org.openjdk.jcstress.infra.results.ZZ_Result;

@JCStressTest
@Description("Two participants allocate, fill and free blocks of one heap.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Each block was its owner's alone.")
@Outcome(expect = FORBIDDEN, desc = "A block was handed out twice, or zeroed while it was in use.")
@State
public class HeapStress {
    private static final Side.Blocks FIRST = Sides.FIRST.blocks();
    private static final Side.Blocks SECOND = Sides.SECOND.blocks();
    private static final AtomicLong NUMBERS = new AtomicLong(1);

    private final long number = NUMBERS.getAndAdd(2);
    private Object first = "";
    private Object second = "";

    @Actor
    public void first() {
        FIRST.free(FIRST.allocate(size(number >> 3), number)); // a hole for the other one
        first = FIRST.allocate(size(number), number);
    }

    @Actor
    public void second() {
        second = SECOND.allocate(size(number >> 5), number + 1);
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r1 = FIRST.holds(first, number);
        result.r2 = SECOND.holds(second, number + 1);
        FIRST.free(first);
        SECOND.free(second);
    }

    private static int size(long any) {
        return 64 << (any & 3);
    }
}
