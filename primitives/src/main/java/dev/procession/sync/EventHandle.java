package dev.procession.sync;

import dev.procession.Waitable;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A handle of an event in shared memory. */
final class EventHandle implements ProcessEvent, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Attachment<EventCore> attachment;
    private final transient EventCore core;

    private EventHandle(Attachment<EventCore> attachment) {
        this.attachment = attachment;
        this.core = attachment.core();
        attachment.belongsTo(this);
    }

    static EventHandle create(Session session, @Nullable String name) {
        Participant participant = SessionAccess.of(session);
        return new EventHandle(
                participant.create(ObjectType.EVENT, name, EventCore.length(participant), block -> {}, EventCore::new));
    }

    static EventHandle open(Session session, String name) {
        Participant participant = SessionAccess.of(session);
        return new EventHandle(
                participant.open(ObjectType.EVENT, name, EventCore.length(participant), block -> {}, EventCore::new));
    }

    static EventHandle attach(Session session, String name) {
        return new EventHandle(SessionAccess.of(session).attach(ObjectType.EVENT, name, EventCore::new));
    }

    @Override
    public void set() {
        attachment.requireOpen();
        core.set();
    }

    @Override
    public void clear() {
        attachment.requireOpen();
        core.clear();
    }

    @Override
    public boolean isSet() {
        attachment.requireOpen();
        return core.isSet();
    }

    @Override
    public boolean isReady() {
        return isSet();
    }

    @Override
    public Waitable.Registration whenReady(Runnable signal) {
        attachment.requireOpen();
        return core.watch(() -> attachment.isClosed() || core.isSet(), signal)::end;
    }

    @Override
    public void await() throws InterruptedException {
        pass(Deadline.NEVER);
    }

    @Override
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        return pass(Deadline.in(timeout, unit));
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return pass(Deadline.in(timeout));
    }

    private boolean pass(long deadline) throws InterruptedException {
        attachment.requireOpen();
        try {
            return core.pass(deadline, true);
        } finally {
            Reference.reachabilityFence(this); // a handle that is only waited on must not be collected meanwhile
        }
    }

    @Override
    public void awaitUninterruptibly() {
        attachment.requireOpen();
        try {
            core.pass(Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError(e); // it was asked not to
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    EventCore core() {
        return core;
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
        return attachment.isClosed() ? attachment.label() + " (closed)" : core.describe();
    }

    /** What travels in its place. */
    private Object writeReplace() {
        return new Form(attachment.form());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("an event travels as its form");
    }

    private record Form(HandleForm handle) implements Serializable {
        Object readResolve() {
            return new EventHandle(handle.attach(EventCore::new));
        }
    }
}
