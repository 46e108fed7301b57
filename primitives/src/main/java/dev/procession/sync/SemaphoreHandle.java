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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A handle of a semaphore in shared memory. */
final class SemaphoreHandle implements ProcessSemaphore, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Attachment<SemaphoreCore> attachment;
    private final transient SemaphoreCore core;

    private SemaphoreHandle(Attachment<SemaphoreCore> attachment) {
        this.attachment = attachment;
        this.core = attachment.core();
        attachment.belongsTo(this);
    }

    static SemaphoreHandle create(Session session, @Nullable String name, int permits, SemaphoreOptions options) {
        requirePermits(permits);
        Participant participant = SessionAccess.of(session);
        return new SemaphoreHandle(participant.create(
                type(options),
                name,
                SemaphoreCore.length(participant, options.flags()),
                block -> SemaphoreCore.fill(participant, block, permits, options.flags()),
                SemaphoreCore::of));
    }

    static SemaphoreHandle open(Session session, String name, int permits, SemaphoreOptions options) {
        requirePermits(permits);
        Participant participant = SessionAccess.of(session);
        Attachment<SemaphoreCore> opened = participant.open(
                type(options),
                name,
                SemaphoreCore.length(participant, options.flags()),
                block -> SemaphoreCore.fill(participant, block, permits, options.flags()),
                SemaphoreCore::of);
        Block block = opened.block();
        if (SemaphoreCore.flags(block) != options.flags() || SemaphoreCore.initial(block) != permits) {
            String there = opened.label() + " is there with permits=" + SemaphoreCore.initial(block) + " ("
                    + SemaphoreOptions.text(SemaphoreCore.flags(block)) + ")";
            opened.abandon();
            throw new IllegalArgumentException(there + ", not with permits=" + permits + " (" + options
                    + "): attach to it, or open it as it was made");
        }
        return new SemaphoreHandle(opened);
    }

    static SemaphoreHandle attach(Session session, String name) {
        Participant participant = SessionAccess.of(session);
        Block found = participant.heap().find(name);
        ObjectType type = found != null && found.type() == ObjectType.LEASED_SEMAPHORE.code()
                ? ObjectType.LEASED_SEMAPHORE
                : ObjectType.SEMAPHORE;
        return new SemaphoreHandle(participant.attach(type, name, SemaphoreCore::of));
    }

    private static ObjectType type(SemaphoreOptions options) {
        return (options.flags() & SemaphoreOptions.LEASED) == 0 ? ObjectType.SEMAPHORE : ObjectType.LEASED_SEMAPHORE;
    }

    private static void requirePermits(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException(
                    "a semaphore cannot begin with fewer than 0 permits: permits=" + permits);
        }
    }

    @Override
    public void acquire() throws InterruptedException {
        acquire(1);
    }

    @Override
    public void acquire(int permits) throws InterruptedException {
        attachment.requireOpen();
        try {
            core.acquire(permits);
        } finally {
            Reference.reachabilityFence(this); // or the handle could be closed by the collector during the wait
        }
    }

    @Override
    public void acquireUninterruptibly() {
        acquireUninterruptibly(1);
    }

    @Override
    public void acquireUninterruptibly(int permits) {
        attachment.requireOpen();
        try {
            core.acquireUninterruptibly(permits);
        } finally {
            Reference.reachabilityFence(this); // or the handle could be closed by the collector during the wait
        }
    }

    @Override
    public boolean tryAcquire() {
        return tryAcquire(1);
    }

    @Override
    public boolean tryAcquire(int permits) {
        attachment.requireOpen();
        return core.tryAcquire(permits);
    }

    @Override
    public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, timeout, unit);
    }

    @Override
    public boolean tryAcquire(Duration timeout) throws InterruptedException {
        return tryAcquire(1, timeout);
    }

    @Override
    public boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException {
        attachment.requireOpen();
        return timeout <= 0 ? tryAcquireNow(permits) : acquire(permits, Deadline.in(timeout, unit));
    }

    @Override
    public boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
        attachment.requireOpen();
        if (timeout.isNegative() || timeout.isZero()) {
            return tryAcquireNow(permits);
        }
        return acquire(permits, Deadline.in(timeout));
    }

    private boolean acquire(int permits, long deadline) throws InterruptedException {
        try {
            return core.acquire(permits, deadline, true);
        } finally {
            Reference.reachabilityFence(this); // or the handle could be closed by the collector during the wait
        }
    }

    private boolean tryAcquireNow(int permits) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return core.tryAcquire(permits);
    }

    @Override
    public Held hold(int permits) throws InterruptedException {
        acquire(permits);
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                release(permits);
            }
        };
    }

    @Override
    public void release() {
        release(1);
    }

    @Override
    public void release(int permits) {
        attachment.requireOpen();
        core.release(permits);
    }

    @Override
    public int availablePermits() {
        attachment.requireOpen();
        return core.available();
    }

    @Override
    public int drainPermits() {
        attachment.requireOpen();
        return core.drainPermits();
    }

    @Override
    public boolean isLeased() {
        return attachment.type() == ObjectType.LEASED_SEMAPHORE;
    }

    @Override
    public List<OwnerDeath> ownerDeaths() {
        attachment.requireOpen();
        return core.deaths();
    }

    @Override
    public Optional<OwnerDeath> lastDeath() {
        attachment.requireOpen();
        return Optional.ofNullable(core.lastDeath());
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
        return attachment.isClosed() ? core.label + " (closed)" : core.describe();
    }

    /** What travels in its place. */
    private Object writeReplace() {
        return new Form(attachment.form());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a semaphore travels as its form");
    }

    private record Form(HandleForm handle) implements Serializable {
        Object readResolve() {
            return new SemaphoreHandle(handle.attach(SemaphoreCore::of));
        }
    }
}
