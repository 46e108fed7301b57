package dev.procession.sync;

import dev.procession.OwnerDeath;
import dev.procession.internal.memory.Block;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.internal.waiting.Deadline;
import dev.procession.session.Session;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A handle of a barrier in shared memory, with the action of this process. */
final class BarrierHandle implements ProcessBarrier, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Attachment<BarrierCore> attachment;
    private final transient BarrierCore core;
    private final transient @Nullable Action action;

    private BarrierHandle(Attachment<BarrierCore> attachment, @Nullable Action action) {
        this.attachment = attachment;
        this.core = attachment.core();
        this.action = action;
        attachment.belongsTo(this);
    }

    static BarrierHandle create(Session session, @Nullable String name, int parties, BarrierOptions options) {
        requireParties(parties);
        Participant participant = SessionAccess.of(session);
        return new BarrierHandle(
                participant.create(
                        ObjectType.BARRIER,
                        name,
                        BarrierCore.length(participant, parties),
                        block -> BarrierCore.fill(block, parties, options),
                        BarrierCore::of),
                options.action());
    }

    static BarrierHandle open(Session session, String name, int parties, BarrierOptions options) {
        requireParties(parties);
        Participant participant = SessionAccess.of(session);
        Attachment<BarrierCore> opened = participant.open(
                ObjectType.BARRIER,
                name,
                BarrierCore.length(participant, parties),
                block -> BarrierCore.fill(block, parties, options),
                BarrierCore::of);
        Block block = opened.block();
        long flags = BarrierCore.flags(block);
        long timeout = BarrierCore.timeoutNanos(block);
        if (BarrierCore.parties(block) != parties || flags != options.flags() || timeout != options.timeoutNanos()) {
            String there = opened.label() + " is there with parties=" + BarrierCore.parties(block) + " ("
                    + BarrierOptions.text(flags, timeout) + ")";
            opened.abandon();
            throw new IllegalArgumentException(there + ", not with parties=" + parties + " (" + options
                    + "): attach to it, or open it as it was made");
        }
        return new BarrierHandle(opened, options.action());
    }

    static BarrierHandle attach(Session session, String name, @Nullable Action action) {
        Attachment<BarrierCore> attached = SessionAccess.of(session).attach(ObjectType.BARRIER, name, BarrierCore::of);
        boolean has = (BarrierCore.flags(attached.block()) & BarrierLayout.HAS_ACTION) != 0;
        if (has != (action != null)) {
            String label = attached.label();
            attached.abandon();
            throw new IllegalArgumentException(label
                    + (has
                            ? " was made with an action, which any party may have to run: attach with that action"
                            : " was made without an action: attach without one"));
        }
        return new BarrierHandle(attached, action);
    }

    private static void requireParties(int parties) {
        if (parties < 1 || parties > BarrierWord.MOST_PARTIES) {
            throw new IllegalArgumentException(
                    "a barrier has 1 to " + BarrierWord.MOST_PARTIES + " parties: parties=" + parties);
        }
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        attachment.requireOpen();
        try {
            return core.await(action);
        } finally {
            Reference.reachabilityFence(this); // or the handle could be closed by the collector during the wait
        }
    }

    @Override
    public int await(long timeout, TimeUnit unit) throws InterruptedException, BrokenBarrierException {
        attachment.requireOpen();
        try {
            return core.await(action, Deadline.in(timeout, unit));
        } finally {
            Reference.reachabilityFence(this); // or the handle could be closed by the collector during the wait
        }
    }

    @Override
    public int await(Duration timeout) throws InterruptedException, BrokenBarrierException {
        attachment.requireOpen();
        try {
            return core.await(action, Deadline.in(timeout));
        } finally {
            Reference.reachabilityFence(this); // or the handle could be closed by the collector during the wait
        }
    }

    @Override
    public Registration register() {
        attachment.requireOpen();
        int place = core.register();
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true) && !attachment.isClosed()) {
                core.unregister(place);
            }
        };
    }

    @Override
    public void abort() {
        attachment.requireOpen();
        core.abort();
    }

    @Override
    public void reset() {
        attachment.requireOpen();
        core.reset();
    }

    @Override
    public boolean isBroken() {
        attachment.requireOpen();
        return core.isBroken();
    }

    @Override
    public Optional<OwnerDeath> ownerDeath() {
        attachment.requireOpen();
        return Optional.ofNullable(core.death());
    }

    @Override
    public int getNumberWaiting() {
        attachment.requireOpen();
        return core.numberWaiting();
    }

    @Override
    public int getParties() {
        return core.parties();
    }

    @Override
    public String name() {
        return attachment.name();
    }

    @Override
    public void close() {
        attachment.close();
    }

    @Override
    public String toString() {
        return attachment.isClosed() ? core.label() + " (closed)" : core.describe();
    }

    /** What travels in its place. */
    private Object writeReplace() {
        return new Form(attachment.form(), action);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a barrier travels as its form");
    }

    private record Form(HandleForm handle, @Nullable Action action) implements Serializable {
        Object readResolve() {
            return new BarrierHandle(handle.attach(BarrierCore::of), action);
        }
    }
}
