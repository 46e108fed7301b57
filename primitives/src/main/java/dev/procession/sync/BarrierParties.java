package dev.procession.sync;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** Who has arrived, or is about to, and who is registered. Knows what is written, and decides nothing. */
final class BarrierParties {
    private static final long GENERATION_MASK = ~Owner.MASK;

    private final Memory memory;
    private final int base;
    private final BarrierLayout layout;
    private final int parties;
    private final ProcessTable table;

    BarrierParties(Memory memory, int base, BarrierLayout layout, int parties, ProcessTable table) {
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
            long seen = memory.getLongVolatile(offset);
            if (!isOf(seen, generation) && memory.compareAndSetLong(offset, seen, mark(me, generation))) {
                FaultPoint.reached("barrier.claimed");
                return place;
            }
        }
        return -1;
    }

    /** Frees a place, unless it went to a later generation. */
    void unclaim(int place, long me, long generation) {
        memory.compareAndSetLong(base + layout.arrival(place), mark(me, generation), 0);
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
     * @param maxAgeNanos how old the kernel's answer may be; negative to believe the table
     * @return 0 if nobody
     */
    long deadArrival(long generation, long maxAgeNanos) {
        for (int i = 0; i < layout.arrivalCount; i++) {
            int offset = base + layout.arrival(i);
            long seen = memory.getLongVolatile(offset);
            if (seen != 0 && isDead(seen, maxAgeNanos)) {
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

    boolean isRegistered(int place, long owner) {
        return memory.getLongVolatile(base + layout.registration(place)) == owner;
    }

    void unregister(int place, long owner) {
        memory.compareAndSetLong(base + layout.registration(place), owner, 0);
    }

    /** The owners of all registrations, by place; 0 where a place is free. */
    long registered(int place) {
        return memory.getLongVolatile(base + layout.registration(place));
    }

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

    /**
     * The place of a registered party that is dead.
     *
     * @param maxAgeNanos as in {@link #deadArrival}
     * @return -1 if there is none
     */
    int deadRegistration(long maxAgeNanos) {
        for (int place = 0; place < parties; place++) {
            long owner = registered(place);
            if (owner != 0 && isDead(owner, maxAgeNanos)) {
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
