package dev.procession.channel;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SharedCore;
import dev.procession.internal.record.EventCode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.locks.ReentrantLock;

/** What the handles of both ends of one pipe share in this JVM: who has them, and the one or two directions. */
final class PipeCore implements SharedCore {
    private final Participant participant;
    private final Block block;
    private final EndOwners owners;
    private final MessageRing[] directions; // by the side that receives
    private final ReentrantLock guard = new ReentrantLock();
    private final int[] handles = new int[2]; // by side; guarded
    private final List<Sent> travelling = new ArrayList<>(); // guarded
    private final Runnable duty = this::forgetArrived;

    private PipeCore(Participant participant, Block block) {
        Memory memory = block.memory();
        int base = block.offset();
        PipeLayout layout =
                new PipeLayout(participant.table().slots(), (int) memory.getLong(base + PipeLayout.CAPACITY), (int)
                        memory.getLong(base + PipeLayout.DIRECTIONS));
        this.participant = participant;
        this.block = block;
        this.owners = new EndOwners(memory, base, layout, participant.table(), participant.self());
        this.directions = new MessageRing[layout.directions];
        for (int index = 0; index < directions.length; index++) {
            directions[index] = new MessageRing(participant, block, layout, index, owners);
        }
    }

    static PipeCore of(Participant participant, Block block) {
        PipeCore core = new PipeCore(participant, block);
        for (MessageRing direction : core.directions) {
            direction.begin();
        }
        return core;
    }

    static void fill(Block block, PipeLayout layout) {
        block.memory().setLong(block.offset() + PipeLayout.DIRECTIONS, layout.directions);
        block.memory().setLong(block.offset() + PipeLayout.CAPACITY, layout.capacity);
    }

    String describe() {
        StringBuilder text = new StringBuilder(Deaths.label(block));
        for (int side = 0; side < directions.length; side++) {
            text.append(side == 0 ? ": " : "; back: ").append(directions[side].describe());
        }
        for (int side = 0; side < 2; side++) {
            StringJoiner names = new StringJoiner(", ").setEmptyValue("nobody");
            owners.living(side)
                    .forEach(owner -> names.add(participant.facts(owner).label()));
            text.append(side == 0 ? "; received from by " : directions.length == 1 ? "; sent into by " : " and ")
                    .append(names);
        }
        return text.toString();
    }

    boolean canReceive(int side) {
        return side < directions.length;
    }

    boolean canSend(int side) {
        return 1 - side < directions.length;
    }

    /** What comes to a side. */
    MessageRing to(int side) {
        return directions[side];
    }

    /** A handle of an end is made. */
    void open(int side) {
        guard.lock();
        try {
            if (handles[side]++ == 0) {
                owners.own(side);
            }
        } finally {
            guard.unlock();
        }
    }

    /** A handle of an end is gone. */
    void close(int side) {
        if (participant.isClosed()) {
            return; // the memory may be another object's by now; and who has left owns nothing
        }
        guard.lock();
        try {
            if (--handles[side] == 0) {
                owners.disown(side, participant.self());
                participant.record(EventCode.CHANNEL_CLOSED, block.gen(), side);
            }
        } finally {
            guard.unlock();
        }
        tell();
        for (MessageRing direction : directions) {
            direction.closedHere();
        }
    }

    private void tell() {
        for (MessageRing direction : directions) {
            direction.ownersChanged();
        }
    }

    /** A child that is about to start will have an end. */
    void reserve(int side, long child) {
        owners.reserve(side, child);
    }

    /** The end that was reserved for this process under another word is this process's own by now. */
    void unreserve(int side, long word) {
        if (Owner.slot(word) != Owner.slot(participant.self())) {
            owners.disown(side, word);
            tell();
        }
    }

    /**
     * An end goes to somebody who is not known yet: until it arrives it counts as one that has an owner, and this process
     * goes on using the pipe.
     */
    EndOwners.Travel send(int side, Attachment<PipeCore> pin) {
        boolean sent = false;
        guard.lock();
        try {
            EndOwners.Travel travel = owners.travel(side);
            if (travelling.isEmpty()) {
                participant.waiting().everyTick(duty);
            }
            travelling.add(new Sent(travel, pin));
            sent = true;
            return travel;
        } finally {
            guard.unlock();
            if (!sent) {
                pin.abandon();
            }
        }
    }

    void arrived(EndOwners.Travel travel) {
        owners.arrived(travel);
        tell();
    }

    /** By the supervisor. */
    private void forgetArrived() {
        List<Sent> arrived = new ArrayList<>(0);
        guard.lock();
        try {
            for (Sent sent : travelling) {
                if (!owners.isTravelling(sent.travel)) {
                    arrived.add(sent);
                }
            }
            travelling.removeAll(arrived);
            if (travelling.isEmpty()) {
                participant.waiting().noLonger(duty);
            }
        } finally {
            guard.unlock();
        }
        arrived.forEach(sent -> sent.pin.abandon());
    }

    @Override
    public boolean isInUse() {
        for (MessageRing direction : directions) {
            if (direction.isInUse()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void detached() {
        for (MessageRing direction : directions) {
            direction.end();
        }
    }

    /** An end on its way, and what keeps the pipe until it arrives. */
    private record Sent(EndOwners.Travel travel, Attachment<PipeCore> pin) {}
}
