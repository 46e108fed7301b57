package dev.procession.sync;

import dev.procession.OwnerDeath;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.locking.LockWatcher;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.participant.DeathLog;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.waiting.Deadline;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/* Overview

The leases decide: how many permits each process has, one long per slot, with the process's generation. Everything is
done under the semaphore's own lock and by one store:

acquire:  lease of this process + n; then the number of available permits is corrected.
release:  lease of this process (or of the oldest other) - n; likewise.
death:    lease of the dead = 0; likewise. By anybody who looks: waiters, supervisors, whoever finds too few permits.

A death between the store and the correction leaves the lock with a dead owner, and who takes it over computes the number
from the leases. The number can be read without the lock; it is then of some moment that may be over, as always. */

/** A semaphore whose permits come back when their holders die. */
final class LeasedCore extends SemaphoreCore {
    /** How old an answer of the kernel may be for a thread that is about to wait. */
    private static final long PROBE_AGE_NANOS = 20_000_000;

    /** As long as a call that does not wait may be held up by a process that was stopped while it held the lock. */
    private static final long TRY_NANOS = 20_000_000;

    private static final int PERMITS_SHIFT = Integer.SIZE;

    private final RobustLock lock;
    private final DeathLog log;
    private final ThreadLeases threads = new ThreadLeases();
    private final Runnable duty = this::lookAfter;
    private final ProcessTable table;
    private final int mySlot;
    private final long myGeneration;

    private LeasedCore(Participant participant, Block block) {
        super(participant, block);
        this.table = participant.table();
        this.mySlot = Owner.slot(participant.self());
        this.myGeneration = Owner.generation(participant.self());
        this.log = new DeathLog(memory, base + layout.deaths);
        this.lock = new RobustLock(
                participant.waiting(),
                memory,
                base + layout.lock,
                block.id() + layout.lock,
                this::repair,
                LockWatcher.NONE);
    }

    static LeasedCore of(Participant participant, Block block) {
        LeasedCore core = new LeasedCore(participant, block);
        participant.supervise(core.lock, Deaths.label(block));
        participant.waiting().everyTick(core.duty);
        return core;
    }

    @Override
    public boolean isInUse() {
        return super.isInUse() || lock.isInUse();
    }

    @Override
    public void detached() {
        participant.waiting().noLonger(duty);
        participant.forget(lock);
    }

    @Override
    long tryDeadline() {
        return Deadline.inNanos(TRY_NANOS);
    }

    @Override
    boolean take(int wanted, long waitedNanos, long deadline, boolean interruptible) {
        if (!permits.mayTake(wanted, waitedNanos) && !(waitedNanos >= PATIENCE_NANOS && isAnybodyDead())) {
            return false;
        }
        ThreadLeases.Lease mine = threads.mine();
        if (!lock(deadline, interruptible)) {
            return false;
        }
        try {
            if (!permits.mayTake(wanted, waitedNanos)) {
                settle();
                if (!permits.mayTake(wanted, waitedNanos)) {
                    return false;
                }
            }
            lease(wanted, mine);
            permits.take(wanted, Long.MAX_VALUE);
            FaultPoint.reached("semaphore.lease-counted");
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    int drain() {
        ThreadLeases.Lease mine = threads.mine();
        lock.lock();
        try {
            settle();
            int all = permits.available();
            if (all > 0) {
                lease(all, mine);
                permits.take(all, Long.MAX_VALUE);
                FaultPoint.reached("semaphore.lease-counted");
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** The commit of an acquire. */
    private void lease(int taken, ThreadLeases.Lease mine) {
        int had = mine();
        if (had == 0) {
            long age = memory.getLong(base + layout.clock) + 1;
            memory.setLong(base + layout.clock, age);
            memory.setLong(base + layout.age(mySlot), age);
            FaultPoint.reached("semaphore.aged");
        }
        set(mySlot, myGeneration, had + taken);
        FaultPoint.reached("semaphore.leased");
        mine.take(taken);
    }

    @Override
    void give(int given) {
        lock.lock();
        try {
            if (mine() < given) {
                settle(); // before others are asked for theirs
            }
            int total = total();
            int leased = total - permits.available();
            if (given > leased && given - leased > most() - total) {
                throw tooMany(given, "held=" + leased + " available=" + permits.available());
            }
            record(EventCode.RELEASED, given);
            int left = given - giveOf(mySlot, given);
            threads.gave(given - left);
            while (left > 0) {
                int oldest = oldest();
                if (oldest == 0) {
                    memory.setLongVolatile(base + layout.total, total + left);
                    FaultPoint.reached("semaphore.grown");
                    permits.add(left, Integer.MAX_VALUE);
                    break;
                }
                left -= giveOf(oldest, left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the permits of this process; returns those of a dead one that had its slot} */
    private int mine() {
        if (permitsOf(mySlot) > 0 && generationOf(mySlot) != myGeneration) {
            settle();
        }
        return permitsOf(mySlot);
    }

    /** Ends the lease of so many permits of a process, if it has that many. Returns how many they were. */
    private int giveOf(int slot, int most) {
        int had = permitsOf(slot);
        int given = Math.min(had, most);
        if (given > 0) {
            set(slot, generationOf(slot), had - given);
            FaultPoint.reached("semaphore.unleased");
            permits.add(given, Integer.MAX_VALUE);
            FaultPoint.reached("semaphore.unlease-counted");
        }
        return given;
    }

    /** {@return the slot whose process has had permits for the longest time, 0 if nobody has any} */
    private int oldest() {
        int oldest = 0;
        for (int slot = 1; slot <= table.slots(); slot++) {
            if (permitsOf(slot) > 0
                    && (oldest == 0
                            || memory.getLong(base + layout.age(slot)) < memory.getLong(base + layout.age(oldest)))) {
                oldest = slot;
            }
        }
        return oldest;
    }

    /** Returns what the dead had; with the lock held. */
    private void settle() {
        for (int slot = 1; slot <= table.slots(); slot++) {
            int had = permitsOf(slot);
            long owner = ownerOf(slot);
            if (had > 0 && !table.isMember(owner)) {
                forget(slot, had);
                record(EventCode.OWNER_DIED, owner);
                permits.add(had, Integer.MAX_VALUE);
                FaultPoint.reached("semaphore.death-counted");
                recordPermits();
            }
        }
    }

    private void forget(int slot, int had) {
        log.add(ownerOf(slot), had, "");
        FaultPoint.reached("semaphore.death-noted");
        set(slot, 0, 0);
        FaultPoint.reached("semaphore.death-returned");
    }

    /** An owner of the lock died: the leases decide. */
    private void repair() {
        int leased = 0;
        for (int slot = 1; slot <= table.slots(); slot++) {
            int had = permitsOf(slot);
            if (had > 0 && !table.isMember(ownerOf(slot))) {
                forget(slot, had);
            } else {
                leased += had;
            }
        }
        permits.set(total() - leased);
        FaultPoint.reached("semaphore.repaired");
    }

    /** For the supervisor; never waits. */
    private void lookAfter() {
        ThreadLeases.Lease ended = endedThread();
        if ((ended == null && !isTroubled()) || !lock.tryLock()) {
            return;
        }
        try {
            settle();
            for (; ended != null; ended = endedThread()) {
                giveBackOf(ended);
                recordPermits();
            }
        } finally {
            lock.unlock();
        }
        passOn();
    }

    private ThreadLeases.@Nullable Lease endedThread() {
        return isKeptByProcess() ? null : threads.ended();
    }

    private void giveBackOf(ThreadLeases.Lease ended) {
        int had = Math.min(ended.permits(), permitsOf(mySlot));
        if (had > 0) {
            log.add(participant.self(), had, ended.thread.getName());
            giveOf(mySlot, had);
        }
        ended.give(Integer.MAX_VALUE);
    }

    @Override
    boolean isTroubled() {
        long holder = lock.holder();
        if (lock.isInconsistent() || (holder != 0 && !table.isMember(holder))) {
            return true;
        }
        for (int slot = 1; slot <= table.slots(); slot++) {
            if (permitsOf(slot) > 0 && !table.isMember(ownerOf(slot))) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #isTroubled}, but asks the kernel. */
    private boolean isAnybodyDead() {
        long holder = lock.holder();
        if (lock.isInconsistent() || (holder != 0 && !table.isAlive(holder, PROBE_AGE_NANOS))) {
            return true;
        }
        for (int slot = 1; slot <= table.slots(); slot++) {
            if (permitsOf(slot) > 0 && !table.isAlive(ownerOf(slot), PROBE_AGE_NANOS)) {
                return true;
            }
        }
        return false;
    }

    @Override
    int available() {
        if (isTroubled() && lock(tryDeadline(), false)) {
            try {
                settle();
            } finally {
                lock.unlock();
            }
            passOn();
        }
        return permits.available();
    }

    @Override
    List<OwnerDeath> deaths() {
        return log.read(participant, held -> held + (held == 1 ? " permit of " : " permits of ") + label);
    }

    @Override
    String holders() {
        StringJoiner holders = new StringJoiner(", ", ", held by ", "").setEmptyValue("");
        for (int slot = 1; slot <= table.slots(); slot++) {
            int had = permitsOf(slot);
            if (had > 0) {
                holders.add(participant.facts(ownerOf(slot)).label() + ": " + had);
            }
        }
        return holders.toString();
    }

    private boolean lock(long deadline, boolean interruptible) {
        if (lock.tryFast()) {
            return true;
        }
        try {
            return lock.lock(deadline, interruptible);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the wait around this one sees it
            return false;
        }
    }

    private int total() {
        return (int) memory.getLongVolatile(base + layout.total);
    }

    private int permitsOf(int slot) {
        return (int) memory.getLongVolatile(base + layout.lease(slot));
    }

    private long generationOf(int slot) {
        return memory.getLongVolatile(base + layout.lease(slot)) >>> PERMITS_SHIFT;
    }

    private long ownerOf(int slot) {
        return Owner.of(slot, generationOf(slot));
    }

    private void set(int slot, long generation, int held) {
        memory.setLongVolatile(base + layout.lease(slot), (generation << PERMITS_SHIFT) | held);
    }
}
