package dev.procession.sync;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Descriptions;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SharedCore;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.waiting.Attempt;
import dev.procession.internal.waiting.WaitPoint;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of one event share in this JVM.
 *
 * <pre>
 *   0  WORD    long  how often it was set and cleared; odd = set. CAS only. The only field that decides anything
 *   8  RINGER  long  the participant that is about to wake the waiters; volatile. So that a recheck in the meantime is not
 *                    taken for a rescue; of a dead one it means nothing
 *  64  BITMAP        the slots of the processes that sleep for it; getAndBitwiseOr and -And
 * </pre>
 *
 * <p>Setting and clearing are one CAS each, without a loop: if it fails, another thread has just done the same, and what
 * this one wanted was true for a moment during its call. A waiter passes if the word is odd or is no longer what it was
 * when the waiter came; the word never goes back, so a clear cannot take a set away from it.
 */
final class EventCore extends WaitPoint implements SharedCore {
    private static final int WORD = 0;
    private static final int RINGER = WORD + Long.BYTES;
    private static final int BITMAP = 64;

    private final Participant participant;
    private final @Nullable Recorder recorder;
    private final Memory memory;
    private final int word;
    private final String label;
    private final long object; // what the event record calls it

    EventCore(Participant participant, Block block) {
        super(participant.waiting(), block.memory(), block.offset() + BITMAP, block.id(), true);
        this.participant = participant;
        this.recorder = participant.recorderOrNull();
        this.memory = block.memory();
        this.word = block.offset() + WORD;
        this.object = block.gen();
        this.label = Deaths.label(block);
    }

    static int length(Participant participant) {
        return BITMAP + bitmapLength(participant.table().slots());
    }

    private static boolean isOdd(long seen) {
        return (seen & 1) != 0;
    }

    boolean isSet() {
        return isOdd(memory.getLongVolatile(word));
    }

    void set() {
        boolean ringing = hasSleepers();
        if (ringing) {
            memory.setLongVolatile(word - WORD + RINGER, participant.self());
            FaultPoint.reached("event.ringing");
        }
        long seen = memory.getLongVolatile(word);
        if (!isOdd(seen)) {
            record(EventCode.SET);
            memory.compareAndSetLong(word, seen, seen + 1);
            FaultPoint.reached("event.set");
        }
        // Also if it was set already: whoever set it may be dead or stopped before it could ring.
        if (ringing || hasSleepers()) {
            ringAll();
            FaultPoint.reached("event.rung");
        }
        if (ringing) {
            memory.compareAndSetLong(word - WORD + RINGER, participant.self(), 0);
        }
    }

    void clear() {
        long seen = memory.getLongVolatile(word);
        if (isOdd(seen)) {
            record(EventCode.CLEARED);
            memory.compareAndSetLong(word, seen, seen + 1);
            FaultPoint.reached("event.cleared");
        }
    }

    /** Waits until it is set, or was since this call began. */
    boolean pass(long deadline, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        long entry = memory.getLongVolatile(word);
        if (isOdd(entry)) {
            return true;
        }
        return recorder == null
                ? sleep(entry, deadline, interruptible)
                : sleepRecorded(recorder, entry, deadline, interruptible);
    }

    private boolean sleep(long entry, long deadline, boolean interruptible) throws InterruptedException {
        Passage passage = new Passage(entry);
        return await(passage, deadline, interruptible, passage);
    }

    private boolean sleepRecorded(Recorder on, long entry, long deadline, boolean interruptible)
            throws InterruptedException {
        on.record(EventCode.WAIT_BEGIN, object, 0);
        int end = EventCode.WAIT_INTERRUPTED;
        try {
            boolean passed = sleep(entry, deadline, interruptible);
            end = passed ? EventCode.WAIT_END : EventCode.WAIT_TIMED_OUT;
            return passed;
        } finally {
            on.record(end, object, 0);
        }
    }

    private void record(int kind) {
        Recorder on = recorder;
        if (on != null) {
            on.record(kind, object, 0);
        }
    }

    @Override
    protected boolean ready() {
        return isAnyWorthWaking();
    }

    @Override
    protected boolean ringUnderWay() {
        return participant.table().isMember(memory.getLongVolatile(word - WORD + RINGER));
    }

    /** One wait: over when the word has moved on, since the waiter came when it was even. */
    private final class Passage implements Attempt, BooleanSupplier {
        private final long entry;

        Passage(long entry) {
            this.entry = entry;
        }

        @Override
        public boolean tryOnce(long waitedNanos) {
            return memory.getLongVolatile(word) != entry;
        }

        @Override
        public boolean getAsBoolean() {
            return memory.getLongVolatile(word) != entry;
        }
    }

    String describe() {
        return label + (isSet() ? ": set" : ": unset") + Descriptions.waiting(participant, this);
    }

    @Override
    public boolean isInUse() {
        return isWaitedFor();
    }

    @Override
    public void detached() {}
}
