package dev.procession.sync;

import dev.procession.OwnerDeath;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.internal.participant.SessionBound;
import dev.procession.internal.waiting.Deadline;
import dev.procession.session.Session;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/* The fences: a handle that nobody refers to any more while its last call still runs must not be taken for closed, since
with the last handle the memory of the lock is given away. */

/** A handle of a lock in shared memory. */
class LockHandle implements ProcessLock, SessionBound, Serializable {
    private static final long serialVersionUID = 1L;

    final transient Attachment<LockCore> attachment;
    final transient LockCore core;
    private final transient RobustLock robust; // the core's, and its fields: loads less on the fast path
    private final transient int word;
    private final transient long me;

    /**
     * The lock's memory while the shortest way may be taken: not when this handle or the session is closed, or all is
     * written down. Plain, since a thread that goes on locking comes by a compare-and-set before it looks again.
     */
    private transient @Nullable ByteBuffer fast;

    LockHandle(Attachment<LockCore> attachment) {
        this.attachment = attachment;
        this.core = attachment.core();
        this.robust = core.robust();
        this.word = robust.word();
        this.me = robust.me();
        attachment.belongsTo(this);
        core.letTakeShortest(this);
    }

    /** By the lock's core. */
    final void takeShortest(boolean may) {
        fast = may ? robust.bytes() : null;
    }

    static LockHandle create(Session session, @Nullable String name, LockOptions options) {
        return new LockHandle(created(ObjectType.LOCK, session, name, options));
    }

    static LockHandle open(Session session, String name, LockOptions options) {
        return new LockHandle(opened(ObjectType.LOCK, session, name, options));
    }

    static LockHandle attach(Session session, String name) {
        return new LockHandle(SessionAccess.of(session).attach(ObjectType.LOCK, name, LockCore::new));
    }

    static Attachment<LockCore> created(ObjectType type, Session session, @Nullable String name, LockOptions options) {
        Participant participant = SessionAccess.of(session);
        return participant.create(
                type, name, LockCore.length(participant), block -> LockCore.fill(block, options), LockCore::new);
    }

    static Attachment<LockCore> opened(ObjectType type, Session session, String name, LockOptions options) {
        Participant participant = SessionAccess.of(session);
        Attachment<LockCore> opened = participant.open(
                type, name, LockCore.length(participant), block -> LockCore.fill(block, options), LockCore::new);
        Block block = opened.block();
        if (LockCore.flags(block) != options.flags()) {
            String label = opened.label();
            opened.abandon();
            throw new IllegalArgumentException(label + " is there with other options (strict, detectDeadlocks): "
                    + "attach to it, or open it with its own");
        }
        return opened;
    }

    /** {@return one more handle of the same lock} */
    LockHandle another() {
        return new LockHandle(attachment.participant().attach(attachment.block(), LockCore::new));
    }

    @Override
    @SuppressWarnings("ReachabilityFenceUsage") // nothing is thrown before it on the shortest way
    public final void lock() {
        ByteBuffer bytes = fast;
        if (bytes != null && robust.tryFast(bytes, word, me)) {
            Reference.reachabilityFence(this);
            return;
        }
        attachment.requireOpen();
        try {
            core.lock();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public final void lockInterruptibly() throws InterruptedException {
        attachment.requireOpen();
        try {
            core.lock(Deadline.NEVER, true);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public final boolean tryLock() {
        attachment.requireOpen();
        try {
            return core.tryLock();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public final boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
        attachment.requireOpen();
        try {
            return core.lock(Deadline.in(timeout, unit), true);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public final boolean tryLock(Duration timeout) throws InterruptedException {
        attachment.requireOpen();
        try {
            return core.lock(Deadline.in(timeout), true);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public final void unlock() {
        try {
            // Of a plain lock that no dead owner left.
            ByteBuffer bytes = fast;
            if (bytes != null && !robust.needsCare() && robust.tryUnlock(bytes, word, me)) {
                return;
            }
            core.unlock(); // also by a handle that was closed: who holds a lock must be able to give it back
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public final ProcessCondition newCondition() {
        return ConditionHandle.create(this);
    }

    @Override
    public final boolean isHeldByCurrentThread() {
        return core.robust().isHeldByCurrentThread();
    }

    @Override
    public final boolean isLocked() {
        attachment.requireOpen();
        return core.robust().holder() != 0;
    }

    @Override
    public final Optional<OwnerDeath> ownerDeath() {
        return Optional.ofNullable(core.death());
    }

    @Override
    public final void onOwnerDeath(Consumer<OwnerDeath> listener) {
        core.onOwnerDeath(listener);
    }

    @Override
    public final void recover(Runnable repair) {
        attachment.requireOpen();
        try {
            core.recover(repair);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public final String name() {
        return attachment.name();
    }

    @Override
    public final Participant participant() {
        return attachment.participant();
    }

    @Override
    public final void close() {
        fast = null;
        attachment.close();
    }

    @Override
    public final String toString() {
        return attachment.isClosed() ? core.label() + " (closed)" : core.describe();
    }

    /** What travels in its place. */
    Object writeReplace() {
        return new Form(attachment.form());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a lock travels as its form");
    }

    private record Form(HandleForm handle) implements Serializable {
        Object readResolve() {
            return new LockHandle(handle.attach(LockCore::new));
        }
    }
}
