package dev.procession.sync;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * Who has arrived, or is about to, and who is registered. Knows what is written, and decides nothing.
 *
 * <p>A party has its place until it has left, so it finds there, however late it looks, whether its generation failed. Of
 * the generation the place has 17 bits: a party that was stopped for a multiple of 131,072 generations could be told of a
 * reset that was not its own.
 */
final class BarrierPlaces {
    private static final long FAILED = 1L << 17;
    private static final long GENERATION_MASK = FAILED - 1;

    private final Memory memory;
    private final int base;
    private final BarrierLayout layout;
    private final int parties;
    private final ProcessTable table;

    BarrierPlaces(Memory memory, int base, BarrierLayout layout, int parties, ProcessTable table) {
        this.memory = memory;
        this.base = base;
        this.layout = layout;
        this.parties = parties;
        this.table = table;
    }

    /**
     * Writes down that a party of this process is about to arrive: before it does, so that its death is noticed.
     *
     * @param likely where a free place is likely
     * @return the place, or -1 if there is none
     */
    int claim(long me, long generation, int likely) {
        for (int i = 0; i < layout.arrivalCount; i++) {
            int place = (likely + i) % layout.arrivalCount;
            int offset = base + layout.arrival(place);
            if (memory.getLongVolatile(offset) == 0 && memory.compareAndSetLong(offset, 0, mark(me, generation))) {
                FaultPoint.reached("barrier.claimed");
                return place;
            }
        }
        return -1;
    }

    /** Frees a place; unless it was taken for a dead one's, because this process has left the session. */
    void unclaim(int place, long me, long generation) {
        int offset = base + layout.arrival(place);
        if (!memory.compareAndSetLong(offset, mark(me, generation), 0)) {
            memory.compareAndSetLong(offset, mark(me, generation) | FAILED, 0);
        }
    }

    /** Tells the parties of a generation that it failed; before another one begins. */
    void fail(long generation) {
        for (int i = 0; i < layout.arrivalCount; i++) {
            int offset = base + layout.arrival(i);
            long seen = memory.getLongVolatile(offset);
            // If the CAS fails, the party has left: it saw the broken barrier.
            if (isOf(seen, generation) && memory.compareAndSetLong(offset, seen, seen | FAILED)) {
                FaultPoint.reached("barrier.failed");
            }
        }
    }

    boolean hasFailed(int place) {
        return (memory.getLongVolatile(base + layout.arrival(place)) & FAILED) != 0;
    }

    /** The owners of the places of a generation. */
    List<Long> arrived(long generation) {
        List<Long> owners = new ArrayList<>();
        for (int i = 0; i < layout.arrivalCount; i++) {
            long seen = memory.getLongVolatile(base + layout.arrival(i));
            if (isOf(seen, generation)) {
                owners.add(seen & Owner.MASK);
            }
        }
        return owners;
    }

    /**
     * Somebody dead who has a place in a generation; frees the places of the dead in others.
     *
     * @param me this process, which is not, even if it has left the session
     * @param maxAgeNanos how old the kernel's answer may be; negative to believe the table
     * @return 0 if nobody
     */
    long deadArrival(long generation, long me, long maxAgeNanos) {
        for (int i = 0; i < layout.arrivalCount; i++) {
            int offset = base + layout.arrival(i);
            long seen = memory.getLongVolatile(offset);
            if (seen != 0 && (seen & Owner.MASK) != me && isDead(seen, maxAgeNanos)) {
                if (isOf(seen, generation)) {
                    return seen & Owner.MASK;
                }
                memory.compareAndSetLong(offset, seen, 0);
            }
        }
        return 0;
    }

    /**
     * Registers a party of this process.
     *
     * @return its place, or -1 if all are taken
     */
    int register(long me) {
        for (int place = 0; place < parties; place++) {
            int offset = base + layout.registration(place);
            if (memory.getLongVolatile(offset) == 0 && memory.compareAndSetLong(offset, 0, me)) {
                FaultPoint.reached("barrier.registered");
                return place;
            }
        }
        return -1;
    }

    void unregister(int place, long owner) {
        memory.compareAndSetLong(base + layout.registration(place), owner, 0);
    }

    /** The owner of a registration; 0 if the place is free. */
    long registered(int place) {
        return memory.getLongVolatile(base + layout.registration(place));
    }

    /** The owners of all registrations. */
    List<Long> registered() {
        List<Long> owners = new ArrayList<>();
        for (int place = 0; place < parties; place++) {
            long owner = registered(place);
            if (owner != 0) {
                owners.add(owner);
            }
        }
        return owners;
    }

    int registeredCount() {
        int count = 0;
        for (int place = 0; place < parties; place++) {
            if (registered(place) != 0) {
                count++;
            }
        }
        return count;
    }

    /**
     * The place of a registered party that is dead.
     *
     * @param me this process, which is not, even if it has left the session
     * @param maxAgeNanos as in {@link #deadArrival}
     * @return -1 if there is none
     */
    int deadRegistration(long me, long maxAgeNanos) {
        for (int place = 0; place < parties; place++) {
            long owner = registered(place);
            if (owner != 0 && owner != me && isDead(owner, maxAgeNanos)) {
                return place;
            }
        }
        return -1;
    }

    private boolean isDead(long owner, long maxAgeNanos) {
        return maxAgeNanos < 0 ? !table.isMember(owner) : !table.isAlive(owner, maxAgeNanos);
    }

    private static boolean isOf(long mark, long generation) {
        return mark != 0 && (mark & GENERATION_MASK) == (generation & GENERATION_MASK);
    }

    private static long mark(long owner, long generation) {
        return owner | (generation & GENERATION_MASK);
    }
}
