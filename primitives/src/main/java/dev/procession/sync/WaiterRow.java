package dev.procession.sync;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;

/**
 * One thread that waits for a condition, as it stands in shared memory.
 *
 * <pre>
 *   0  WORD    long  its process (46 bits) | state; 0 = nobody's. Claimed and freed by the holder of the lock, changed by CAS
 *   8  PLACE   long  its place in the order; its thread, before WORD
 *  16  THREAD  long  its id in its JVM; likewise
 *  24  (not used)
 * </pre>
 *
 * <p>States: WAITING; from there to SIGNALLED by a signaller, or back to nobody's by the thread itself, when its time is
 * over or it was interrupted; both by CAS, so that either happens. A signalled waiter sleeps on until the lock is given
 * back: then one of them becomes CHOSEN, and RUNG when the ring was sent. It frees its row when it has the lock: who
 * dies earlier has a signal that is given to another.
 */
final class WaiterRow {
    static final int LENGTH = 32;

    static final int WAITING = 1;
    static final int SIGNALLED = 2;
    static final int CHOSEN = 3;
    static final int RUNG = 4;

    private static final int PLACE = 8;
    private static final int THREAD = 16;

    private final ConditionCore condition;
    private final Memory memory;
    private final int word;
    private final long owner;

    /**
     * A row as its owner or a signaller uses it.
     *
     * @param owner whose it is
     */
    WaiterRow(ConditionCore condition, Memory memory, int word, long owner) {
        this.condition = condition;
        this.memory = memory;
        this.word = word;
        this.owner = owner;
    }

    static int state(long word) {
        return (int) (word & ~Owner.MASK);
    }

    static long place(Memory memory, int word) {
        return memory.getLongOpaque(word + PLACE);
    }

    /** By the holder of the lock, who found the row to be nobody's. */
    void claim(long place) {
        memory.setLongOpaque(word + PLACE, place);
        memory.setLongOpaque(word + THREAD, Thread.currentThread().getId());
        FaultPoint.reached("condition.row-filled");
        memory.setLongVolatile(word, owner | WAITING);
        FaultPoint.reached("condition.waiting");
    }

    /** {@return the state, while the row is its owner's} */
    int state() {
        return state(memory.getLongVolatile(word));
    }

    long owner() {
        return owner;
    }

    /** The waiter's time is over. Returns false if it was signalled before. */
    boolean leave() {
        if (memory.compareAndSetLong(word, owner | WAITING, 0)) {
            FaultPoint.reached("condition.left");
            return true;
        }
        return false;
    }

    /** The waiter has the lock, and so what it was signalled for. */
    void free() {
        memory.setLongVolatile(word, 0);
        FaultPoint.reached("condition.taken");
    }

    /** {@return whether the waiter is signalled now; not if it left, or was signalled before} */
    boolean signal() {
        if (memory.compareAndSetLong(word, owner | WAITING, owner | SIGNALLED)) {
            FaultPoint.reached("condition.signalled");
            return true;
        }
        return false;
    }

    /** The owner is dead, and its signal was given to another or it had none. */
    void drop() {
        memory.setLongVolatile(word, 0);
        FaultPoint.reached("condition.dropped");
    }

    /** By the holder of the lock. Returns whether this one is to be rung when the lock is free. */
    boolean choose() {
        return memory.compareAndSetLong(word, owner | SIGNALLED, owner | CHOSEN);
    }

    /** Rings it; the lock is free by now, and the row perhaps another's. */
    void ring() {
        FaultPoint.reached("condition.chosen");
        condition.ring(owner);
        memory.compareAndSetLong(word, owner | CHOSEN, owner | RUNG);
        FaultPoint.reached("condition.rung");
    }
}
