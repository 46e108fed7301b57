package dev.procession.sync;

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
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A handle of a condition in shared memory, with a handle of its lock. */
@SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"
}) // these are the waits that callers put into loops; Condition has a Date
final class ConditionHandle implements ProcessCondition, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Attachment<ConditionCore> attachment;
    private final transient ConditionCore core;
    private final transient LockHandle lock;
    private final transient LockCore lockCore;

    private ConditionHandle(Attachment<ConditionCore> attachment, LockHandle lock) {
        this.attachment = attachment;
        this.core = attachment.core();
        this.lock = lock;
        this.lockCore = lock.core;
        attachment.belongsTo(this);
    }

    static ConditionHandle create(LockHandle lock) {
        lock.attachment.requireOpen();
        Participant participant = lock.attachment.participant();
        Block lockBlock = lock.attachment.block();
        return new ConditionHandle(
                participant.create(
                        ObjectType.CONDITION,
                        null,
                        ConditionCore.length(participant),
                        block -> ConditionCore.fill(block, lockBlock, lock.core),
                        ConditionCore::new),
                lock.another());
    }

    static ConditionHandle create(Session session, String name, ProcessLock lock) {
        LockHandle own = ofSession(session, lock);
        Participant participant = own.attachment.participant();
        Block lockBlock = own.attachment.block();
        return new ConditionHandle(
                participant.create(
                        ObjectType.CONDITION,
                        name,
                        ConditionCore.length(participant),
                        block -> ConditionCore.fill(block, lockBlock, own.core),
                        ConditionCore::new),
                own.another());
    }

    static ConditionHandle open(Session session, String name, ProcessLock lock) {
        LockHandle own = ofSession(session, lock);
        Participant participant = own.attachment.participant();
        Block lockBlock = own.attachment.block();
        return of(
                participant.open(
                        ObjectType.CONDITION,
                        name,
                        ConditionCore.length(participant),
                        block -> ConditionCore.fill(block, lockBlock, own.core),
                        ConditionCore::new),
                own);
    }

    static ConditionHandle attach(Session session, String name, ProcessLock lock) {
        LockHandle own = ofSession(session, lock);
        return of(own.attachment.participant().attach(ObjectType.CONDITION, name, ConditionCore::new), own);
    }

    private static LockHandle ofSession(Session session, ProcessLock lock) {
        Participant participant = SessionAccess.of(session);
        if (!(lock instanceof LockHandle own) || own.attachment.participant() != participant) {
            throw new IllegalArgumentException("a condition and its lock are of one session: " + lock
                    + " is not of session " + participant.directory());
        }
        own.attachment.requireOpen();
        return own;
    }

    private static ConditionHandle of(Attachment<ConditionCore> found, LockHandle lock) {
        if (!ConditionCore.belongsTo(found.block(), lock.attachment.block())) {
            String message = found.label() + " belongs to " + ConditionCore.lockLabel(found.block()) + ", not to "
                    + lock.attachment.label() + " at " + lock.attachment.block().handle();
            found.abandon();
            throw new IllegalArgumentException(message);
        }
        return new ConditionHandle(found, lock.another());
    }

    @Override
    public void await() throws InterruptedException {
        sleep(Deadline.NEVER);
    }

    @Override
    public void awaitUninterruptibly() {
        attachment.requireOpen();
        try {
            core.await(lockCore, Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError(e); // it was asked not to
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
        long deadline = Deadline.inNanos(nanosTimeout);
        sleep(deadline);
        return Math.min(nanosTimeout, Deadline.remaining(deadline));
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return sleep(Deadline.in(time, unit));
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return sleep(Deadline.in(timeout));
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // java.util.concurrent's
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        long millis = Math.max(deadline.getTime(), 0) - System.currentTimeMillis();
        return sleep(Deadline.in(millis, TimeUnit.MILLISECONDS));
    }

    private boolean sleep(long deadline) throws InterruptedException {
        attachment.requireOpen();
        try {
            return core.await(lockCore, deadline, true);
        } finally {
            Reference.reachabilityFence(this); // a handle that is only waited on must not be collected meanwhile
        }
    }

    @Override
    public void awaitUntil(BooleanSupplier predicate) throws InterruptedException {
        sleepUntil(predicate, Deadline.NEVER);
    }

    @Override
    public boolean awaitUntil(BooleanSupplier predicate, long timeout, TimeUnit unit) throws InterruptedException {
        return sleepUntil(predicate, Deadline.in(timeout, unit));
    }

    @Override
    public boolean awaitUntil(BooleanSupplier predicate, Duration timeout) throws InterruptedException {
        return sleepUntil(predicate, Deadline.in(timeout));
    }

    private boolean sleepUntil(BooleanSupplier predicate, long deadline) throws InterruptedException {
        attachment.requireOpen();
        lockCore.requireHeld();
        while (!predicate.getAsBoolean()) {
            if (!sleep(deadline)) {
                return predicate.getAsBoolean();
            }
        }
        return true;
    }

    @Override
    public void signal() {
        signal(1);
    }

    @Override
    public void signal(int waiters) {
        if (waiters < 0) {
            throw new IllegalArgumentException("the number of waiters to signal must be >= 0: waiters=" + waiters);
        }
        attachment.requireOpen();
        core.signal(lockCore, waiters);
    }

    @Override
    public void signalAll() {
        attachment.requireOpen();
        core.signalAll(lockCore);
    }

    @Override
    public int waiters() {
        attachment.requireOpen();
        lockCore.requireHeld();
        return core.waiters();
    }

    @Override
    public ProcessLock lock() {
        return lock;
    }

    ConditionCore core() {
        return core;
    }

    @Override
    public String name() {
        return attachment.name();
    }

    @Override
    public void close() {
        attachment.close();
        lock.close();
    }

    @Override
    public String toString() {
        return attachment.isClosed()
                ? attachment.label() + " of " + lockCore.label() + " (closed)"
                : core.describe(lockCore.label());
    }

    /** What travels in its place. */
    private Object writeReplace() {
        return new Form(attachment.form(), lock);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a condition travels as its form");
    }

    private record Form(HandleForm handle, ProcessLock lock) implements Serializable {
        Object readResolve() {
            return new ConditionHandle(handle.attach(ConditionCore::new), (LockHandle) lock);
        }
    }
}
