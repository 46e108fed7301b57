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
@Description("Two participants count under one reentrant lock.")
@Outcome(
        id = {"1, 2, 2", "2, 1, 2"},
        expect = ACCEPTABLE,
        desc = "One after the other.")
@Outcome(expect = FORBIDDEN, desc = "Both were in at once, or one did not see what the other wrote.")
@State
public class ReentrantLockExclusionStress {
    private static final Pool<Lock> LOCKS = Pool.of(Sides.FIRST::reentrantLock, Sides.SECOND::reentrantLock);

    private final int number = LOCKS.take();
    private int plain;

    @Actor
    public void first(III_Result result) {
        result.r1 = count(LOCKS.first(number));
    }

    @Actor
    public void second(III_Result result) {
        result.r2 = count(LOCKS.second(number));
    }

    @Arbiter
    public void after(III_Result result) {
        result.r3 = plain;
    }

    private int count(Lock lock) {
        lock.lock();
        try {
            int next = read(lock) + 1;
            plain = next; // held once still
            return next;
        } finally {
            lock.unlock();
        }
    }

    private int read(Lock lock) {
        lock.lock();
        try {
            return plain;
        } finally {
            lock.unlock();
        }
    }
}
