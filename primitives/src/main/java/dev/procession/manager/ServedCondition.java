package dev.procession.manager;

import java.util.ArrayDeque;

/** A condition of a lock in the server. Guarded by the lock's mutex. */
final class ServedCondition extends Servant implements ConditionCalls {
    private final ServedLock lock;
    private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();

    ServedCondition(ManagerServer server, ServedLock lock) {
        super(server);
        this.lock = lock;
    }

    @Override
    public boolean await(long nanos) throws InterruptedException {
        return await(nanos, true);
    }

    @Override
    public boolean awaitUninterruptibly(long nanos) {
        try {
            return await(nanos, false);
        } catch (InterruptedException e) {
            throw new ClientGoneException(caller().session().describe());
        }
    }

    private boolean await(long nanos, boolean interruptible) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        lock.mutex.lock();
        try {
            Caller me = lock.requireOwner();
            requireAlive(me);
            Waiter waiter = new Waiter(me, lock.mutex.newCondition(), true, lock.holds(), this);
            waiting.add(waiter);
            lock.releaseFully();
            while (!waiter.granted) {
                requireAlive(me);
                long left =
                        nanos == Long.MAX_VALUE || !waiter.inCondition ? Long.MAX_VALUE : deadline - System.nanoTime();
                if (left <= 0) {
                    waiting.remove(waiter);
                    lock.enqueue(waiter);
                    continue;
                }
                try {
                    waiter.wake.awaitNanos(left);
                } catch (InterruptedException e) {
                    requireAlive(me);
                    interrupted = true;
                    if (interruptible && waiter.inCondition) {
                        waiting.remove(waiter);
                        lock.enqueue(waiter);
                    }
                }
            }
            if (lock.isInconsistent()) {
                throw lock.refusal(); // and the lock is held
            }
            if (interrupted && interruptible && !waiter.signalled) {
                interrupted = false;
                throw new InterruptedException();
            }
            return waiter.signalled;
        } finally {
            lock.mutex.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void signal(int waiters) {
        lock.mutex.lock();
        try {
            lock.requireOwner();
            for (int i = 0; i < waiters && !waiting.isEmpty(); i++) {
                signalOne();
            }
        } finally {
            lock.mutex.unlock();
        }
    }

    private void signalOne() {
        Waiter next = waiting.remove();
        next.signalled = true;
        lock.enqueue(next);
    }

    /** With the mutex. */
    void signalEverybody() {
        while (!waiting.isEmpty()) {
            signalOne();
        }
    }

    /** With the mutex: a client is gone. */
    void drop(ClientSession session) {
        for (Waiter waiter : waiting) {
            if (waiter.caller.session() == session) {
                waiter.wake.signal();
            }
        }
        waiting.removeIf(waiter -> waiter.caller.session() == session);
    }

    /** With the mutex. */
    void signalNext() {
        if (!waiting.isEmpty()) {
            signalOne();
        }
    }

    @Override
    public int waiters() {
        lock.mutex.lock();
        try {
            lock.requireOwner();
            return waiting.size();
        } finally {
            lock.mutex.unlock();
        }
    }

    @Override
    public Object lock() {
        return server.proxyOf(lock);
    }

    @Override
    public String describe() {
        lock.mutex.lock();
        try {
            return label() + " of " + lock.label() + ": " + waiting.size() + " wait";
        } finally {
            lock.mutex.unlock();
        }
    }
}
