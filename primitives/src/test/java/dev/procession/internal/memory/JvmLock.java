package dev.procession.internal.memory;

import java.util.concurrent.locks.ReentrantLock;

/** Stands in for the lock of a heap that one JVM uses; asserts that no method takes it twice. */
final class JvmLock implements HeapLock, HeapLock.Factory {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public void lock() {
        lock.lock();
        if (lock.getHoldCount() > 1) {
            throw new AssertionError("the heap took its lock twice");
        }
    }

    @Override
    public void unlock() {
        lock.unlock();
    }

    @Override
    public HeapLock over(Memory first, int offset) {
        return this;
    }
}
