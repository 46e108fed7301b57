package dev.procession.sync;

import dev.procession.DeadlockException;
import dev.procession.OwnerDeath;
import dev.procession.OwnerDiedException;
import dev.procession.internal.locking.LockLayout;
import dev.procession.internal.locking.LockView;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import dev.procession.internal.participant.Deadlocks;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SharedCore;
import dev.procession.internal.participant.WaitCycle;
import dev.procession.internal.waiting.Deadline;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of one lock share in this JVM.
 *
 * <pre>
 *   0  FLAGS  long  how it was made; never changes
 *  64  the lock, see LockLayout
 * </pre>
 */
final class LockCore implements SharedCore {
    private static final int FLAGS = 0;
    private static final int LOCK = LockView.IN_BLOCK;

    private final Participant participant;
    private final RobustLock robust;
    private final String label;
    private final boolean strict;
    private final boolean reentrant;
    private final boolean detects;

    /** The owner's alone: how often it took the lock beyond the first time, and who died before it. */
    private int again;

    private @Nullable OwnerDeath death;
    private volatile @Nullable Consumer<OwnerDeath> listener;

    LockCore(Participant participant, Block block) {
        this.participant = participant;
        this.label = Deaths.label(block);
        this.strict = (flags(block) & LockOptions.STRICT) != 0;
        this.detects = (flags(block) & LockOptions.DETECT_DEADLOCKS) != 0;
        this.reentrant = block.type() == ObjectType.REENTRANT_LOCK.code();
        this.robust = new RobustLock(
                participant.waiting(),
                block.memory(),
                block.offset() + LOCK,
                block.id(),
                null,
                participant.lockWatcher());
        robust.needsCare(reentrant);
        participant.supervise(robust);
    }

    static int length(Participant participant) {
        return LOCK + LockLayout.length(participant.table().slots());
    }

    static void fill(Block block, LockOptions options) {
        block.memory().setLong(block.offset() + FLAGS, options.flags());
    }

    static long flags(Block block) {
        return block.memory().getLong(block.offset() + FLAGS);
    }

    RobustLock robust() {
        return robust;
    }

    String label() {
        return label;
    }

    private boolean takenAgain() {
        if (reentrant && robust.isHeldByCurrentThread()) {
            if (again == Integer.MAX_VALUE) {
                throw new Error(label + " is held 2^31 times by thread "
                        + Thread.currentThread().getName());
            }
            again++;
            return true;
        }
        return false;
    }

    void lock() {
        if (robust.tryFast() || takenAgain()) {
            return;
        }
        if (detects) {
            lockDetecting();
        } else {
            robust.lock();
        }
        taken();
    }

    private void lockDetecting() {
        try {
            detecting(Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError(e); // it was asked not to
        }
    }

    private boolean detecting(long deadline, boolean interruptible) throws InterruptedException {
        participant.beginDetection();
        try {
            return robust.lock(deadline, interruptible, this::leaveDeadlock);
        } finally {
            participant.endDetection();
        }
    }

    private void leaveDeadlock() {
        WaitCycle cycle = participant.deadlock();
        if (cycle != null) {
            throw new DeadlockException(Deadlocks.describe(participant, cycle));
        }
    }

    boolean lock(long deadline, boolean interruptible) throws InterruptedException {
        if (takenAgain()) {
            return true;
        }
        if (!(detects ? detecting(deadline, interruptible) : robust.lock(deadline, interruptible))) {
            return false;
        }
        taken();
        return true;
    }

    boolean tryLock() {
        if (robust.tryFast() || takenAgain()) {
            return true;
        }
        if (!robust.tryLock()) {
            return false;
        }
        taken();
        return true;
    }

    /** The lock was taken on the slow way, the only one that leads to a dead owner's lock. */
    private void taken() {
        if (!robust.isInconsistent()) {
            return;
        }
        OwnerDeath died = Deaths.of(participant, robust, label);
        if (strict) {
            robust.unlock(); // as inconsistent as before
            throw new OwnerDiedException(died);
        }
        tell(died);
        // From here on this owner answers for the data: if it dies too, the next one is told of that.
        robust.markConsistent();
    }

    private void tell(OwnerDeath died) {
        death = died;
        robust.needsCare(true);
        Consumer<OwnerDeath> told = listener;
        if (told == null) {
            return;
        }
        boolean returned = false;
        try {
            told.accept(died);
            returned = true;
        } finally {
            if (!returned) {
                forgetDeath();
                robust.unlock();
            }
        }
    }

    void unlock() {
        if (reentrant && again > 0 && robust.isHeldByCurrentThread()) {
            again--;
            return;
        }
        if (death != null && robust.isHeldByCurrentThread()) {
            forgetDeath();
        }
        if (!robust.tryUnlock()) {
            throw notOwner();
        }
    }

    private void forgetDeath() {
        death = null;
        robust.needsCare(reentrant);
    }

    /** Names who holds the lock: the caller does not. */
    IllegalMonitorStateException notOwner() {
        String me = "thread " + Thread.currentThread().getName() + " of "
                + participant.facts(participant.self()).label();
        long holder = robust.holder();
        if (holder == 0) {
            return new IllegalMonitorStateException(label + " is not held by anybody: " + me + " cannot use it so");
        }
        Thread local = robust.localOwner();
        String who = (local == null ? "" : "thread " + local.getName() + " of ")
                + participant.facts(holder).label();
        return new IllegalMonitorStateException(label + " is held by " + who + ", not by " + me);
    }

    void recover(Runnable repair) {
        if (!takenAgain()) {
            robust.lock();
        }
        boolean repaired = false;
        try {
            if (robust.isInconsistent()) {
                death = Deaths.of(participant, robust, label);
                robust.needsCare(true);
            }
            repair.run();
            robust.markConsistent();
            repaired = true;
        } finally {
            if (!repaired) {
                forgetDeath();
            }
            unlock();
        }
    }

    @Nullable
    OwnerDeath death() {
        return robust.isHeldByCurrentThread() ? death : null;
    }

    int holdCount() {
        return robust.isHeldByCurrentThread() ? again + 1 : 0;
    }

    /** For a condition: gives the lock back however often it is held. Returns what {@link #restore} needs. */
    int releaseAll() {
        int held = again;
        again = 0;
        forgetDeath();
        robust.unlock();
        return held;
    }

    /** For a condition: takes the lock as often as it was held; not interruptible. */
    void restore(int held) {
        if (!robust.tryFast()) {
            robust.lock();
            taken();
        }
        again = held;
    }

    void onOwnerDeath(Consumer<OwnerDeath> told) {
        listener = told;
    }

    @Override
    public void detached() {
        participant.forget(robust);
    }

    String describe() {
        long holder = robust.holder();
        return label
                + (holder == 0
                        ? ": free"
                        : ": held by " + participant.facts(holder).label());
    }
}
