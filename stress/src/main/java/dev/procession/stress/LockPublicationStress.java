package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.procession.stress.Side.Cells;
import java.util.concurrent.locks.Lock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description("What one participant wrote to shared memory under a lock, in plain mode, the next owner sees, all of it.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The reader came first.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The reader came second.")
@Outcome(expect = FORBIDDEN, desc = "The reader saw one write and not the other.")
@State
public class LockPublicationStress {
    private static final Pool<Lock> LOCKS = Pool.of(Sides.FIRST::lock, Sides.SECOND::lock);
    private static final Pool<Cells> CELLS = Pool.of(Sides.FIRST::cells, Sides.SECOND::cells);

    private final int lock = LOCKS.take();
    private final int cells = CELLS.take();

    public LockPublicationStress() {
        CELLS.first(cells).set(0, 0);
        CELLS.first(cells).set(7, 0);
    }

    @Actor
    public void writer() {
        Lock held = LOCKS.first(lock);
        held.lock();
        try {
            CELLS.first(cells).set(0, 1);
            CELLS.first(cells).set(7, 1);
        } finally {
            held.unlock();
        }
    }

    @Actor
    public void reader(II_Result result) {
        Lock held = LOCKS.second(lock);
        held.lock();
        try {
            result.r1 = (int) CELLS.second(cells).get(7);
            result.r2 = (int) CELLS.second(cells).get(0);
        } finally {
            held.unlock();
        }
    }
}
