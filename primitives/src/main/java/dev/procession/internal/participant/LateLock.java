package dev.procession.internal.participant;

import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.HeapLock;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.waiting.Deadline;
import org.jspecify.annotations.Nullable;

/** The heap is made before the participant that its lock needs. Reentrant, so that settling the dead is one step. */
final class LateLock implements HeapLock, HeapLock.Factory {
    private @Nullable RobustLock lock;
    private int depth; // guarded by the lock
    private volatile boolean shut;

    void become(RobustLock made) {
        lock = made;
    }

    @Override
    public HeapLock over(Memory first, int offset) {
        return this;
    }

    /** From here on nobody begins; who is in the midst of it goes on. */
    void shut() {
        shut = true;
    }

    @Override
    public void lock() {
        RobustLock made = made();
        if (!made.isHeldByCurrentThread()) {
            made.lock();
            if (isRefused(made)) {
                throw new IllegalStateException("the session was closed by another thread");
            }
        }
        depth++;
    }

    boolean tryLock(long nanos) {
        RobustLock made = made();
        try {
            if (!made.isHeldByCurrentThread() && (!made.lock(Deadline.inNanos(nanos), false) || isRefused(made))) {
                return false;
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e); // it was asked not to
        }
        depth++;
        return true;
    }

    private boolean isRefused(RobustLock taken) {
        if (shut) {
            taken.unlock();
        }
        return shut;
    }

    @Override
    public void unlock() {
        if (--depth == 0) {
            made().unlock();
        }
    }

    private RobustLock made() {
        RobustLock made = lock;
        if (made == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return made;
    }
}
