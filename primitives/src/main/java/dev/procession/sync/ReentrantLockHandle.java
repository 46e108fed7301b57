package dev.procession.sync;

import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.session.Session;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A handle of a reentrant lock in shared memory. */
final class ReentrantLockHandle extends LockHandle implements ProcessReentrantLock {
    private static final long serialVersionUID = 1L;

    private ReentrantLockHandle(Attachment<LockCore> attachment) {
        super(attachment);
    }

    static ReentrantLockHandle create(Session session, @Nullable String name, LockOptions options) {
        return new ReentrantLockHandle(created(ObjectType.REENTRANT_LOCK, session, name, options));
    }

    static ReentrantLockHandle open(Session session, String name, LockOptions options) {
        return new ReentrantLockHandle(opened(ObjectType.REENTRANT_LOCK, session, name, options));
    }

    static ReentrantLockHandle attach(Session session, String name) {
        return new ReentrantLockHandle(
                SessionAccess.of(session).attach(ObjectType.REENTRANT_LOCK, name, LockCore::new));
    }

    @Override
    LockHandle another() {
        return new ReentrantLockHandle(attachment.participant().attach(attachment.block(), LockCore::new));
    }

    @Override
    public int getHoldCount() {
        return core.holdCount();
    }

    @Override
    Object writeReplace() {
        return new Form(attachment.form());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a lock travels as its form");
    }

    private record Form(HandleForm handle) implements Serializable {
        Object readResolve() {
            return new ReentrantLockHandle(handle.attach(LockCore::new));
        }
    }
}
