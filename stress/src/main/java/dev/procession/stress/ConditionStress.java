package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

@JCStressTest
@Description("One participant awaits a condition that the other one makes true and signals.")
@Outcome(id = "true", expect = ACCEPTABLE, desc = "The waiter saw it.")
@Outcome(expect = FORBIDDEN, desc = "The waiter was lost.")
@State
public class ConditionStress {
    private static final Pool<Lock> LOCKS = Pool.of(Sides.FIRST::lock, Sides.SECOND::lock);
    private static final Pool<Condition> CONDITIONS = Pool.of(Sides.FIRST::condition, Sides.SECOND::condition);

    private final int number = CONDITIONS.take(); // of the lock, too
    private boolean happened;

    @Actor
    public void signaller() {
        Lock lock = LOCKS.first(number);
        lock.lock();
        try {
            happened = true;
            CONDITIONS.first(number).signal();
        } finally {
            lock.unlock();
        }
    }

    @Actor
    public void waiter(Z_Result result) {
        Lock lock = LOCKS.second(number);
        lock.lock();
        try {
            boolean inTime = true;
            while (!happened && inTime) {
                inTime = CONDITIONS.second(number).await(Side.DEADLINE, Side.UNIT);
            }
            result.r1 = inTime;
        } catch (InterruptedException e) {
            throw new AssertionError(e); // nobody interrupts
        } finally {
            lock.unlock();
        }
    }
}
