package dev.procession.channel;

import static dev.procession.channel.PipeLayout.CHANGES;
import static dev.procession.channel.PipeLayout.TRAVELS;
import static dev.procession.channel.PipeLayout.TRAVEL_PLACES;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/* Overview

Each process that has an end stands in the pipe with slot and generation, so the dead need not be settled: their generation
is over. An end goes from one process to another in two ways. To a child that is about to start: the parent enters the slot
that it has reserved for the child, before its own handle can be closed. To whoever receives a message: the sender enters
a travel, which counts as an owner as long as the sender lives, until the receiver has entered itself.

Always the new owner is entered, then CHANGES counts, then the old one goes. Who looks through all and finds nobody may have
missed an owner that came behind it while one before it went; then CHANGES has moved, and it looks again. */

/** Which processes have the two ends of a pipe. Knows nothing of messages. */
final class EndOwners {
    private static final long SIDE = 1;
    private static final long NUMBER = ~Owner.MASK & ~SIDE;

    private final Memory memory;
    private final int base;
    private final PipeLayout layout;
    private final ProcessTable table;
    private final long self;
    private final AtomicInteger numbers = new AtomicInteger();
    private final int[] lately = new int[2]; // racy on purpose: the slot where an owner was found last

    EndOwners(Memory memory, int base, PipeLayout layout, ProcessTable table, long self) {
        this.memory = memory;
        this.base = base;
        this.layout = layout;
        this.table = table;
        this.self = self;
        lately[0] = Owner.slot(self);
        lately[1] = Owner.slot(self);
    }

    /** This process has an end from here on. */
    void own(int side) {
        enter(side, self);
        FaultPoint.reached("pipe.owned");
    }

    /** A child that has not started yet has an end from here on. */
    void reserve(int side, long child) {
        enter(side, child);
        FaultPoint.reached("pipe.reserved");
    }

    private void enter(int side, long owner) {
        memory.setIntVolatile(entry(side, Owner.slot(owner)), (int) Owner.generation(owner));
        changed();
    }

    /** A process has an end no longer; nothing if another one has its slot by now. */
    void disown(int side, long owner) {
        changed();
        memory.compareAndSetInt(entry(side, Owner.slot(owner)), (int) Owner.generation(owner), 0);
        FaultPoint.reached("pipe.disowned");
    }

    private void changed() {
        memory.getAndAddLong(base + CHANGES, 1);
    }

    /**
     * An end is on its way to a process that nobody knows yet.
     *
     * @return place and word, for {@link #arrived}
     */
    Travel travel(int side) {
        long word = self | ((long) numbers.getAndIncrement() << 1 & NUMBER) | side;
        for (int place = 0; place < TRAVEL_PLACES; place++) {
            long seen = memory.getLongVolatile(place(place));
            if ((seen == 0 || !table.isMember(seen)) && memory.compareAndSetLong(place(place), seen, word)) {
                changed();
                FaultPoint.reached("pipe.travelling");
                return new Travel(place, word);
            }
        }
        throw new IllegalStateException(TRAVEL_PLACES
                + " copies of this pipe's ends were sent and have not been received: no more can be under way");
    }

    /** The end that travelled belongs to this process by now. */
    void arrived(Travel travel) {
        FaultPoint.reached("pipe.arrived");
        changed();
        memory.compareAndSetLong(place(travel.place()), travel.word(), 0);
    }

    boolean isTravelling(Travel travel) {
        return memory.getLongVolatile(place(travel.place())) == travel.word();
    }

    /** Whether a living process has an end, or will have it. */
    boolean isAnyLiving(int side) {
        int slot = lately[side];
        if (isLiving(side, slot)) {
            return true;
        }
        while (true) {
            long before = memory.getLongVolatile(base + CHANGES);
            for (slot = 1; slot <= layout.slots; slot++) {
                if (isLiving(side, slot)) {
                    lately[side] = slot;
                    return true;
                }
            }
            for (int place = 0; place < TRAVEL_PLACES; place++) {
                long seen = memory.getLongVolatile(place(place));
                if (seen != 0 && (seen & SIDE) == side && table.isMember(seen)) {
                    return true;
                }
            }
            if (memory.getLongVolatile(base + CHANGES) == before) {
                return false;
            }
        }
    }

    private boolean isLiving(int side, int slot) {
        int generation = memory.getIntVolatile(entry(side, slot));
        return generation != 0 && table.isMember(Owner.of(slot, generation));
    }

    /** {@return the words of the living processes that have an end} */
    List<Long> living(int side) {
        List<Long> living = new ArrayList<>();
        for (int slot = 1; slot <= layout.slots; slot++) {
            if (isLiving(side, slot)) {
                living.add(Owner.of(slot, memory.getIntVolatile(entry(side, slot))));
            }
        }
        return living;
    }

    /** {@return the words of processes that ended and had an end until then, as far as their slots were not used again} */
    List<Long> dead(int side) {
        List<Long> dead = new ArrayList<>();
        for (int slot = 1; slot <= layout.slots; slot++) {
            int generation = memory.getIntVolatile(entry(side, slot));
            if (generation != 0 && !table.isMember(Owner.of(slot, generation))) {
                dead.add(Owner.of(slot, generation));
            }
        }
        return dead;
    }

    private int entry(int side, int slot) {
        return base + layout.owners(side) + (slot - 1) * Integer.BYTES;
    }

    private int place(int place) {
        return base + TRAVELS + place * Long.BYTES;
    }

    /** An end on its way: where that stands, and what. */
    record Travel(int place, long word) implements java.io.Serializable {}
}
