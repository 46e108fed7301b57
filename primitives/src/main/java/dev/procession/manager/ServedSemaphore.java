package dev.procession.manager;

import dev.procession.OwnerDeath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A semaphore in the server: counting, or with permits that belong to threads of clients. */
final class ServedSemaphore extends Servant implements SemaphoreCalls, Holder {
    private static final int MOST_DEATHS = 16;

    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition freed = mutex.newCondition();
    private final int bound;
    private final boolean leased;
    private final boolean keptByProcess;
    // In the order of the first permit: oldest first.
    private final Map<Caller, Integer> leases = new LinkedHashMap<>();
    private final ArrayDeque<OwnerDeath> deaths = new ArrayDeque<>();
    private int available;

    /** @param bound how many permits there can be at the most */
    ServedSemaphore(ManagerServer server, int permits, int bound, boolean leased, boolean keptByProcess) {
        super(server);
        this.available = permits;
        this.bound = bound;
        this.leased = leased;
        this.keptByProcess = keptByProcess;
    }

    @Override
    public boolean acquire(int permits, long nanos) throws InterruptedException {
        return acquire(permits, nanos, true);
    }

    @Override
    public boolean acquireUninterruptibly(int permits, long nanos) {
        try {
            return acquire(permits, nanos, false);
        } catch (InterruptedException e) {
            throw new ClientGoneException(caller().session().describe());
        }
    }

    private boolean acquire(int permits, long nanos, boolean interruptible) throws InterruptedException {
        Caller me = caller();
        touch(me, this);
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        mutex.lock();
        try {
            if (permits < 1 || permits > bound) {
                throw new IllegalArgumentException(
                        label() + " never has so many permits: permits=" + permits + ", bound=" + bound);
            }
            requireAlive(me);
            while (available < permits) {
                long left = nanos == Long.MAX_VALUE ? nanos : deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    freed.awaitNanos(left);
                } catch (InterruptedException e) {
                    if (interruptible || me.session().hasEnded()) {
                        throw e;
                    }
                    interrupted = true;
                }
                requireAlive(me);
            }
            take(me, permits);
            return true;
        } finally {
            mutex.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void take(Caller me, int permits) {
        available -= permits;
        if (leased && permits > 0) {
            leases.merge(me, permits, Integer::sum);
        }
    }

    @Override
    public void release(int permits) {
        Caller me = caller();
        mutex.lock();
        try {
            if (permits < 1) {
                throw new IllegalArgumentException("permits must be 1 or more: permits=" + permits);
            }
            if (permits > bound - available) {
                throw new IllegalStateException(label() + " would have more permits than its bound, so nothing was"
                        + " released: available=" + available + ", released=" + permits + ", bound=" + bound);
            }
            available += permits;
            int left = permits - giveBack(me, permits);
            // Of the same process first, then of who has had some for the longest time.
            for (Caller other : List.copyOf(leases.keySet())) {
                if (left > 0 && other.session() == me.session()) {
                    left -= giveBack(other, left);
                }
            }
            for (Caller other : List.copyOf(leases.keySet())) {
                if (left > 0) {
                    left -= giveBack(other, left);
                }
            }
            freed.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    /** Returns how many it gave back. */
    private int giveBack(Caller who, int most) {
        Integer has = leases.get(who);
        if (has == null) {
            return 0;
        }
        int given = Math.min(has, most);
        if (given == has) {
            leases.remove(who);
        } else {
            leases.put(who, has - given);
        }
        return given;
    }

    @Override
    public int available() {
        mutex.lock();
        try {
            return available;
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public int drain() {
        Caller me = caller();
        touch(me, this);
        mutex.lock();
        try {
            requireAlive(me);
            int all = available;
            take(me, all);
            return all;
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public boolean isLeased() {
        return leased;
    }

    @Override
    public List<OwnerDeath> deaths() {
        mutex.lock();
        try {
            return new ArrayList<>(deaths);
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void sessionEnded(ClientSession session) {
        mutex.lock();
        try {
            for (Caller caller : List.copyOf(leases.keySet())) {
                if (caller.session() == session) {
                    died(caller, "");
                }
            }
            freed.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void threadEnded(Caller caller, String threadName) {
        mutex.lock();
        try {
            if (!keptByProcess && leases.containsKey(caller)) {
                died(caller, threadName);
                freed.signalAll();
            }
        } finally {
            mutex.unlock();
        }
    }

    private void died(Caller caller, String threadName) {
        available += giveBack(caller, Integer.MAX_VALUE);
        deaths.add(death(caller.session(), threadName));
        if (deaths.size() > MOST_DEATHS) {
            deaths.remove();
        }
    }
}
