package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.locks.Lock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

@JCStressTest
@Description("One participant locks with a deadline, the other one tries only; who got the lock counts.")
@Outcome(
        id = {"1, 2, 2", "2, 1, 2"},
        expect = ACCEPTABLE,
        desc = "One after the other.")
@Outcome(id = "1, -1, 1", expect = ACCEPTABLE, desc = "The second one found the lock held.")
@Outcome(expect = FORBIDDEN, desc = "Both were in at once, or a lock with a deadline was not got.")
@State
public class LockTimedExclusionStress {
    private static final Pool<Lock> LOCKS = Pool.of(Sides.FIRST::lock, Sides.SECOND::lock);

    private final int number = LOCKS.take();
    private int plain;

    @Actor
    public void first(III_Result result) {
        Lock lock = LOCKS.first(number);
        try {
            result.r1 = lock.tryLock(Side.DEADLINE, Side.UNIT) ? count(lock) : -1;
        } catch (InterruptedException e) {
            throw new AssertionError(e); // nobody interrupts
        }
    }

    @Actor
    public void second(III_Result result) {
        Lock lock = LOCKS.second(number);
        result.r2 = lock.tryLock() ? count(lock) : -1;
    }

    @Arbiter
    public void after(III_Result result) {
        result.r3 = plain;
    }

    private int count(Lock held) {
        try {
            return ++plain;
        } finally {
            held.unlock();
        }
    }
}
