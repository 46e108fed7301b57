package dev.procession.manager;

import dev.procession.DeadlockException;
import dev.procession.OwnerDeath;
import dev.procession.OwnerDiedException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock in the server, owned by a thread of a client. It is handed from its owner to who has waited longest. When a client
 * is gone, what it owned goes to the next one, who can see that.
 */
final class ServedLock extends Servant implements LockCalls, Holder {
    final ReentrantLock mutex = new ReentrantLock();

    private final boolean reentrant;
    private final boolean strict;
    private final boolean detectsDeadlocks;
    private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
    private final Set<ServedCondition> conditions = Collections.newSetFromMap(new WeakHashMap<>());
    private volatile @Nullable Caller owner; // under mutex; the search for deadlocks looks without
    private int holds;
    private @Nullable OwnerDeath death;
    private boolean inconsistent;

    ServedLock(ManagerServer server, boolean reentrant, boolean strict, boolean detectsDeadlocks) {
        super(server);
        this.reentrant = reentrant;
        this.strict = strict;
        this.detectsDeadlocks = detectsDeadlocks;
    }

    @Override
    public int acquire(boolean evenIfInconsistent, long nanos) throws InterruptedException {
        return acquire(evenIfInconsistent, nanos, true);
    }

    @Override
    public int acquireUninterruptibly(boolean evenIfInconsistent, long nanos) {
        try {
            return acquire(evenIfInconsistent, nanos, false);
        } catch (InterruptedException e) {
            throw new ClientGoneException(caller().session().describe());
        }
    }

    private int acquire(boolean evenIfInconsistent, long nanos, boolean interruptible) throws InterruptedException {
        Caller me = caller();
        touch(me, this);
        mutex.lock();
        try {
            requireAlive(me);
            if (reentrant && me.equals(owner)) {
                holds++;
                return TAKEN;
            }
            // Nobody waits for a free lock: it is handed over when it becomes free.
            if (owner == null) {
                if (inconsistent && !evenIfInconsistent) {
                    throw new OwnerDiedException(deathOrThrow());
                }
                owner = me;
                holds = 1;
                return death == null ? TAKEN : AFTER_DEATH;
            }
            if (nanos <= 0) {
                return NO;
            }
            Waiter waiter = new Waiter(me, mutex.newCondition(), evenIfInconsistent, 1, null);
            queue.add(waiter);
            return await(waiter, nanos, interruptible) ? (death == null ? TAKEN : AFTER_DEATH) : NO;
        } finally {
            mutex.unlock();
        }
    }

    private boolean await(Waiter waiter, long nanos, boolean interruptible) throws InterruptedException {
        Caller me = waiter.caller;
        boolean interrupted = false;
        long deadline = System.nanoTime() + nanos;
        try {
            if (detectsDeadlocks) {
                detect(me);
            }
            while (!waiter.granted) {
                if (waiter.refused) {
                    throw new OwnerDiedException(deathOrThrow());
                }
                requireAlive(me);
                long left = nanos == Long.MAX_VALUE ? nanos : deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    waiter.wake.awaitNanos(left);
                } catch (InterruptedException e) {
                    if (!waiter.granted && (interruptible || me.session().hasEnded())) {
                        throw e;
                    }
                    interrupted =
                            true; // if it was granted at the same moment, the client keeps the lock and the interrupt
                }
            }
            return true;
        } finally {
            queue.remove(waiter);
            server.waitsFor.remove(me, this);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whoever closes a circle of waiting threads sees it: they come one after the other. */
    private void detect(Caller me) {
        synchronized (server.waitsFor) {
            server.waitsFor.put(me, this);
            Map<Caller, ServedLock> seen = new HashMap<>();
            StringBuilder circle = new StringBuilder();
            ServedLock lock = this;
            while (lock != null) {
                Caller holder = lock.owner;
                if (holder == null || seen.put(holder, lock) != null) {
                    return;
                }
                circle.append("; ").append(lock.label()).append(" is held by ").append(holder.describe());
                if (holder.equals(me)) {
                    throw new DeadlockException("deadlock: " + me.describe() + " waits for " + label() + circle);
                }
                lock = server.waitsFor.get(holder);
                if (lock != null) {
                    circle.append(", who waits for ").append(lock.label());
                }
            }
        }
    }

    private OwnerDeath deathOrThrow() {
        OwnerDeath known = death;
        if (known == null) {
            throw new IllegalStateException(label() + " is inconsistent, and nobody died");
        }
        return known;
    }

    @Override
    public void release() {
        mutex.lock();
        try {
            requireOwner();
            holds--;
            if (holds == 0) {
                releaseFully();
            }
        } finally {
            mutex.unlock();
        }
    }

    Caller requireOwner() {
        Caller me = caller();
        Caller holder = owner;
        if (!me.equals(holder)) {
            throw new IllegalMonitorStateException(label()
                    + (holder == null
                            ? " is not held by anybody: " + me.describe() + " has to take it first"
                            : " is held by " + holder.describe() + ", not by " + me.describe()));
        }
        return me;
    }

    int holds() {
        return holds;
    }

    /** With the mutex and owned: makes it free, and hands it to the next one. */
    void releaseFully() {
        owner = null;
        holds = 0;
        if (!inconsistent) {
            death = null;
        }
        handOver();
    }

    private void handOver() {
        while (owner == null && !queue.isEmpty()) {
            Waiter next = queue.remove();
            if (inconsistent && !next.evenIfInconsistent) {
                next.refused = true;
            } else {
                owner = next.caller;
                holds = next.holds;
                next.granted = true;
            }
            next.wake.signal();
        }
    }

    /** With the mutex: a waiter of a condition waits for the lock from now on. */
    void enqueue(Waiter waiter) {
        waiter.inCondition = false;
        queue.add(waiter);
        handOver();
    }

    boolean isInconsistent() {
        return inconsistent;
    }

    OwnerDiedException refusal() {
        return new OwnerDiedException(deathOrThrow());
    }

    @Override
    public int holdCount() {
        mutex.lock();
        try {
            return caller().equals(owner) ? holds : 0;
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public boolean isLocked() {
        return owner != null;
    }

    @Override
    public @Nullable OwnerDeath ownerDeath() {
        mutex.lock();
        try {
            return caller().equals(owner) ? death : null;
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void markConsistent() {
        mutex.lock();
        try {
            requireOwner();
            inconsistent = false;
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public Object newCondition() {
        ServedCondition condition = new ServedCondition(server, this);
        mutex.lock();
        try {
            conditions.add(condition);
        } finally {
            mutex.unlock();
        }
        return server.proxy(server.export(Kind.CONDITION, condition, null));
    }

    void add(ServedCondition condition) {
        mutex.lock();
        try {
            conditions.add(condition);
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public String describe() {
        mutex.lock();
        try {
            Caller holder = owner;
            return label() + ": "
                    + (holder == null ? "free" : "held by " + holder.describe())
                    + (queue.isEmpty() ? "" : ", " + queue.size() + " wait")
                    + (inconsistent ? ", inconsistent" : "");
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void sessionEnded(ClientSession session) {
        mutex.lock();
        try {
            List<Waiter> gone = queue.stream()
                    .filter(waiter -> waiter.caller.session() == session)
                    .toList();
            queue.removeAll(gone);
            conditions.forEach(condition -> condition.drop(session));
            Caller holder = owner;
            if (holder != null && holder.session() == session) {
                ownerDied(death(session, ""));
            }
            for (Waiter waiter : gone) {
                ServedCondition condition = waiter.condition;
                if (waiter.signalled && condition != null) {
                    condition.signalNext(); // its signal is another's
                }
                waiter.wake.signal();
            }
        } finally {
            mutex.unlock();
        }
    }

    private void ownerDied(OwnerDeath how) {
        death = how;
        inconsistent = strict;
        owner = null;
        holds = 0;
        // It may have been about to signal.
        conditions.forEach(ServedCondition::signalEverybody);
        handOver();
    }

    @Override
    public void threadEnded(Caller caller, String threadName) {
        mutex.lock();
        try {
            if (caller.equals(owner)) {
                ownerDied(death(caller.session(), threadName));
            }
        } finally {
            mutex.unlock();
        }
    }
}
