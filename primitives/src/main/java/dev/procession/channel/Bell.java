package dev.procession.channel;

import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.waiting.WaitPoint;
import java.util.function.BooleanSupplier;

/**
 * Where threads wait for something of a queue. One ring is under way at a time: whoever was rung rings on when it leaves, if
 * there is more. So a thousand items that are put while a sleeper gets up cost one ring, not a thousand.
 *
 * <pre>
 *   0  RUNG    long  1 = a sleeper was rung and has not come yet; a hint: it goes by itself after two ticks
 *   8  BITMAP        the slots of the processes that sleep; getAndBitwiseOr and -And
 * </pre>
 */
final class Bell extends WaitPoint {
    private static final int RUNG = 0;
    private static final int BITMAP = RUNG + Long.BYTES;

    private final Memory memory;
    private final int rung;
    private final BooleanSupplier ready;
    private final boolean rings;

    Bell(Participant participant, Memory memory, int offset, long id, boolean wakesAll, BooleanSupplier ready) {
        super(participant.waiting(), memory, offset + BITMAP, id, wakesAll);
        this.memory = memory;
        this.rung = offset + RUNG;
        this.ready = ready;
        this.rings = !wakesAll;
    }

    static int length(int slots) {
        return BITMAP + bitmapLength(slots);
    }

    /** After a change that one sleeper may wait for. */
    void ring() {
        if (hasSleepers()) {
            ringSleeper();
        }
    }

    private void ringSleeper() {
        if (!rings) {
            ringAll();
        } else if (memory.compareAndSetLong(rung, 0, 1) && !ringOne()) {
            memory.setLongVolatile(rung, 0);
            // Who came meanwhile saw the mark, or will see the change.
            if (hasSleepers() && ready.getAsBoolean()) {
                ringOne();
            }
        }
    }

    @Override
    protected boolean ready() {
        return ready.getAsBoolean();
    }

    @Override
    protected void announce(boolean wasRung) {
        if (wasRung) {
            memory.setLongVolatile(rung, 0); // before it tries: what changes from now on is rung for again
        }
    }

    @Override
    protected void abandoned() {
        memory.setLongVolatile(rung, 0);
    }

    @Override
    protected boolean ringUnderWay() {
        return memory.getLongVolatile(rung) != 0;
    }

    @Override
    protected void left(boolean done, boolean wasRung) {
        // The mark may be of a ring that was meant for this thread, and came too late or was not needed.
        memory.setLongVolatile(rung, 0);
        if (hasSleepers() && ready.getAsBoolean()) {
            ring();
        }
    }
}
