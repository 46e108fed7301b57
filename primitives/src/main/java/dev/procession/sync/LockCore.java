package dev.procession.sync;

import dev.procession.DeadlockException;
import dev.procession.OwnerDeath;
import dev.procession.OwnerDiedException;
import dev.procession.internal.locking.LockLayout;
import dev.procession.internal.locking.LockView;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.log.LibraryLog;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Deadlocks;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Descriptions;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SharedCore;
import dev.procession.internal.participant.WaitCycle;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.waiting.Deadline;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of one lock share in this JVM.
 *
 * <pre>
 *   0  FLAGS      long  how it was made; never changes
 *   8  TAKEOVERS  long  how often an owner died and a later one answered for the data; the owner, before it says so. Who
 *                       waits for a condition of the lock is woken by it: the dead one may have been about to signal
 *  64  the lock, see LockLayout
 * </pre>
 */
final class LockCore implements SharedCore {
    private static final int FLAGS = 0;
    private static final int TAKEOVERS = FLAGS + Long.BYTES;
    private static final int LOCK = LockView.IN_BLOCK;

    private final Participant participant;
    private final @Nullable Recorder recorder;
    private final Memory memory;
    private final int takeovers;
    private final long object; // what the event record calls it
    private final RobustLock robust;
    private final String label;
    private final boolean strict;
    private final boolean reentrant;
    private final boolean detects;

    /**
     * The owner's alone: how often it took the lock beyond the first time, who died before it, and which conditions have
     * waiters that were signalled and must be rung when the lock is free.
     */
    private int again;

    private String site = ""; // read by the thread that ends the JVM, when the owner does nothing more

    private @Nullable OwnerDeath death;
    private final List<ConditionCore> signalled = new ArrayList<>(0);
    private volatile @Nullable Consumer<OwnerDeath> listener;
    private final AtomicInteger pins = new AtomicInteger();

    /** Handles that take the shortest way; guarded by itself. */
    private final Set<LockHandle> shortest = Collections.newSetFromMap(new WeakHashMap<>(2));

    LockCore(Participant participant, Block block) {
        this.participant = participant;
        this.recorder = participant.recorderOrNull();
        this.memory = block.memory();
        this.takeovers = block.offset() + TAKEOVERS;
        this.object = block.gen();
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
        robust.needsCare(alwaysCares());
        robust.whenOwnerEnds(this::ownerEnded);
        participant.supervise(robust, label, () -> site, this::shutShortest);
    }

    /** Whether unlocking is never done on the shortest way. */
    private boolean alwaysCares() {
        return reentrant || recorder != null;
    }

    /** By the supervisor, on behalf of an owner that has ended. */
    private void ownerEnded() {
        again = 0;
        signalled.clear();
        forgetDeath();
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
        if (robust.tryFast()) {
            acquired();
            return;
        }
        if (takenAgain()) {
            return;
        }
        begins();
        boolean got = false;
        try {
            if (detects) {
                lockDetecting();
            } else {
                robust.lock();
            }
            taken();
            got = true;
        } finally {
            ended(got, false);
        }
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
        begins();
        boolean got = false;
        boolean timedOut = false;
        try {
            timedOut = !(detects ? detecting(deadline, interruptible) : robust.lock(deadline, interruptible));
            if (timedOut) {
                return false;
            }
            taken();
            got = true;
            return true;
        } finally {
            ended(got, timedOut);
        }
    }

    boolean tryLock() {
        if (robust.tryFast()) {
            acquired();
            return true;
        }
        if (takenAgain()) {
            return true;
        }
        if (!robust.tryLock()) {
            return false;
        }
        taken();
        acquired();
        return true;
    }

    /** {@return whether what happens to the lock is written down, so that the shortest way must not be taken} */
    private boolean isRecording() {
        return recorder != null || AcquireSite.WANTED;
    }

    /**
     * Lets a handle take the shortest way, as long as nothing is written down and this process takes part in the session.
     * The handle is told when that is over: to ask each time would be a seventh of what an uncontended lock costs.
     */
    void letTakeShortest(LockHandle handle) {
        if (isRecording()) {
            return;
        }
        synchronized (shortest) {
            // Whoever closes the session does so before it comes to the lock: one of the two sees the other.
            if (!participant.isClosed()) {
                handle.takeShortest(true);
                shortest.add(handle);
            }
        }
    }

    private void shutShortest() {
        synchronized (shortest) {
            shortest.forEach(handle -> handle.takeShortest(false));
            shortest.clear();
        }
    }

    private void acquired() {
        noteSite();
        record(EventCode.ACQUIRED, 1);
    }

    private void begins() {
        record(EventCode.WAIT_BEGIN, 1);
    }

    private void noteSite() {
        if (AcquireSite.WANTED) {
            site = " since " + AcquireSite.here();
        }
    }

    private void ended(boolean got, boolean timedOut) {
        if (got) {
            noteSite();
        }
        if (recorder != null) {
            record(got ? EventCode.ACQUIRED : timedOut ? EventCode.WAIT_TIMED_OUT : EventCode.WAIT_INTERRUPTED, 1);
        }
    }

    private void record(int kind, long value) {
        Recorder on = recorder;
        if (on != null) {
            on.record(kind, object, value);
        }
    }

    /** The lock was taken on the slow way, the only one that leads to a dead owner's lock. */
    private void taken() {
        if (!robust.isInconsistent()) {
            return;
        }
        OwnerDeath died = noteDeath();
        boolean accepted = false;
        try {
            if (strict) {
                throw new OwnerDiedException(died);
            }
            accept(died);
            accepted = true;
        } finally {
            if (!accepted) {
                forgetDeath();
                robust.unlock(); // as inconsistent as before
            }
        }
    }

    private OwnerDeath noteDeath() {
        OwnerDeath died = Deaths.of(participant, robust, label);
        record(EventCode.OWNER_DIED, robust.lastDead());
        LibraryLog.log(Level.INFO, died::describe);
        death = died;
        robust.needsCare(true);
        return died;
    }

    private void accept(OwnerDeath died) {
        Consumer<OwnerDeath> told = listener;
        if (told != null) {
            told.accept(died);
        }
        answered();
    }

    /** From here on this owner answers for the data: if it dies too, the next one is told of that. */
    private void answered() {
        memory.setLongVolatile(takeovers, takeovers() + 1);
        FaultPoint.reached("lock.takeover-counted");
        robust.markConsistent();
        FaultPoint.reached("lock.consistent");
    }

    /** {@return how often an owner died and a later one answered for the data} */
    long takeovers() {
        return memory.getLongVolatile(takeovers);
    }

    /** {@return whether the lock is a dead owner's, as far as is known, or was given back for one} */
    boolean isLeftByTheDead() {
        long holder = robust.holder();
        return holder == 0
                ? robust.isInconsistent()
                : holder != participant.self() && !participant.table().isMember(holder);
    }

    /** {@return whether a living process holds the lock, or others sleep for it} */
    boolean isBusy() {
        return robust.holder() != 0 || robust.hasSleepers();
    }

    void unlock() {
        requireHeld();
        if (again > 0) {
            again--;
        } else {
            release();
        }
    }

    /** Refuses a thread that does not hold the lock. */
    void requireHeld() {
        if (!robust.isHeldByCurrentThread()) {
            throw notOwner();
        }
    }

    private void release() {
        record(EventCode.RELEASED, 1);
        if (signalled.isEmpty()) {
            forgetDeath();
            robust.unlock();
        } else {
            releaseAndRing();
        }
    }

    /** Who was signalled could not go on before the lock is free; so it is rung now, and one at a time. */
    private void releaseAndRing() {
        List<WaiterRow> chosen = new ArrayList<>(signalled.size());
        List<ConditionCore> conditions = List.copyOf(signalled);
        try {
            for (ConditionCore condition : conditions) {
                WaiterRow next = condition.chooseSignalled();
                if (next != null) {
                    chosen.add(next);
                }
            }
        } finally {
            signalled.clear();
            forgetDeath();
            robust.unlock();
        }
        chosen.forEach(WaiterRow::ring);
    }

    /** For a condition: when the owner gives the lock back, it rings one of the condition's signalled waiters. */
    void ringAtUnlock(ConditionCore condition) {
        if (!signalled.contains(condition)) {
            signalled.add(condition);
            robust.needsCare(true);
        }
    }

    private void forgetDeath() {
        death = null;
        robust.needsCare(alwaysCares());
    }

    /** Names who holds the lock: the caller does not. */
    IllegalMonitorStateException notOwner() {
        String me = "thread " + Thread.currentThread().getName() + " of "
                + participant.facts(participant.self()).label();
        long holder = robust.holder();
        if (holder == 0) {
            return new IllegalMonitorStateException(label + " is not held by anybody: " + me + " has to take it first");
        }
        Thread local = robust.localOwner();
        String who = (local == null ? "" : "thread " + local.getName() + " of ")
                + participant.facts(holder).label();
        return new IllegalMonitorStateException(label + " is held by " + who + ", not by " + me);
    }

    void recover(Runnable repair) {
        boolean held = robust.isHeldByCurrentThread();
        if (!held) {
            robust.lock();
            acquired();
        }
        try {
            boolean inconsistent = robust.isInconsistent();
            if (inconsistent) {
                noteDeath();
            }
            repair.run();
            if (inconsistent) {
                answered();
                record(EventCode.REPAIRED, 0);
            }
        } finally {
            if (!held) {
                unlock();
            }
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
        release();
        return held;
    }

    /**
     * For a condition: takes the lock as often as it was held; not interruptible. Who waits for a condition has the lock
     * again whatever happens, so it is held even if this throws because the lock is strict and an owner died, or because
     * the listener does; only if the session was closed it is not.
     */
    void restore(int held) {
        if (!robust.tryFast()) {
            begins();
            robust.lock();
        }
        again = held;
        acquired();
        if (robust.isInconsistent()) {
            OwnerDeath died = noteDeath();
            if (strict) {
                throw new OwnerDiedException(died);
            }
            accept(died);
        }
    }

    void onOwnerDeath(Consumer<OwnerDeath> told) {
        listener = told;
    }

    /** A thread waits for a condition, and will want the lock again. */
    void pin() {
        pins.incrementAndGet();
    }

    void unpin() {
        pins.decrementAndGet();
    }

    @Override
    public boolean isInUse() {
        return robust.isInUse() || pins.get() != 0;
    }

    @Override
    public void detached() {
        participant.forget(robust);
    }

    String describe() {
        long holder = robust.holder();
        long since = robust.holderSince();
        return label
                + (holder == 0
                        ? ": free"
                        : ": held by " + participant.facts(holder).label())
                + (since == 0 ? "" : " at least since " + Instant.ofEpochMilli(since))
                + (robust.isInconsistent()
                        ? "; inconsistent: "
                                + Deaths.of(participant, robust, label).describe()
                        : "")
                + Descriptions.waiting(participant, robust);
    }
}
