package dev.procession.manager;

import dev.procession.sync.ProcessReentrantLock;

/** A reentrant lock in a manager, from afar. */
final class ReentrantLockProxy extends LockProxy implements ProcessReentrantLock {
    private static final long serialVersionUID = 1L;

    ReentrantLockProxy(Ref ref) {
        super(ref);
    }

    @Override
    public int getHoldCount() {
        requireOpen();
        return calls.holdCount();
    }
}
