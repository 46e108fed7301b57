package dev.procession.manager;

import dev.procession.internal.waiting.Deadline;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessLock;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A condition in a manager, from afar. */
final class ConditionProxy extends SyncProxy implements ProcessCondition {
    private static final long serialVersionUID = 1L;

    private final transient ConditionCalls calls;

    ConditionProxy(Ref ref) {
        super(ref);
        this.calls = ref.calls(ConditionCalls.class);
    }

    private ConditionCalls calls() {
        requireOpen();
        return calls;
    }

    @Override
    public void await() throws InterruptedException {
        calls().await(Nanos.FOR_EVER);
    }

    @Override
    public void awaitUninterruptibly() {
        calls().awaitUninterruptibly(Nanos.FOR_EVER);
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
        long deadline = System.nanoTime() + nanosTimeout;
        calls().await(Math.max(0, nanosTimeout));
        return deadline - System.nanoTime();
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return calls().await(Nanos.of(time, unit));
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return calls().await(Nanos.of(timeout));
    }

    @Override
    @SuppressWarnings({"JavaUtilDate", "WaitNotInLoop"}) // as the interface has it; the caller's loop
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        return await(deadline.getTime() - System.currentTimeMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void awaitUntil(BooleanSupplier predicate) throws InterruptedException {
        requireHeld();
        while (!predicate.getAsBoolean()) {
            await();
        }
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the loop is in the other method
    public boolean awaitUntil(BooleanSupplier predicate, long timeout, TimeUnit unit) throws InterruptedException {
        return awaitUntil(predicate, Duration.ofNanos(unit.toNanos(timeout)));
    }

    @Override
    public boolean awaitUntil(BooleanSupplier predicate, Duration timeout) throws InterruptedException {
        requireHeld();
        long deadline = Deadline.in(timeout);
        while (!predicate.getAsBoolean()) {
            long left = Deadline.remaining(deadline);
            if (left <= 0) {
                return false;
            }
            calls.await(left);
        }
        return true;
    }

    /** Also where the predicate holds at once, so that a mistake does not show only sometimes. */
    private void requireHeld() {
        calls().waiters();
    }

    @Override
    public void signal() {
        calls().signal(1);
    }

    @Override
    public void signal(int waiters) {
        if (waiters < 0) {
            throw new IllegalArgumentException("waiters must not be negative: waiters=" + waiters);
        }
        calls().signal(waiters);
    }

    @Override
    public void signalAll() {
        calls().signal(Integer.MAX_VALUE);
    }

    @Override
    public int waiters() {
        return calls().waiters();
    }

    @Override
    public ProcessLock lock() {
        return (ProcessLock) calls().lock();
    }

    @Override
    public String toString() {
        return text(calls::describe);
    }
}
