package dev.procession.sync;

import dev.procession.OwnerDeath;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Descriptions;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SharedCore;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.waiting.Attempt;
import dev.procession.internal.waiting.Deadline;
import dev.procession.internal.waiting.WaitPoint;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/* Overview

A sleeper sets its process's bit and tries again; who adds permits changes the word and then reads the bits. One of the
two sees the other, so the word needs no flag that says that somebody sleeps.

One release rings as many processes as it adds permits, and whoever slept and got some rings on if any are left. That
look comes after it took back its own bit, since a ring may have been meant for it that it did not need any more.

A sleeper for several permits spoils this: it may be the one that is rung, and find too few, while another sleeps beside
a permit that would do for it. Were it to ring on then, two such sleepers could ring each other for ever. So it sets MANY
before its bit; who rings reads the bits, then MANY, and if it is there rings all. From then on whoever leaves permits
behind rings too, whether it slept or not. */

/** What the handles of one semaphore share in this JVM. */
abstract class SemaphoreCore extends WaitPoint implements SharedCore {
    /** A release of more rings no more: those who were rung ring on. */
    private static final int MOST_RINGS = 16;

    final Participant participant;
    final Memory memory;
    final int base;
    final SemaphoreLayout layout;
    final PermitWord permits;
    final String label;
    private final long flags;
    private final int initial;
    private final long object;

    SemaphoreCore(Participant participant, Block block) {
        super(participant.waiting(), block.memory(), block.offset() + SemaphoreLayout.BITMAP, block.id(), false);
        this.participant = participant;
        this.memory = block.memory();
        this.base = block.offset();
        this.layout = new SemaphoreLayout(participant.table().slots());
        this.permits = new PermitWord(memory, base + SemaphoreLayout.WORD);
        this.label = Deaths.label(block);
        this.flags = flags(block);
        this.initial = initial(block);
        this.object = block.gen();
    }

    static SemaphoreCore of(Participant participant, Block block) {
        return block.type() == ObjectType.LEASED_SEMAPHORE.code()
                ? LeasedCore.of(participant, block)
                : new CountingCore(participant, block);
    }

    static int length(Participant participant, long flags) {
        return new SemaphoreLayout(participant.table().slots()).length((flags & SemaphoreOptions.LEASED) != 0);
    }

    static void fill(Participant participant, Block block, int permits, long flags) {
        Memory memory = block.memory();
        memory.setLong(block.offset() + SemaphoreLayout.FLAGS, flags);
        memory.setLong(block.offset() + SemaphoreLayout.INITIAL, permits);
        PermitWord.fill(memory, block.offset() + SemaphoreLayout.WORD, permits);
        participant.record(EventCode.PERMITS, block.gen(), permits);
        if ((flags & SemaphoreOptions.LEASED) != 0) {
            int total = new SemaphoreLayout(participant.table().slots()).total;
            memory.setLong(block.offset() + total, permits);
        }
    }

    static long flags(Block block) {
        return block.memory().getLong(block.offset() + SemaphoreLayout.FLAGS);
    }

    static int initial(Block block) {
        return (int) block.memory().getLong(block.offset() + SemaphoreLayout.INITIAL);
    }

    /**
     * Takes permits if they are there, and if somebody who has waited so long may have them.
     *
     * @param deadline when to give up if it takes long; {@code interruptible}: whether an interrupt does that, too
     */
    abstract boolean take(int wanted, long waitedNanos, long deadline, boolean interruptible);

    /** Records and gives permits back, or refuses; the caller rings. */
    abstract void give(int given);

    abstract int drain();

    abstract int available();

    abstract List<OwnerDeath> deaths();

    /** Who holds how many, behind the number of available ones. */
    abstract String holders();

    final void acquire(int wanted) throws InterruptedException {
        acquire(wanted, Deadline.NEVER, true);
    }

    final void acquireUninterruptibly(int wanted) {
        try {
            acquire(wanted, Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError(e); // it was asked not to
        }
    }

    final boolean acquire(int wanted, long deadline, boolean interruptible) throws InterruptedException {
        requirePossible(wanted);
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (take(wanted, 0, deadline, interruptible)) {
            taken(wanted, permits.isMany());
            return true;
        }
        if (wanted > 1) {
            permits.many();
        }
        Attempt attempt = waited -> take(wanted, waited, deadline, interruptible);
        @Nullable BooleanSupplier worth = wanted == 1 ? null : () -> permits.available() >= wanted || isTroubled();
        record(EventCode.WAIT_BEGIN, wanted);
        int failure = EventCode.WAIT_INTERRUPTED;
        boolean got = false;
        try {
            got = await(attempt, deadline, interruptible, worth);
            failure = EventCode.WAIT_TIMED_OUT;
        } finally {
            if (!got) {
                record(failure, wanted);
            }
        }
        if (got) {
            taken(wanted, true);
        }
        return got;
    }

    final boolean tryAcquire(int wanted) {
        requirePossible(wanted);
        if (!take(wanted, Long.MAX_VALUE, tryDeadline(), false)) {
            return false;
        }
        taken(wanted, permits.isMany());
        return true;
    }

    final int drainPermits() {
        int drained = drain();
        if (drained > 0) {
            record(EventCode.ACQUIRED, drained);
            recordPermits();
        }
        return drained;
    }

    /** What a call that does not wait may spend on the semaphore's own lock. */
    long tryDeadline() {
        return 0;
    }

    private void taken(int wanted, boolean slept) {
        record(EventCode.ACQUIRED, wanted);
        recordPermits();
        if (slept && permits.available() > 0) {
            ring(1);
        }
    }

    final void release(int given) {
        requirePositive(given);
        give(given);
        recordPermits();
        ring(given);
    }

    /** Rings for permits that are there now. */
    final void ring(int added) {
        int rings = hasSleepers() ? Math.min(added, MOST_RINGS) : 0;
        for (int rung = 0; rung < rings; rung++) {
            permits.rings();
            if (!ringOne()) {
                permits.rang();
                return;
            }
            // The bits were read, so this shows the flag of each sleeper for many that was seen there.
            if (permits.isMany()) {
                ringAll();
                return;
            }
        }
    }

    final void recordPermits() {
        record(EventCode.PERMITS, permits.available());
    }

    final void record(int kind, long value) {
        participant.record(kind, object, value);
    }

    @Override
    protected boolean ready() {
        return permits.available() > 0 || isTroubled();
    }

    /** Whether a death has to be settled before the number of permits is right. */
    boolean isTroubled() {
        return false;
    }

    @Override
    protected void announce(boolean wasRung) {
        if (wasRung) {
            permits.rang();
        }
    }

    @Override
    protected void abandoned() {
        permits.rang();
    }

    @Override
    protected boolean ringUnderWay() {
        return permits.isRingUnderWay();
    }

    @Override
    protected void passOn() {
        if (permits.available() > 0) {
            ring(1);
        }
    }

    private void requirePossible(int wanted) {
        requirePositive(wanted);
        if (isBounded() && wanted > initial) {
            throw new IllegalArgumentException(
                    label + " never has more than " + initial + " permits: permits=" + wanted);
        }
    }

    private void requirePositive(int number) {
        if (number <= 0) {
            throw new IllegalArgumentException(label + ": permits must be 1 or more: permits=" + number);
        }
    }

    final boolean isBounded() {
        return (flags & SemaphoreOptions.BOUNDED) != 0;
    }

    final boolean isKeptByProcess() {
        return (flags & SemaphoreOptions.OF_PROCESS) != 0;
    }

    /** The bound; without one, what the word can count. */
    final int most() {
        return isBounded() ? initial : Integer.MAX_VALUE;
    }

    final IllegalStateException tooMany(int given, String facts) {
        return new IllegalStateException(
                label + ": a release of " + given + " would make more permits than there can be, "
                        + "so nothing was released: " + facts + " bound=" + most());
    }

    final String describe() {
        return label + ": " + permits.available() + " permits available, "
                + (isBounded() ? "bound " + initial : initial + " at first, no bound") + holders()
                + Descriptions.waiting(participant, this);
    }

    @Override
    public boolean isInUse() {
        return isWaitedFor();
    }

    @Override
    public void detached() {}

    final @Nullable OwnerDeath lastDeath() {
        List<OwnerDeath> deaths = deaths();
        return deaths.isEmpty() ? null : deaths.get(deaths.size() - 1);
    }
}
