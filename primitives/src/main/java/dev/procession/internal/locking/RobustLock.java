package dev.procession.internal.locking;

import static dev.procession.internal.locking.LockLayout.BITMAP;
import static dev.procession.internal.locking.LockLayout.DEAD_NAME;
import static dev.procession.internal.locking.LockLayout.DEAD_NAME_MAX;
import static dev.procession.internal.locking.LockLayout.DEAD_SEEN;
import static dev.procession.internal.locking.LockLayout.DEAD_THREAD;
import static dev.procession.internal.locking.LockLayout.HANDOFF;
import static dev.procession.internal.locking.LockLayout.HOLDER_SEEN;
import static dev.procession.internal.locking.LockLayout.HOLDER_SINCE;
import static dev.procession.internal.locking.LockLayout.INCONSISTENT;
import static dev.procession.internal.locking.LockLayout.LAST_DEAD;
import static dev.procession.internal.locking.LockLayout.OWNER_THREAD;
import static dev.procession.internal.locking.LockLayout.PUBLISHED;
import static dev.procession.internal.locking.LockLayout.RUNG;
import static dev.procession.internal.locking.LockLayout.WAITERS;
import static dev.procession.internal.locking.LockLayout.WORD;

import dev.procession.internal.liveness.Names;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.waiting.Attempt;
import dev.procession.internal.waiting.Deadline;
import dev.procession.internal.waiting.WaitPoint;
import dev.procession.internal.waiting.Waiting;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/* Overview

lock:    CAS free -> me. That is the commit; nothing before it needs repair, everything after it is the owner's.
unlock:  CAS me -> free; with WAITERS the flags stay in the free word, and one sleeper is rung.
death:   any waiter that finds the owner dead replaces exactly that word by itself | INCONSISTENT: one of them wins, and it
         repairs before anything else. If it dies too, the next one does the same.
threads: the word names the process; which of its threads holds the lock is a field here. When that thread has ended, the
         supervisor of its own process gives the lock back as inconsistent.
barging: whoever comes may take a free word, because strict turns between two JVMs are a hundred times slower. A waiter that
         was passed over for a millisecond sets HANDOFF, and then only such waiters may take it. The flag names nobody, so
         one that dies delays the others by a millisecond and no more.

After an idea of POSIX robust mutexes (pthread_mutexattr_setrobust) and of the adaptive hand-off of Go's sync.Mutex. */

/**
 * A lock of threads and processes that is never lost with its owner. Not reentrant by itself. Takes no part in naming,
 * reporting or policies: those are its users'.
 */
public final class RobustLock extends WaitPoint {
    /** How old an answer of the kernel may be for a thread that is about to wait. */
    private static final long PROBE_AGE_NANOS = 20_000_000;

    private final Waiting waiting;
    private final Memory memory;
    private final ByteBuffer bytes; // the memory's: a load less before each compare-and-set of the fast path
    private final int word;
    private final int ownerThread;
    private final long me;
    private final @Nullable Runnable repair;
    private final LockWatcher watcher;
    private final Attempt attempt = this::tryOnce;

    /**
     * The thread of this process that held the lock last, and whether it holds it still. Two fields, since a reference costs
     * a garbage collector's barriers at each store and the same thread mostly comes again: then only the flag is stored.
     * Written between the owner's two compare-and-sets: the thread before the flag is set, the flag cleared before the lock
     * is free; so whoever sees the flag set, and then the thread, sees a thread that held the lock while it was looking.
     * Nothing stronger than release and acquire, since a volatile store would cost as much as a compare-and-set.
     */
    @SuppressWarnings("UnusedVariable") // by their VarHandles
    private @Nullable Thread lastOwner;

    @SuppressWarnings("UnusedVariable")
    private boolean held;

    private boolean care; // the owner's alone, but for its first value
    private volatile @Nullable Runnable ownerEnded;

    private static final VarHandle LAST_OWNER = field("lastOwner", Thread.class);
    private static final VarHandle HELD = field("held", boolean.class);

    /**
     * A lock at a place in shared memory that was zeros when it was free for the first time.
     *
     * @param waiting this participant's waiting
     * @param memory where it lies
     * @param offset its first byte
     * @param id what rings call it
     * @param repair makes the guarded state whole after a death, by the thread that took the lock over, before it has it;
     *     null if a death is left to be seen by the next owners
     * @param watcher is told of what happens to the lock
     */
    public RobustLock(
            Waiting waiting, Memory memory, int offset, long id, @Nullable Runnable repair, LockWatcher watcher) {
        super(waiting, memory, offset + BITMAP, id, false);
        this.waiting = waiting;
        this.memory = memory;
        this.bytes = memory.bytes();
        this.word = offset + WORD;
        this.ownerThread = offset + OWNER_THREAD;
        this.me = waiting.self();
        this.repair = repair;
        this.watcher = watcher;
    }

    /** Takes the lock, however long it takes. */
    public void lock() {
        if (!fast()) {
            try {
                await(attempt, Deadline.NEVER, false, null);
            } catch (InterruptedException e) {
                throw new AssertionError(e); // it was asked not to
            }
        }
    }

    /** Takes the lock unless the deadline passes or, if wanted, the thread is interrupted. */
    public boolean lock(long deadline, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return fast() || await(attempt, deadline, interruptible, null);
    }

    /** The same, with something that is asked at every try: it may throw, and the lock is not held then. */
    public boolean lock(long deadline, boolean interruptible, Runnable check) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return fast()
                || await(
                        waited -> {
                            check.run();
                            return tryOnce(waited);
                        },
                        deadline,
                        interruptible,
                        null);
    }

    /** Takes the lock if it is free or its owner is dead; never waits, and may overtake those who do. */
    public boolean tryLock() {
        return fast() || take(Long.MAX_VALUE);
    }

    /** {@return whether the lock was free, with nobody waiting, and is held now} */
    public boolean tryFast() {
        return fast();
    }

    private boolean fast() {
        return tryFast(bytes, word, me);
    }

    /**
     * The same for a caller that keeps the lock's {@link #bytes}, {@link #word} and {@link #me} itself. A processor begins
     * no load before a compare-and-set in front of it has ended, and then each load that needs another one's result adds
     * its time to the next compare-and-set: so a level less of fields is a nanosecond less of a lock.
     */
    public boolean tryFast(ByteBuffer itsBytes, int itsWord, long itsMe) {
        if (!Memory.compareAndSetLong(itsBytes, itsWord, 0, itsMe)) {
            return false;
        }
        FaultPoint.reached("lock.taken");
        owned();
        return true;
    }

    /** {@return the memory of the lock's word} */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** {@return where the lock's word lies in {@link #bytes}} */
    public int word() {
        return word;
    }

    /** {@return what the word is while this process has the lock} */
    public long me() {
        return me;
    }

    private void owned() {
        Thread thread = Thread.currentThread();
        if (LAST_OWNER.getOpaque(this) != thread) {
            LAST_OWNER.setOpaque(this, thread);
        }
        // release: whoever sees the flag sees the thread, too. Else it could take the owner before for this one.
        HELD.setRelease(this, true);
    }

    private @Nullable Thread owner() {
        // acquire: the flag before the thread, see owned().
        return (boolean) HELD.getAcquire(this) ? (Thread) LAST_OWNER.getOpaque(this) : null;
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(RobustLock.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private boolean tryOnce(long waitedNanos) {
        return fast() || take(waitedNanos);
    }

    private boolean take(long waitedNanos) {
        while (true) {
            long seen = memory.getLongVolatile(word);
            if ((seen & Owner.MASK) == 0) {
                if ((seen & HANDOFF) != 0 && waitedNanos < PATIENCE_NANOS) {
                    return false;
                }
                if (memory.compareAndSetLong(word, seen, me | (seen & kept(waitedNanos)))) {
                    FaultPoint.reached("lock.taken-slow");
                    return afterTaking(seen);
                }
            } else if ((seen & Owner.MASK) == me) {
                if (waitedNanos >= PATIENCE_NANOS && waitedNanos != Long.MAX_VALUE && (seen & HANDOFF) == 0) {
                    memory.compareAndSetLong(word, seen, seen | HANDOFF);
                }
                return false;
            } else if (waiting.table().isAlive(seen, PROBE_AGE_NANOS)) {
                if (waitedNanos >= PATIENCE_NANOS
                        && waitedNanos != Long.MAX_VALUE
                        && (seen & HANDOFF) == 0
                        && memory.compareAndSetLong(word, seen, seen | HANDOFF)) {
                    FaultPoint.reached("lock.handoff");
                }
                return false;
            } else if (memory.compareAndSetLong(word, seen, me | INCONSISTENT | WAITERS)) {
                // WAITERS whatever the word said: the dead owner may have taken it away and not put it back.
                FaultPoint.reached("lock.taken-over");
                noteDeath(seen & Owner.MASK, 0, "");
                return afterTaking(seen | INCONSISTENT);
            }
        }
    }

    /**
     * The flags that outlast a taking. A newcomer leaves RUNG, since the rung one is still on its way and need not be rung
     * at every unlock until it is here; a patient taker may be the rung one.
     */
    private static long kept(long waitedNanos) {
        return waitedNanos < PATIENCE_NANOS ? WAITERS | INCONSISTENT | RUNG : WAITERS | INCONSISTENT;
    }

    /** The word is this process's now. */
    private boolean afterTaking(long seen) {
        owned();
        if ((seen & INCONSISTENT) != 0 && repair != null) {
            boolean repaired = false;
            try {
                repair.run();
                FaultPoint.reached("lock.repaired");
                markConsistent();
                repaired = true;
            } finally {
                if (!repaired) {
                    unlock(); // still inconsistent: the next one tries
                }
            }
        }
        return true;
    }

    /**
     * Gives the lock back.
     *
     * @throws IllegalMonitorStateException if this thread does not hold it
     */
    public void unlock() {
        if (!tryUnlock()) {
            throw new IllegalMonitorStateException(
                    "not held by thread " + Thread.currentThread().getName());
        }
    }

    /** Says whether the lock's user has something to do at unlock; by the owner, or before anybody has the lock. */
    public void needsCare(boolean needed) {
        care = needed;
    }

    /** {@return whether the lock's user has something to do at unlock; right for the owner alone} */
    public boolean needsCare() {
        return care;
    }

    /** {@return whether this thread held the lock, which is given back then} */
    public boolean tryUnlock() {
        return tryUnlock(bytes, word, me);
    }

    /** The same, see {@link #tryFast(ByteBuffer, int, long)}. */
    public boolean tryUnlock(ByteBuffer itsBytes, int itsWord, long itsMe) {
        if (owner() != Thread.currentThread()) {
            return false;
        }
        HELD.setOpaque(this, false);
        if (!Memory.compareAndSetLong(itsBytes, itsWord, itsMe, 0)) {
            release(0);
        }
        FaultPoint.reached("lock.freed");
        return true;
    }

    private void release(long extraFlags) {
        while (true) {
            long seen = memory.getLongVolatile(word);
            if ((seen & Owner.MASK) != me) {
                return; // this process has left the session, so somebody took the lock over, as a dead owner's
            }
            long flags = (seen & ~Owner.MASK) | extraFlags;
            boolean ring = (flags & WAITERS) != 0 && (flags & RUNG) == 0;
            if (ring && !hasSleepers()) {
                // Cleared while the lock is held, then looked at again: a sleeper sets its bit first and the flag
                // after.
                if (!memory.compareAndSetLong(word, seen, seen & ~WAITERS)) {
                    continue;
                }
                FaultPoint.reached("lock.waiters-cleared");
                if (hasSleepers()) {
                    memory.getAndOrLong(word, WAITERS);
                }
                continue;
            }
            if (memory.compareAndSetLong(word, seen, flags | (ring ? RUNG : 0))) {
                FaultPoint.reached("lock.freed-slow");
                if (ring && !ringOne()) {
                    // The sleeper has left. Whoever came meanwhile may have seen the flag, and may not have been rung.
                    memory.getAndAndLong(word, ~RUNG);
                    if (hasSleepers() && ready()) {
                        ringOne();
                    }
                }
                return;
            }
        }
    }

    @Override
    protected boolean ready() {
        long seen = memory.getLongVolatile(word);
        return (seen & Owner.MASK) == 0
                || ((seen & Owner.MASK) != me && !waiting.table().isMember(seen));
    }

    @Override
    protected boolean ringUnderWay() {
        return (memory.getLongVolatile(word) & RUNG) != 0;
    }

    @Override
    protected boolean missed() {
        // While the lock is held: its owner then rings at unlock. In a free word RUNG stays until the rung one has
        // tried, so that a recheck sees that somebody is on the way.
        while (true) {
            long seen = memory.getLongVolatile(word);
            if ((seen & RUNG) == 0) {
                return true;
            }
            if ((seen & Owner.MASK) == 0) {
                return false;
            }
            if (memory.compareAndSetLong(word, seen, seen & ~RUNG)) {
                FaultPoint.reached("lock.missed");
                return true;
            }
        }
    }

    @Override
    protected void announce(boolean wasRung) {
        memory.getAndOrLong(word, WAITERS);
        FaultPoint.reached("lock.announced");
        long holder = memory.getLongVolatile(word) & Owner.MASK;
        int base = word - WORD;
        if (holder != 0 && memory.getLongOpaque(base + HOLDER_SEEN) != holder) {
            memory.setLongOpaque(base + HOLDER_SEEN, holder);
            memory.setLongOpaque(base + HOLDER_SINCE, System.currentTimeMillis());
        }
    }

    @Override
    protected void abandoned() {
        memory.getAndAndLong(word, ~RUNG);
    }

    @Override
    protected void sleeps() {
        watcher.sleeps(this);
    }

    @Override
    protected void awakes() {
        watcher.awakes(this);
    }

    /** {@return whether the calling thread holds the lock} */
    public boolean isHeldByCurrentThread() {
        return owner() == Thread.currentThread();
    }

    /** {@return the thread of this process that holds the lock, if it is one of this process} */
    public @Nullable Thread localOwner() {
        return owner();
    }

    /** {@return whether a thread of this process holds the lock or waits for it} */
    public boolean isInUse() {
        return owner() != null || isWaitedFor();
    }

    /** {@return the word of the participant that holds the lock, 0 if it is free} */
    public long holder() {
        return memory.getLongVolatile(word) & Owner.MASK;
    }

    /**
     * For the supervisor: writes down which thread holds the lock, if it is one of this process and others sleep for it.
     * Not done by that thread itself, since a store to shared memory would be a third of what the lock costs.
     */
    public void publishOwner() {
        long before = System.nanoTime();
        Thread thread = owner();
        if (thread == null || (memory.getLongVolatile(word) & (Owner.MASK | WAITERS)) != (me | WAITERS)) {
            return;
        }
        memory.setLongVolatile(word - WORD + PUBLISHED, 0);
        memory.setLongRelease(ownerThread, thread.getId());
        memory.setLongRelease(word - WORD + PUBLISHED, before);
    }

    /** {@return since when a waiter has seen this holder, in milliseconds since 1970; 0 if nobody waited} */
    public long holderSince() {
        int base = word - WORD;
        return memory.getLongOpaque(base + HOLDER_SEEN) == holder() ? memory.getLongOpaque(base + HOLDER_SINCE) : 0;
    }

    /** {@return whether an owner died and nobody has said yet that the data are consistent} */
    public boolean isInconsistent() {
        return (memory.getLongVolatile(word) & INCONSISTENT) != 0;
    }

    /** Says that the guarded data are consistent; by the owner. */
    public void markConsistent() {
        memory.getAndAndLong(word, ~INCONSISTENT);
    }

    /** {@return the last owner that died holding the lock; 0 if none did} */
    public long lastDead() {
        return memory.getLongVolatile(word - WORD + LAST_DEAD);
    }

    /** {@return when that was seen, in milliseconds since 1970} */
    public long lastDeathSeen() {
        return memory.getLongOpaque(word - WORD + DEAD_SEEN);
    }

    /** {@return the name of the thread that ended holding the lock in a process that lives; empty if its process died} */
    public String lastDeadThread() {
        int base = word - WORD;
        return memory.getLongOpaque(base + DEAD_THREAD) == 0 ? "" : Names.read(memory, base + DEAD_NAME, DEAD_NAME_MAX);
    }

    private void noteDeath(long dead, long thread, String threadName) {
        int base = word - WORD;
        memory.setLongOpaque(base + DEAD_THREAD, thread);
        Names.write(memory, base + DEAD_NAME, DEAD_NAME_MAX, threadName);
        memory.setLongOpaque(base + DEAD_SEEN, System.currentTimeMillis());
        memory.setLongVolatile(base + LAST_DEAD, dead);
    }

    /**
     * Sets what is called when the thread that holds the lock has ended, before anybody else can have the lock: whoever
     * keeps something for the owner forgets it then.
     */
    public void whenOwnerEnds(Runnable forget) {
        ownerEnded = forget;
    }

    /**
     * For the supervisor: if the thread that holds the lock has ended, gives the lock back as inconsistent.
     *
     * @return whether it did
     */
    public boolean releaseIfOwnerThreadEnded() {
        Thread thread = owner();
        // Looked at again when it has surely ended: else it may have given the lock back before, to a living thread.
        if (thread == null
                || thread.isAlive()
                || owner() != thread
                || (memory.getLongVolatile(word) & Owner.MASK) != me) {
            return false;
        }
        // The thread has ended, so nobody but the one supervisor can write these fields now.
        noteDeath(me, thread.getId(), thread.getName());
        Runnable forget = ownerEnded;
        if (forget != null) {
            forget.run();
        }
        HELD.setOpaque(this, false);
        release(INCONSISTENT);
        return true;
    }
}
