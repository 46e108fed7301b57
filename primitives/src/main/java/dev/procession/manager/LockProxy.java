package dev.procession.manager;

import dev.procession.OwnerDeath;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessLock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A lock in a manager, from afar. */
sealed class LockProxy extends SyncProxy implements ProcessLock permits ReentrantLockProxy {
    private static final long serialVersionUID = 1L;

    final transient LockCalls calls;
    private transient volatile @Nullable Consumer<OwnerDeath> listener;

    LockProxy(Ref ref) {
        super(ref);
        this.calls = ref.calls(LockCalls.class);
    }

    private LockCalls calls() {
        requireOpen();
        return calls;
    }

    /** Says whether it was taken, and tells the listener when an owner died before. */
    private boolean taken(int outcome) {
        Consumer<OwnerDeath> told = listener;
        if (outcome == LockCalls.AFTER_DEATH && told != null) {
            boolean good = false;
            try {
                ownerDeath().ifPresent(told);
                good = true;
            } finally {
                if (!good) {
                    calls.release();
                }
            }
        }
        return outcome != LockCalls.NO;
    }

    @Override
    public void lock() {
        taken(calls().acquireUninterruptibly(false, Nanos.FOR_EVER));
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        taken(calls().acquire(false, Nanos.FOR_EVER));
    }

    @Override
    public boolean tryLock() {
        return taken(calls().acquireUninterruptibly(false, 0));
    }

    @Override
    public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
        return taken(calls().acquire(false, Nanos.of(timeout, unit)));
    }

    @Override
    public boolean tryLock(Duration timeout) throws InterruptedException {
        return taken(calls().acquire(false, Nanos.of(timeout)));
    }

    @Override
    public void unlock() {
        calls().release();
    }

    @Override
    public ProcessCondition newCondition() {
        return (ProcessCondition) calls().newCondition();
    }

    @Override
    public boolean isHeldByCurrentThread() {
        return calls().holdCount() > 0;
    }

    @Override
    public boolean isLocked() {
        return calls().isLocked();
    }

    @Override
    public Optional<OwnerDeath> ownerDeath() {
        return Optional.ofNullable(calls().ownerDeath());
    }

    @Override
    public void onOwnerDeath(Consumer<OwnerDeath> value) {
        requireOpen();
        listener = value;
    }

    @Override
    public void recover(Runnable repair) {
        calls().acquireUninterruptibly(true, Nanos.FOR_EVER);
        try {
            repair.run();
            calls.markConsistent();
        } finally {
            calls.release();
        }
    }

    @Override
    public String toString() {
        return text(calls::describe);
    }
}
