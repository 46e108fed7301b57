package dev.procession.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.procession.stress.Side.Octets;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

@JCStressTest
@Description(
        "Bytes of one int: one participant replaces one, while the other one writes its neighbours and adds to one.")
@Outcome(id = "1, 7, 8, 9", expect = ACCEPTABLE, desc = "Each byte is what its writer wrote.")
@Outcome(
        expect = FORBIDDEN,
        desc = "A byte was lost to a neighbour's change, or a neighbour's change made an exchange fail.")
@State
public class SharedBytesNeighboursStress {
    private static final Pool<Octets> OCTETS = Pool.of(Sides.FIRST::octets, Sides.SECOND::octets);

    private final int octets = OCTETS.take();

    public SharedBytesNeighboursStress() {
        for (int index = 0; index < 8; index++) {
            OCTETS.first(octets).set(index, 0);
        }
    }

    @Actor
    public void first(IIII_Result result) {
        Octets mine = OCTETS.first(octets);
        result.r1 = mine.compareAndSet(5, 0, 3) && mine.compareAndSet(5, 3, 7) ? 1 : 0;
    }

    @Actor
    public void second() {
        Octets mine = OCTETS.second(octets);
        mine.set(4, 1);
        mine.set(4, 8);
        mine.add(6, 4);
        mine.add(6, 5);
    }

    @Arbiter
    public void after(IIII_Result result) {
        result.r2 = OCTETS.first(octets).get(5);
        result.r3 = OCTETS.first(octets).get(4);
        result.r4 = OCTETS.first(octets).get(6);
    }
}
