package dev.procession.manager;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** An event in the server. Who waits when it is set passes, even if it is cleared at once: each setting has a number. */
final class ServedEvent extends Servant implements EventCalls {
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition changed = mutex.newCondition();
    private boolean set;
    private long settings;

    ServedEvent(ManagerServer server) {
        super(server);
    }

    @Override
    public void set() {
        mutex.lock();
        try {
            set = true;
            settings++;
            changed.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void clear() {
        mutex.lock();
        try {
            set = false;
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public boolean isSet() {
        mutex.lock();
        try {
            return set;
        } finally {
            mutex.unlock();
        }
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
        Caller me = caller();
        boolean interrupted = false;
        long deadline = System.nanoTime() + nanos;
        mutex.lock();
        try {
            long before = settings;
            while (!set && settings == before) {
                requireAlive(me);
                long left = nanos == Long.MAX_VALUE ? nanos : deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    if (interruptible || me.session().hasEnded()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
            return true;
        } finally {
            mutex.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
