package dev.procession.internal.waiting;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/* Overview

A sleeper: own bit into the object's bitmap -> announce() (a flag in the object's word, if it has one) -> try again ->
sleep. A waker: change the word -> flag or bitmap set? -> ring. One of the two sees the other: both sides write and then
read, with volatile operations.

A ring may go to a process whose thread has just left without taking anything, by a timeout or an interrupt. So who
leaves takes its bit back first and then looks whether the object is ready: if the waker chose this process, its change
came before its choice, so it is seen here, and the ring is passed on. */

/**
 * Where threads of this process wait for one object of shared memory: the bitmap of waiting processes there, the queue
 * of sleeping threads here.
 */
public abstract class WaitPoint {
    /** A thread that waited this long, or that sleeps, counts as passed over. */
    public static final long PATIENCE_NANOS = 1_000_000;

    private final Waiting waiting;
    private final Memory memory;
    private final int bitmap;
    private final int words;
    private final long id;
    private final boolean wakesAll;
    private final ReentrantLock guard = new ReentrantLock();
    private final ArrayDeque<Waiter> sleepers = new ArrayDeque<>();
    private volatile int sleeping;
    private final AtomicInteger waiters = new AtomicInteger(); // that sleep or look by themselves
    private int lastRung;
    private boolean wasUnderWay; // the supervisor's alone

    /**
     * A place to wait.
     *
     * @param waiting this participant's waiting
     * @param memory where the bitmap lies
     * @param bitmap its offset: one bit per slot, see {@link #bitmapLength}
     * @param id what rings call the object
     * @param wakesAll whether a ring is for every sleeper rather than for one
     */
    protected WaitPoint(Waiting waiting, Memory memory, int bitmap, long id, boolean wakesAll) {
        this.waiting = waiting;
        this.memory = memory;
        this.bitmap = bitmap;
        this.words = waiting.table().slots() / Long.SIZE;
        this.id = id;
        this.wakesAll = wakesAll;
        // Nobody of this process sleeps here yet: the bit is that of a dead process that had this slot before, and
        // rings that others send to it would be lost.
        clearBit(Owner.slot(waiting.self()));
    }

    /** {@return the bytes of a bitmap of slots} */
    public static int bitmapLength(int slots) {
        return slots / Byte.SIZE;
    }

    /** {@return what rings call the object} */
    public final long id() {
        return id;
    }

    /**
     * Whether a thread that waits should try: what it waits for is there, or was held by a dead process. Reads shared
     * words only; any thread may ask.
     */
    protected abstract boolean ready();

    /**
     * Says in the object's word that somebody sleeps, where the fast path looks for it.
     *
     * @param wasRung whether this thread was woken by a ring
     */
    protected void announce(boolean wasRung) {}

    /**
     * A thread was rung, tried, and got nothing: takes back, in the object's word, that a ring is under way.
     *
     * @return false if the object is there again, so that the thread should rather try once more
     */
    protected boolean missed() {
        return true;
    }

    /** Takes back, in the object's word, that a ring is under way: its receiver leaves, or did not come for long. */
    protected void abandoned() {}

    /** Rings whoever can use what a leaving thread was rung for, or found, and did not take. */
    protected void passOn() {
        ringOne();
    }

    /** Called once before a thread goes to sleep: for diagnostics. */
    protected void sleeps() {}

    /** Called when a thread that slept leaves. */
    protected void awakes() {}

    /** Called by the supervisor at each tick while a thread sleeps here, before it asks whether the object is ready. */
    protected void ticked() {}

    /**
     * A thread has left, and its process is no longer marked as waiting if it was the last. If a ring was meant for it that
     * it does not need, here is the place to give it to somebody else.
     *
     * @param done whether it has what it waited for
     * @param wasRung whether it was rung after it had last begun to try
     */
    protected void left(boolean done, boolean wasRung) {
        if (!done && !wakesAll && (wasRung || ready())) {
            passOn();
        }
    }

    /**
     * Waits.
     *
     * @param attempt what ends the wait
     * @param deadline when to give up
     * @param interruptible whether an interrupt ends the wait; else it is kept for later
     * @param worth asked before this very thread is woken, by any thread; null for always
     * @return whether the attempt succeeded before the deadline
     */
    public final boolean await(Attempt attempt, long deadline, boolean interruptible, @Nullable BooleanSupplier worth)
            throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        long start = System.nanoTime();
        if (attempt.tryOnce(0)) {
            return true;
        }
        if (deadline != Deadline.NEVER && deadline - start <= 0) {
            return false;
        }
        waiters.incrementAndGet();
        waiting.begins();
        try {
            // Where others sleep already, a newcomer's spinning would only take their turn and the processor.
            return (sleeping == 0 && lookAround(attempt, start, deadline, interruptible))
                    || sleep(attempt, start, deadline, interruptible, worth);
        } finally {
            waiting.ends();
            waiters.decrementAndGet();
        }
    }

    /** {@return whether a thread of this process waits here, asleep or not} */
    public final boolean isWaitedFor() {
        return waiters.get() != 0;
    }

    /**
     * Calls back instead of letting a thread wait; for objects whose rings are for every sleeper.
     *
     * @param worth whether there is something to be called for; asked by any thread
     * @param signal is called at most once, by a thread that must not wait, with locks of this object held: it notes, or wakes
     *     a thread, and does nothing else
     * @return ends it
     */
    public final Watch watch(BooleanSupplier worth, Runnable signal) {
        waiting.doorbell().open();
        Waiter me = new Waiter(worth, signal);
        waiters.incrementAndGet();
        enter(me);
        announce(false);
        waiting.doorbell().attend(me);
        return () -> {
            waiting.doorbell().unattend(me);
            if (leave(me, true)) {
                waiters.decrementAndGet();
            }
        };
    }

    /** Ends a {@link #watch}. Idempotent. */
    @FunctionalInterface
    public interface Watch {
        /** The signal is not called any more, but for a call that is under way. */
        void end();
    }

    private boolean lookAround(Attempt attempt, long start, long deadline, boolean interruptible)
            throws InterruptedException {
        WaitPolicy policy = waiting.policy();
        long waited = 0;
        // A long index, so that the loop keeps a safepoint poll; the clock only now and then, since it costs a lock.
        for (long turn = 1; waited < policy.spinNanos(); turn++) {
            Thread.onSpinWait();
            if ((turn & 7) == 0) {
                waited = System.nanoTime() - start;
            }
            if (attempt.tryOnce(waited)) {
                return true;
            }
        }
        for (long park = WaitPolicy.FIRST_PARK; waited < policy.pollNanos(); park = Math.min(park * 2, LONGEST)) {
            long left = Deadline.remaining(deadline);
            if (left <= 0 || Thread.currentThread().isInterrupted() || waiting.isClosed()) {
                break;
            }
            LockSupport.parkNanos(this, Math.min(park, left));
            waited = System.nanoTime() - start;
            if (attempt.tryOnce(waited)) {
                return true;
            }
        }
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return false;
    }

    private static final long LONGEST = WaitPolicy.LONGEST_PARK;

    private boolean sleep(
            Attempt attempt, long start, long deadline, boolean interruptible, @Nullable BooleanSupplier worth)
            throws InterruptedException {
        waiting.doorbell().open();
        Waiter me = new Waiter(worth);
        boolean done = false;
        boolean interrupted = false;
        enter(me);
        try {
            sleeps();
            while (true) {
                boolean wasRung = me.takeRing();
                announce(wasRung);
                FaultPoint.reached("wait.announced");
                // Whoever sleeps is patient, however short its sleep was: a free object that only the patient may take
                // must not be left by one that was rung for it.
                if (attempt.tryOnce(Math.max(System.nanoTime() - start, PATIENCE_NANOS))) {
                    done = true;
                    return true;
                }
                if (waiting.isClosed()) {
                    throw new IllegalStateException("the session was closed while this thread waited in it");
                }
                if (wasRung && !missed()) {
                    me.ring();
                    continue;
                }
                if (Thread.interrupted()) {
                    if (interruptible) {
                        throw new InterruptedException();
                    }
                    interrupted = true;
                }
                if (Deadline.remaining(deadline) <= 0) {
                    return false;
                }
                me.asleep = true;
                waiting.doorbell().await(me, deadline);
                me.asleep = false;
            }
        } finally {
            awakes();
            leave(me, done);
            if (interrupted) {
                me.thread.interrupt();
            }
        }
    }

    private void enter(Waiter waiter) {
        guard.lock();
        try {
            sleepers.add(waiter);
            sleeping = sleepers.size();
            if (sleepers.size() == 1) {
                waiting.activate(this);
            }
            setBit(Owner.slot(waiting.self()));
        } finally {
            guard.unlock();
        }
        FaultPoint.reached("wait.bit");
    }

    private boolean leave(Waiter waiter, boolean done) {
        guard.lock();
        try {
            if (!sleepers.remove(waiter)) {
                return false;
            }
            sleeping = sleepers.size();
            if (sleepers.isEmpty()) {
                waiting.deactivate(this);
                clearBit(Owner.slot(waiting.self()));
            }
        } finally {
            guard.unlock();
        }
        if (!done) {
            abandoned();
        }
        left(done, waiter.isRung());
        return true;
    }

    /** {@return whether some process sleeps for this object, as far as is known} */
    public final boolean hasSleepers() {
        for (int word = 0; word < words; word++) {
            if (memory.getLongVolatile(bitmap + word * Long.BYTES) != 0) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a process sleeps for this object, as far as is known; one that does not will look once more} */
    public final boolean sleepsIn(int slot) {
        return (memory.getLongVolatile(wordOf(slot)) & bitOf(slot)) != 0;
    }

    /** {@return the slots of the processes that sleep for this object: a copy of the bitmap} */
    public final long[] sleepingSlots() {
        long[] copy = new long[words];
        for (int word = 0; word < words; word++) {
            copy[word] = memory.getLongVolatile(bitmap + word * Long.BYTES);
        }
        return copy;
    }

    /** {@return whether a thread of this process sleeps that should be woken} */
    protected final boolean isAnyWorthWaking() {
        guard.lock();
        try {
            for (Waiter sleeper : sleepers) {
                if (!sleeper.isRung() && sleeper.worthWaking()) {
                    return true;
                }
            }
            return false;
        } finally {
            guard.unlock();
        }
    }

    /** {@return how many threads of this process sleep for this object} */
    public final int localSleepers() {
        return sleeping;
    }

    /**
     * Wakes one sleeping thread, here or in another process.
     *
     * @return whether one was found
     */
    public final boolean ringOne() {
        int slots = words * Long.SIZE;
        int from = lastRung; // racy on purpose: it only spreads the rings
        for (int scanned = 0; scanned < slots; ) {
            int at = (from + scanned) % slots;
            long rest = memory.getLongVolatile(bitmap + at / Long.SIZE * Long.BYTES) >>> (at % Long.SIZE);
            if (rest == 0) {
                scanned += Long.SIZE - at % Long.SIZE;
                continue;
            }
            int skip = Long.numberOfTrailingZeros(rest);
            scanned += skip + 1;
            int slot = at + skip + 1;
            if (ringSlot(slot)) {
                lastRung = slot; // the next scan begins behind it
                return true;
            }
        }
        return false;
    }

    /** Wakes every sleeping thread, here and in the other processes. Takes a time that grows with their number alone. */
    public final void ringAll() {
        for (int word = 0; word < words; word++) {
            long bits = memory.getLongVolatile(bitmap + word * Long.BYTES);
            while (bits != 0) {
                ringSlot(word * Long.SIZE + Long.numberOfTrailingZeros(bits) + 1);
                bits &= bits - 1;
            }
        }
    }

    /**
     * Wakes a sleeping thread of one process, or all of them if that is what a ring means here.
     *
     * @param slot the process's
     * @return whether a living process has that slot, as far as is known
     */
    public final boolean ringSlot(int slot) {
        ProcessTable table = waiting.table();
        if (slot == Owner.slot(waiting.self())) {
            return wakesAll ? wakeAllHere() : wakeOneHere();
        }
        long owner = table.occupant(slot);
        if (owner == 0) {
            clearBit(slot); // its process is gone
            if (table.occupant(slot) != 0) {
                setBit(slot); // a successor came between: that may have been its bit, and a stale one is harmless
            }
            return false;
        }
        return waiting.doorbell().ring(owner, id);
    }

    /** A ring came from another process. */
    final void ringArrived() {
        if (wakesAll) {
            wakeAllHere();
        } else {
            wakeOneHere();
        }
    }

    final void ringArrivedForAll() {
        guard.lock();
        try {
            sleepers.forEach(waiting.doorbell()::wake);
        } finally {
            guard.unlock();
        }
    }

    private boolean wakeOneHere() {
        guard.lock();
        try {
            for (Waiter sleeper : sleepers) {
                if (!sleeper.isRung() && sleeper.worthWaking()) {
                    waiting.doorbell().wake(sleeper);
                    return true;
                }
            }
            return !sleepers.isEmpty(); // all of them are on their way already
        } finally {
            guard.unlock();
        }
    }

    private boolean wakeAllHere() {
        guard.lock();
        try {
            for (Waiter sleeper : sleepers) {
                if (!sleeper.isRung() && sleeper.worthWaking()) {
                    waiting.doorbell().wake(sleeper);
                }
            }
            return !sleepers.isEmpty();
        } finally {
            guard.unlock();
        }
    }

    /**
     * The recheck found this object ready twice.
     *
     * @param pending whether rings are on their way to this process, so that nothing may have been lost
     */
    final void rescue(boolean pending) {
        if (!ready()) {
            return;
        }
        boolean rescued = false;
        boolean onTheWay = false;
        guard.lock();
        try {
            for (Waiter sleeper : sleepers) {
                // One that was rung, or looks by itself, and only has no processor yet.
                onTheWay |= sleeper.isRung() || !sleeper.asleep;
            }
            for (Waiter sleeper : sleepers) {
                if (!sleeper.isRung() && sleeper.worthWaking()) {
                    rescued = true;
                    waiting.doorbell().wake(sleeper);
                    if (!wakesAll) {
                        break;
                    }
                }
            }
        } finally {
            guard.unlock();
        }
        boolean needed = rescued && !onTheWay && !pending && !ringUnderWay();
        if (rechecked() || needed) {
            waiting.table().addRescue(waiting.self());
        }
    }

    /**
     * The last part of a recheck, some time after {@link #ticked}: here an object may wake whom no ring would reach any more.
     *
     * @return whether it did, and nobody was on the way who would have done it
     */
    protected boolean rechecked() {
        return false;
    }

    /** A ring that was under way a tick ago and still is has found nobody: its receiver is dead or stopped. */
    final void forgetOldRing() {
        boolean underWay = ringUnderWay();
        if (underWay && wasUnderWay) {
            abandoned();
        }
        wasUnderWay = underWay;
    }

    /** Whether the object itself knows that somebody was rung: the recheck is then early and not a rescue. */
    protected boolean ringUnderWay() {
        return false;
    }

    private void setBit(int slot) {
        memory.getAndOrLong(wordOf(slot), bitOf(slot));
    }

    private void clearBit(int slot) {
        memory.getAndAndLong(wordOf(slot), ~bitOf(slot));
    }

    private int wordOf(int slot) {
        return bitmap + (slot - 1) / Long.SIZE * Long.BYTES;
    }

    private static long bitOf(int slot) {
        return 1L << ((slot - 1) % Long.SIZE);
    }
}
