package dev.procession.sync;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Descriptions;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SharedCore;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.waiting.Attempt;
import dev.procession.internal.waiting.WaitPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/* Overview

await:    row WAITING -> give the lock back -> sleep -> take the lock -> row nobody's.
signal:   row WAITING -> SIGNALLED; nobody is woken, since nobody could go on: the signaller has the lock.
unlock:   of somebody who signalled, or who was signalled and saw others that were: one SIGNALLED row -> CHOSEN, the lock is
          free, its process is rung. That one takes the lock and does the same when it gives the lock back. So the waiters
          come one by one, in their order, and never all against one lock.
          While a row is SIGNALLED, either somebody holds the lock who will ring, or a rung one is on its way to the lock.
death of a waiter: WAITING -> its row is nobody's. Signalled -> the next WAITING is signalled, then its row is nobody's; a
          death between these two steps signals a second one, for nothing.
death of an owner of the lock: it may have changed what the waiters wait for and not yet have signalled. Who takes the lock
          over counts that in the lock; who comes to the condition next sees that the count has moved, signals all, and
          notes the count here. If it dies before that, the next one does it again.
          With everybody in await() nobody else wants that lock. So a waiter's recheck looks at the lock, too.

Whatever only a dead or stopped process could have done is found by the recheck, within 200 milliseconds. */

/**
 * What the handles of one condition share in this JVM.
 *
 * <pre>
 *   0  LOCK            long  the lock's place: segment, offset; never changes
 *   8  LOCK_GENERATION long  likewise
 *  16  LOCK_TYPE       long  likewise
 *  24  TAKEOVERS       long  the count of the lock up to which all waiters were signalled; the holder of the lock
 *  64  ROWS                  the waiters, see WaiterRows
 *      BITMAP                the slots of the processes that sleep for it; getAndBitwiseOr and -And
 * </pre>
 */
final class ConditionCore extends WaitPoint implements SharedCore {
    private static final int LOCK = 0;
    private static final int LOCK_GENERATION = LOCK + Long.BYTES;
    private static final int LOCK_TYPE = LOCK_GENERATION + Long.BYTES;
    private static final int TAKEOVERS = LOCK_TYPE + Long.BYTES;
    private static final int ROWS = 64;
    private static final int BITMAP = (ROWS + WaiterRows.LENGTH + 63) / 64 * 64;

    /** How old an answer of the kernel may be for somebody who signals: a signal to a dead one comes late to another. */
    private static final long PROBE_AGE_NANOS = 20_000_000;

    private final Participant participant;
    private final String label;
    private final String lockLabel;
    private final ProcessTable table;
    private final @Nullable Recorder recorder;
    private final Memory memory;
    private final int base;
    private final long self;
    private final long object; // what the event record calls it
    private final WaiterRows rows;
    private final AtomicInteger waits = new AtomicInteger(); // threads in await()

    /** By the supervisor: somebody died with a signal. */
    private volatile boolean signalOfTheDead;

    /** What the supervisor saw at this tick, and the first signalled row of this process at the one before. */
    private Look seen = new Look();

    private boolean idle; // the supervisor's alone, as what it saw
    private long firstBefore = Look.NONE;

    /** The lock, as who waited last had it. */
    private volatile @Nullable LockCore lastLock;

    ConditionCore(Participant participant, Block block) {
        super(participant.waiting(), block.memory(), block.offset() + BITMAP, block.id(), false);
        this.participant = participant;
        this.label = Deaths.label(block);
        this.lockLabel = lockLabel(block);
        this.table = participant.table();
        this.recorder = participant.recorderOrNull();
        this.memory = block.memory();
        this.base = block.offset();
        this.self = participant.self();
        this.object = block.gen();
        this.rows = new WaiterRows(participant, memory, base + ROWS);
    }

    static int length(Participant participant) {
        return BITMAP + bitmapLength(participant.table().slots());
    }

    static void fill(Block block, Block lock, LockCore core) {
        Memory memory = block.memory();
        memory.setLong(block.offset() + LOCK, lock.id());
        memory.setLong(block.offset() + LOCK_GENERATION, lock.gen());
        memory.setLong(block.offset() + LOCK_TYPE, lock.type());
        memory.setLong(block.offset() + TAKEOVERS, core.takeovers());
    }

    static boolean belongsTo(Block block, Block lock) {
        return block.memory().getLong(block.offset() + LOCK) == lock.id()
                && block.memory().getLong(block.offset() + LOCK_GENERATION) == lock.gen();
    }

    /** {@return what messages call the lock of a condition} */
    static String lockLabel(Block block) {
        long place = block.memory().getLong(block.offset() + LOCK);
        long generation = block.memory().getLong(block.offset() + LOCK_GENERATION);
        String type = ObjectType.of((int) block.memory().getLong(block.offset() + LOCK_TYPE))
                .label();
        return type + " " + (place >>> 32) + ":" + (int) place + ":" + generation;
    }

    /**
     * Waits.
     *
     * @return false if the time is over and it was not signalled
     */
    boolean await(LockCore lock, long deadline, boolean interruptible) throws InterruptedException {
        lock.requireHeld();
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        settle(lock);
        lastLock = lock;
        Wait wait = new Wait(lock, rows.claim(this));
        record(EventCode.WAIT_BEGIN, 0);
        int end = EventCode.WAIT_INTERRUPTED;
        waits.incrementAndGet();
        lock.pin();
        try {
            boolean signalled = wait.await(deadline, interruptible);
            end = signalled ? EventCode.WAIT_END : EventCode.WAIT_TIMED_OUT;
            return signalled;
        } finally {
            lock.unpin();
            waits.decrementAndGet();
            record(end, 0);
        }
    }

    /** Signals some waiters, those first that have waited longest. Returns how many there were. */
    int signal(LockCore lock, int count) {
        lock.requireHeld();
        settle(lock);
        int signalled = 0;
        while (signalled < count && signalNext(true)) {
            signalled++;
        }
        signalled(lock, signalled);
        return signalled;
    }

    /** Signals all waiters. Returns how many there were. */
    int signalAll(LockCore lock) {
        lock.requireHeld();
        settle(lock);
        int signalled = signalEverybody();
        signalled(lock, signalled);
        return signalled;
    }

    private void signalled(LockCore lock, int count) {
        if (count > 0) {
            lock.ringAtUnlock(this);
        }
        record(EventCode.SIGNALLED, count);
    }

    /** Signals the living waiter that has waited longest. Returns whether there was one. */
    private boolean signalNext(boolean probing) {
        while (true) {
            WaiterRow next = first(WaiterRow.WAITING);
            if (next == null) {
                return false;
            }
            if (probing ? table.isAlive(next.owner(), PROBE_AGE_NANOS) : table.isMember(next.owner())) {
                if (next.signal()) {
                    return true;
                }
            } else {
                next.drop();
            }
        }
    }

    private int signalEverybody() {
        int[] signalled = new int[1];
        rows.forEach((rowMemory, at, word) -> {
            if (WaiterRow.state(word) == WaiterRow.WAITING
                    && table.isMember(word)
                    && row(rowMemory, at, word).signal()) {
                signalled[0]++;
            }
        });
        return signalled[0];
    }

    /** {@return the row of some state that is first in the order, null if there is none} */
    private @Nullable WaiterRow first(int state) {
        First first = new First(state);
        rows.forEach(first);
        return first.row();
    }

    private WaiterRow row(Memory rowMemory, int at, long word) {
        return new WaiterRow(this, rowMemory, at, word & Owner.MASK);
    }

    /**
     * Does what dead ones have left undone; by the holder of the lock, whenever it comes to the condition. And lets it ring
     * when it gives the lock back, if somebody was signalled.
     */
    private void settle(LockCore lock) {
        long takeovers = lock.takeovers();
        if (memory.getLongVolatile(base + TAKEOVERS) != takeovers) {
            signalEverybody();
            FaultPoint.reached("condition.all-signalled");
            memory.setLongVolatile(base + TAKEOVERS, takeovers);
            FaultPoint.reached("condition.takeover-settled");
        }
        signalOfTheDead = false;
        List<WaiterRow> dead = new ArrayList<>(0);
        boolean[] anySignalled = new boolean[1];
        rows.forEach((rowMemory, at, word) -> {
            if (!table.isMember(word)) {
                dead.add(row(rowMemory, at, word));
            } else if (WaiterRow.state(word) == WaiterRow.SIGNALLED) {
                anySignalled[0] = true;
            }
        });
        for (WaiterRow row : dead) {
            // Not of one that was dropped on the way to the next living one.
            if (row.state() > WaiterRow.WAITING && signalNext(false)) {
                FaultPoint.reached("condition.passed-on");
                anySignalled[0] = true;
            }
            row.drop();
        }
        rows.shrink();
        if (anySignalled[0]) {
            lock.ringAtUnlock(this);
        }
    }

    /** By who is about to give the lock back. Returns who is to be rung then, null if nobody. */
    @Nullable
    WaiterRow chooseSignalled() {
        WaiterRow next = first(WaiterRow.SIGNALLED);
        return next != null && next.choose() ? next : null;
    }

    /** Rings a process. One that does not sleep for this condition will look at its rows before it does. */
    void ring(long owner) {
        if (sleepsIn(Owner.slot(owner))) {
            ringSlot(Owner.slot(owner));
        }
    }

    /** {@return how many threads wait that were not signalled yet} */
    int waiters() {
        int[] count = new int[1];
        rows.forEach((rowMemory, at, word) -> {
            if (WaiterRow.state(word) == WaiterRow.WAITING && table.isMember(word)) {
                count[0]++;
            }
        });
        return count[0];
    }

    /** {@return how many rows are somebody's, whatever their state} */
    int rowsInUse() {
        int[] count = new int[1];
        rows.forEach((rowMemory, at, word) -> count[0]++);
        return count[0];
    }

    @Override
    protected boolean ready() {
        return seen.first != Look.NONE || isAnyWorthWaking();
    }

    /** Who leaves has its signal in its row, or none. A ring that came when it was awake was for another thread here. */
    @Override
    protected void left(boolean done, boolean wasRung) {
        if (wasRung) {
            ringSlot(Owner.slot(self));
        }
    }

    @Override
    protected void ticked() {
        firstBefore = seen.first;
        idle = isIdle();
        seen = look();
        signalOfTheDead = seen.anyOfTheDead;
    }

    /**
     * Somebody here was signalled, and whoever should have chosen it is dead or stopped: so it is chosen here. One at a time,
     * and by its state: if all that were signalled were woken, a ring for one would wake another.
     */
    @Override
    protected boolean rechecked() {
        Look now = look();
        for (int row = 0; row < now.rungHere; row++) {
            ringSlot(Owner.slot(self)); // no-one wakes twice: who is rung already is not rung again
        }
        boolean waited = now.first != Look.NONE && now.first == seen.first;
        boolean lost = waited && idle && isIdle() && now.isLike(seen) && !now.isAnyoneOnTheWay();
        if (lost || (waited && now.first == firstBefore)) {
            WaiterRow next = now.firstRow();
            if (next != null && next.choose()) {
                next.ring();
            }
        }
        return lost;
    }

    private boolean isIdle() {
        LockCore lock = lastLock;
        return lock == null || !lock.isBusy();
    }

    private Look look() {
        Look look = new Look();
        rows.forEach(look);
        return look;
    }

    /** Somebody is about to ring, or has changed something since this tick: a recheck is early then, and not a rescue. */
    @Override
    protected boolean ringUnderWay() {
        Look now = look();
        return now.anyChosen || !now.isLike(seen);
    }

    private void record(int kind, long value) {
        Recorder on = recorder;
        if (on != null) {
            on.record(kind, object, value);
        }
    }

    /** Without the lock, so the number may be of a moment between. */
    String describe() {
        return describe(lockLabel);
    }

    /** The same by who knows the lock's name. */
    String describe(String lock) {
        return label + " of " + lock + ": " + waiters() + " threads wait that were not signalled"
                + Descriptions.waiting(participant, this);
    }

    @Override
    public boolean isInUse() {
        return waits.get() != 0 || isWaitedFor();
    }

    @Override
    public void detached() {
        rows.detach();
    }

    /** Looks for the row of some state that is first in the order. */
    private final class First implements WaiterRows.Visitor {
        private final int state;
        private @Nullable Memory memory;
        private int at;
        private long word;
        private long place = Long.MAX_VALUE;

        First(int state) {
            this.state = state;
        }

        @Override
        public void row(Memory rowMemory, int rowAt, long rowWord) {
            if (WaiterRow.state(rowWord) == state) {
                long rowPlace = WaiterRow.place(rowMemory, rowAt);
                if (rowPlace < place) {
                    place = rowPlace;
                    memory = rowMemory;
                    at = rowAt;
                    word = rowWord;
                }
            }
        }

        @Nullable
        WaiterRow row() {
            Memory found = memory;
            return found == null ? null : ConditionCore.this.row(found, at, word);
        }
    }

    /** The supervisor's look at all rows, without the lock. */
    private final class Look implements WaiterRows.Visitor {
        static final long NONE = Long.MAX_VALUE;

        private long first = NONE; // of this process's that were signalled and not chosen
        private @Nullable WaiterRow firstRow;
        private long signalled; // tells one set of signalled rows from another
        private boolean anyOfTheDead;
        private boolean anyChosen;
        private boolean anyRung;
        private int rungHere;

        @Override
        public void row(Memory rowMemory, int at, long word) {
            int state = WaiterRow.state(word);
            if (state == WaiterRow.WAITING) {
                return;
            }
            if (!table.isMember(word)) {
                anyOfTheDead = true;
                return;
            }
            long place = WaiterRow.place(rowMemory, at);
            signalled += place * 31 + state;
            boolean here = (word & Owner.MASK) == self;
            if (state == WaiterRow.CHOSEN) {
                anyChosen = true;
            } else if (state == WaiterRow.RUNG) {
                anyRung = true;
                rungHere += here ? 1 : 0;
            } else if (here && place < first) {
                first = place;
                firstRow = ConditionCore.this.row(rowMemory, at, word);
            }
        }

        boolean isLike(Look other) {
            return signalled == other.signalled;
        }

        boolean isAnyoneOnTheWay() {
            return anyChosen || anyRung;
        }

        @Nullable
        WaiterRow firstRow() {
            return firstRow;
        }
    }

    /** One thread's wait, from its row to its row's end. */
    private final class Wait implements Attempt, BooleanSupplier {
        private final LockCore lock;
        private final WaiterRow row;
        private boolean left;

        Wait(LockCore lock, WaiterRow row) {
            this.lock = lock;
            this.row = row;
        }

        boolean await(long deadline, boolean interruptible) throws InterruptedException {
            int held = lock.releaseAll();
            InterruptedException interrupt = null;
            try {
                sleep(held, deadline, interruptible);
            } catch (InterruptedException e) {
                interrupt = e;
            } finally {
                end(held, interrupt != null);
            }
            if (interrupt != null) {
                if (left) {
                    throw interrupt;
                }
                Thread.currentThread().interrupt(); // it was signalled first, and must not lose that
            }
            return !left;
        }

        /** Sleeps until it was signalled or the time is over. */
        private void sleep(int held, long deadline, boolean interruptible) throws InterruptedException {
            while (ConditionCore.this.await(this, deadline, interruptible, this) && row.state() == WaiterRow.WAITING) {
                // Not signalled, but something is to be done for the dead, which takes the lock.
                lock.restore(held);
                settle(lock);
                if (row.state() != WaiterRow.WAITING) {
                    return;
                }
                lock.releaseAll();
            }
        }

        /** Whatever happened: not waiting any more, and holding the lock. */
        private void end(int held, boolean interrupted) {
            left = row.leave();
            boolean restored = false;
            try {
                if (!lock.robust().isHeldByCurrentThread()) {
                    lock.restore(held);
                }
                restored = true;
            } finally {
                if (lock.robust().isHeldByCurrentThread()) {
                    if (!left) {
                        row.free();
                    }
                    settle(lock);
                }
                if (!restored && interrupted) {
                    Thread.currentThread().interrupt(); // what is thrown instead does not tell of it
                }
            }
        }

        @Override
        public boolean tryOnce(long waitedNanos) {
            // The lock's word is left alone by who looks often: its owner needs it.
            return row.state() != WaiterRow.WAITING || (waitedNanos >= PATIENCE_NANOS && isForTheDead());
        }

        private boolean isForTheDead() {
            return signalOfTheDead
                    || lock.takeovers() != memory.getLongVolatile(base + TAKEOVERS)
                    || lock.isLeftByTheDead();
        }

        @Override
        public boolean getAsBoolean() {
            int state = row.state();
            return state == WaiterRow.CHOSEN || state == WaiterRow.RUNG || isForTheDead();
        }
    }
}
