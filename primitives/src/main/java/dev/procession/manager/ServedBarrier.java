package dev.procession.manager;

import dev.procession.OwnerDeath;
import dev.procession.sync.ProcessBarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A barrier in the server. */
final class ServedBarrier extends Servant implements BarrierCalls, Holder {
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition changed = mutex.newCondition();
    private final int parties;
    private final long timeoutNanos;
    private final ProcessBarrier.@Nullable Action action;
    private final List<ClientSession> registered = new ArrayList<>();
    private Generation generation = new Generation();

    /** Those who pass together, or who fail together. */
    private static final class Generation {
        final List<Caller> arrived = new ArrayList<>();
        boolean complete;
        boolean released;

        @Nullable
        String broken;

        /** Whose call lost its connection, which broke it: it may turn out that the client is gone. */
        @Nullable
        ClientSession lost;

        @Nullable
        OwnerDeath death;
    }

    ServedBarrier(ManagerServer server, int parties, long timeoutNanos, ProcessBarrier.@Nullable Action action) {
        super(server);
        this.parties = parties;
        this.timeoutNanos = timeoutNanos;
        this.action = action;
    }

    @Override
    public int await(long nanos) throws InterruptedException, BrokenBarrierException {
        Caller me = caller();
        touch(me, this);
        boolean interrupted = false;
        long deadline = System.nanoTime() + nanos;
        mutex.lock();
        try {
            requireAlive(me);
            Generation mine = generation;
            if (Thread.interrupted()) {
                breakIt(mine, me.describe() + " was interrupted", null);
                throw new InterruptedException();
            }
            requireWhole(mine);
            int index = mine.arrived.size();
            mine.arrived.add(me);
            if (index == parties - 1) {
                complete(mine);
                return index;
            }
            while (!mine.released) {
                requireWhole(mine);
                long left = nanos == Long.MAX_VALUE || mine.complete ? Long.MAX_VALUE : deadline - System.nanoTime();
                if (left <= 0) {
                    breakIt(
                            mine,
                            me.describe() + " waited as long as it was to, with " + mine.arrived.size() + " of "
                                    + parties + " there",
                            null);
                    continue;
                }
                try {
                    changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    if (!mine.complete && mine.broken == null) {
                        if (me.session().hasLostConnection()) {
                            mine.lost = me.session();
                        }
                        breakIt(mine, me.describe() + " was interrupted", null);
                        throw e;
                    }
                    interrupted = true;
                }
            }
            return index;
        } finally {
            mutex.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void requireWhole(Generation mine) throws BrokenBarrierException {
        if (mine.broken != null) {
            throw new BrokenBarrierException(label() + " is broken: " + mine.broken);
        }
    }

    /** By the last one. The action runs unlocked, so that others can look at the barrier, abort it, and end. */
    private void complete(Generation mine) throws BrokenBarrierException {
        mine.complete = true;
        if (action != null) {
            mutex.unlock();
            Throwable thrown = null;
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                thrown = e;
            } finally {
                mutex.lock();
            }
            if (thrown != null) {
                breakIt(mine, "its action threw " + thrown, null);
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }
        }
        requireWhole(mine);
        mine.released = true;
        generation = new Generation();
        changed.signalAll();
    }

    private void breakIt(Generation which, String why, @Nullable OwnerDeath death) {
        if (which.broken == null && !which.released) {
            which.broken = why;
            which.death = death;
            changed.signalAll();
        }
    }

    @Override
    public void register() {
        Caller me = caller();
        touch(me, this);
        mutex.lock();
        try {
            requireAlive(me);
            if (registered.size() == parties) {
                StringBuilder who = new StringBuilder();
                registered.forEach(session -> who.append(' ').append(session.describe()));
                throw new IllegalStateException(label() + ": all " + parties + " parties are registered:" + who);
            }
            registered.add(me.session());
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void deregister() {
        Caller me = caller();
        mutex.lock();
        try {
            boolean all = registered.size() == parties;
            if (registered.remove(me.session()) && all && !generation.arrived.isEmpty()) {
                breakIt(generation, me.session().describe() + " was registered and left", null);
            }
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void abort() {
        mutex.lock();
        try {
            breakIt(generation, "aborted by " + caller().describe(), null);
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void reset() {
        mutex.lock();
        try {
            breakIt(generation, "reset by " + caller().describe(), null);
            generation = new Generation();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public boolean isBroken() {
        mutex.lock();
        try {
            return generation.broken != null;
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public @Nullable OwnerDeath ownerDeath() {
        mutex.lock();
        try {
            return generation.death;
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public int waiting() {
        mutex.lock();
        try {
            return generation.broken != null ? 0 : generation.arrived.size();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public int parties() {
        return parties;
    }

    @Override
    public long timeoutNanos() {
        return timeoutNanos;
    }

    @Override
    public String describe() {
        mutex.lock();
        try {
            return label() + ": "
                    + (generation.broken != null
                            ? "broken: " + generation.broken
                            : generation.arrived.size() + " of " + parties + " are there")
                    + (registered.isEmpty() ? "" : ", " + registered.size() + " registered");
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void sessionEnded(ClientSession session) {
        mutex.lock();
        try {
            boolean there = generation.arrived.stream().anyMatch(caller -> caller.session() == session);
            boolean known = registered.removeIf(each -> each == session);
            if (generation.lost == session) {
                // That was the first sign of the same end.
                generation.broken = null;
            }
            if (there || known) {
                breakIt(generation, session.describe() + " is gone", death(session, ""));
            }
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public void threadEnded(Caller caller, String threadName) {
        // A thread that waits has not ended, and a registration is the process's.
    }
}
