package dev.procession.sync;

import dev.procession.OwnerDeath;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessFacts;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SharedCore;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.waiting.Attempt;
import dev.procession.internal.waiting.Deadline;
import dev.procession.internal.waiting.WaitPoint;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/* Overview

One word decides: generation, how many have arrived, and whether the barrier is open, tripping or broken. Every change is
one CAS of it, so there is no lock that a dead or stopped process could hold: abort() and reset() always return.

arrive:   a place with own name and generation; then arrived + 1. The name comes first, so that whoever dies behind the
          CAS is known. Who dies before the CAS breaks the generation too: it was on its way.
pass:     the last one's CAS begins the next generation. With an action it is two: arrived -> tripping, the action,
          tripping -> next. Who dies in between is found by its place, and breaks the generation: nobody runs the action
          again.
break:    why, in a cell that the first one gets; then the CAS to broken. A timeout, an interrupt, abort(), an action
          that throws, a death.
reset:    the CAS to resetting; then FAILED into the places of the generation; then the CAS to the next one. Whoever comes
          and finds it in between does the rest, so it does not matter if the first one is dead.
look:     a party waits until its generation is broken, or is not the word's any more. Then it passed, unless its place
          says FAILED: so it does not matter how many generations came and went before it looked.

A death counts only while the place's generation is the word's: whoever sees it breaks exactly that generation. */

/** What the handles of one barrier share in this JVM. */
final class BarrierCore extends WaitPoint implements SharedCore {
    /** How old an answer of the kernel may be for a thread that is about to wait. */
    private static final long PROBE_AGE_NANOS = 20_000_000;

    private static final long FROM_TABLE = -1;

    /** A moment for others who are about to arrive, when there are more of them than places. */
    private static final long CROWD_NANOS = 100_000;

    private static final int KIND_SHIFT = 15;
    private static final long CAUSE_GENERATIONS = (1L << KIND_SHIFT) - 1;

    private final Participant participant;
    private final Memory memory;
    private final int base;
    private final int word;
    private final int sealed;
    private final int ringer;
    private final BarrierPlaces places;
    private final int parties;
    private final long timeoutNanos;
    private final long me;
    private final long object;
    private final Block block;
    private final String label;
    private final Runnable duty = this::lookAfter;

    /** The generations that threads of this process wait for, by thread. */
    private final Map<Thread, Long> awaited = new ConcurrentHashMap<>();

    private BarrierCore(Participant participant, Block block) {
        super(participant.waiting(), block.memory(), block.offset() + BarrierLayout.BITMAP, block.id(), true);
        this.participant = participant;
        this.memory = block.memory();
        this.base = block.offset();
        this.word = base + BarrierLayout.WORD;
        this.sealed = base + BarrierLayout.SEALED;
        this.ringer = base + BarrierLayout.RINGER;
        this.parties = parties(block);
        this.timeoutNanos = timeoutNanos(block);
        this.me = participant.self();
        this.object = block.gen();
        this.block = block;
        this.label = Deaths.label(block);
        this.places = new BarrierPlaces(
                memory, base, new BarrierLayout(participant.table().slots(), parties), parties, participant.table());
    }

    static BarrierCore of(Participant participant, Block block) {
        BarrierCore core = new BarrierCore(participant, block);
        participant.waiting().everyTick(core.duty);
        return core;
    }

    static int length(Participant participant, int parties) {
        return new BarrierLayout(participant.table().slots(), parties).length();
    }

    static void fill(Block block, int parties, BarrierOptions options) {
        block.memory().setLong(block.offset() + BarrierLayout.FLAGS, options.flags());
        block.memory().setLong(block.offset() + BarrierLayout.PARTIES, parties);
        block.memory().setLong(block.offset() + BarrierLayout.TIMEOUT, options.timeoutNanos());
    }

    static long flags(Block block) {
        return block.memory().getLong(block.offset() + BarrierLayout.FLAGS);
    }

    static int parties(Block block) {
        return (int) block.memory().getLong(block.offset() + BarrierLayout.PARTIES);
    }

    static long timeoutNanos(Block block) {
        return block.memory().getLong(block.offset() + BarrierLayout.TIMEOUT);
    }

    int parties() {
        return parties;
    }

    String label() {
        return label;
    }

    int await(@Nullable Runnable action) throws InterruptedException, BrokenBarrierException {
        return await(action, timeoutNanos == 0 ? Deadline.NEVER : Deadline.inNanos(timeoutNanos));
    }

    int await(@Nullable Runnable action, long deadline) throws InterruptedException, BrokenBarrierException {
        int place = -1;
        long claimed = 0;
        try {
            while (true) {
                long seen = word();
                long generation = BarrierWord.generation(seen);
                if (BarrierWord.state(seen) == BarrierWord.RESETTING) {
                    finishReset(seen);
                    continue;
                }
                requireGoingOn(seen, deadline);
                if (BarrierWord.state(seen) == BarrierWord.TRIPPING) {
                    // All parties of this pass are there: this one belongs to the next.
                    awaitEnd(generation, deadline, false);
                    continue;
                }
                int index = BarrierWord.arrived(seen);
                if (place < 0 || claimed != generation) {
                    if (place >= 0) {
                        places.unclaim(place, me, claimed);
                    }
                    place = places.claim(me, generation, index);
                    claimed = generation;
                    if (place < 0) {
                        settle(PROBE_AGE_NANOS);
                        LockSupport.parkNanos(this, CROWD_NANOS);
                        continue;
                    }
                }
                boolean last = index == parties - 1;
                if (last) {
                    settle(PROBE_AGE_NANOS); // nobody passes together with a dead party, as far as anybody can know
                    if (word() != seen) {
                        continue;
                    }
                }
                if (last && action == null) {
                    if (pass(seen)) {
                        participant.record(EventCode.BARRIER_ARRIVED, object, index);
                        return index;
                    }
                } else if (memory.compareAndSetLong(word, seen, arrived(seen, last))) {
                    FaultPoint.reached(last ? "barrier.tripping" : "barrier.arrived");
                    participant.record(EventCode.BARRIER_ARRIVED, object, index);
                    if (last) {
                        act(action, generation);
                    } else {
                        awaitPass(generation, place, deadline);
                    }
                    return index;
                }
            }
        } finally {
            if (place >= 0) {
                places.unclaim(place, me, claimed);
            }
        }
    }

    private static long arrived(long seen, boolean last) {
        long next = BarrierWord.arrive(seen);
        return last ? BarrierWord.withState(next, BarrierWord.TRIPPING) : next;
    }

    /** Before this party arrives. As everywhere, whoever gives up breaks the barrier: the others would wait for it. */
    private void requireGoingOn(long seen, long deadline) throws InterruptedException, BrokenBarrierException {
        long generation = BarrierWord.generation(seen);
        if (BarrierWord.state(seen) == BarrierWord.BROKEN) {
            throw broken(generation);
        }
        if (Thread.interrupted()) {
            if (BarrierWord.state(seen) == BarrierWord.OPEN) {
                end(generation, BarrierEnd.INTERRUPTED, me); // else nobody waits for this one yet
            }
            throw new InterruptedException();
        }
        if (deadline != Deadline.NEVER
                && Deadline.remaining(deadline) <= 0
                && parties > BarrierWord.arrived(seen) + 1) {
            if (end(generation, BarrierEnd.TIMED_OUT, me)) {
                throw broken(generation);
            }
        }
    }

    /** The last one's CAS. */
    private boolean pass(long seen) {
        if (!change(seen, BarrierWord.next(seen))) {
            return false;
        }
        FaultPoint.reached("barrier.passed");
        participant.record(EventCode.BARRIER_TRIPPED, object, BarrierWord.generation(seen));
        ring();
        return true;
    }

    /** A change that others are rung for. */
    private boolean change(long seen, long next) {
        memory.setLongVolatile(ringer, me);
        if (memory.compareAndSetLong(word, seen, next)) {
            return true;
        }
        memory.setLongVolatile(ringer, 0);
        return false;
    }

    private void ring() {
        ringAll();
        memory.setLongVolatile(ringer, 0);
    }

    /** Whoever rings may have no processor in the midst of it; if it is dead, a recheck is a rescue. */
    @Override
    protected boolean ringUnderWay() {
        long ringing = memory.getLongVolatile(ringer);
        return ringing != 0 && participant.table().isMember(ringing);
    }

    private void act(@Nullable Runnable action, long generation) throws BrokenBarrierException {
        boolean acted = false;
        try {
            if (action != null) {
                action.run();
            }
            acted = true;
        } finally {
            if (!acted) {
                end(generation, BarrierEnd.ACTION_FAILED, me);
            }
        }
        FaultPoint.reached("barrier.acted");
        while (true) {
            long seen = word();
            if (isOver(seen, generation)) {
                throw broken(generation); // aborted, reset, or given up by another party meanwhile
            }
            if (pass(seen)) {
                return;
            }
        }
    }

    private void awaitPass(long generation, int place, long deadline)
            throws InterruptedException, BrokenBarrierException {
        if (isNobodyLeft(word())) {
            end(generation, BarrierEnd.LEFT, 0);
        }
        awaitEnd(generation, deadline, true);
        // The word first: FAILED was written before it went on.
        if (BarrierWord.generation(word()) == generation || places.hasFailed(place)) {
            throw broken(generation);
        }
    }

    /**
     * Returns when a generation is over, passed or not.
     *
     * @param arrived whether this thread is one of its parties, and so breaks it if it gives up. One that came while the
     *     others' action ran must not take their pass from them
     */
    private void awaitEnd(long generation, long deadline, boolean arrived)
            throws InterruptedException, BrokenBarrierException {
        Attempt attempt = waited -> {
            if (waited >= PATIENCE_NANOS && !isOver(word(), generation)) {
                settle(PROBE_AGE_NANOS);
            }
            return isOver(word(), generation);
        };
        awaited.put(Thread.currentThread(), generation);
        boolean returned = false;
        participant.record(EventCode.WAIT_BEGIN, object, 0);
        int how = EventCode.WAIT_END;
        try {
            if (!await(attempt, deadline, true, () -> isOver(word(), generation) || isTroubled())) {
                how = EventCode.WAIT_TIMED_OUT;
                if (arrived) {
                    end(generation, BarrierEnd.TIMED_OUT, me);
                } else if (!isOver(word(), generation)) {
                    throw new BrokenBarrierException(
                            label + ": the action of the pass before still ran when the time of this"
                                    + " thread was over; it had not arrived, and the barrier is not broken");
                }
            }
            returned = true;
        } catch (InterruptedException e) {
            returned = true;
            how = EventCode.WAIT_INTERRUPTED;
            if (arrived ? end(generation, BarrierEnd.INTERRUPTED, me) : !isOver(word(), generation)) {
                throw e;
            }
            Thread.currentThread().interrupt(); // it was over before: the interrupt is for what comes next
        } finally {
            awaited.remove(Thread.currentThread());
            participant.record(how, object, 0);
            if (!returned && arrived) {
                end(generation, BarrierEnd.LEFT, me); // the session was closed, or an Error: the others must not wait
            }
        }
    }

    private long word() {
        return memory.getLongVolatile(word);
    }

    private static boolean isOver(long seen, long generation) {
        return BarrierWord.generation(seen) != generation || !BarrierWord.isGoingOn(seen);
    }

    /** Breaks a generation, unless it is over. Returns whether this call did it. */
    private boolean end(long generation, BarrierEnd why, long who) {
        while (true) {
            long seen = word();
            if (isOver(seen, generation)) {
                return false;
            }
            note(generation, why, who);
            if (change(seen, BarrierWord.withState(seen, BarrierWord.BROKEN))) {
                FaultPoint.reached("barrier.broken");
                participant.record(EventCode.BARRIER_BROKEN, object, generation);
                ring();
                return true;
            }
        }
    }

    /**
     * Why a generation ends: the first that wants to end it says it, before it does. A party that says that it leaves, and
     * dies before it has, died.
     */
    private void note(long generation, BarrierEnd why, long who) {
        int cell = cause(generation);
        long seen = memory.getLongVolatile(cell);
        boolean diedLeaving = why == BarrierEnd.DIED && seen == causeOf(generation, BarrierEnd.LEFT, who);
        if ((diedLeaving || !isCauseOf(seen, generation))
                && memory.compareAndSetLong(cell, seen, causeOf(generation, why, who))) {
            FaultPoint.reached("barrier.noted");
        }
    }

    private static long causeOf(long generation, BarrierEnd why, long who) {
        return who | (long) why.code() << KIND_SHIFT | (generation & CAUSE_GENERATIONS);
    }

    private int cause(long generation) {
        return base + BarrierLayout.CAUSES + (int) (generation % BarrierLayout.CAUSE_COUNT) * Long.BYTES;
    }

    private static boolean isCauseOf(long cause, long generation) {
        return kind(cause) != 0 && (cause & CAUSE_GENERATIONS) == (generation & CAUSE_GENERATIONS);
    }

    private static int kind(long cause) {
        return (int) (cause >>> KIND_SHIFT) & 7;
    }

    void abort() {
        while (true) {
            long seen = word();
            if (BarrierWord.state(seen) == BarrierWord.RESETTING) {
                finishReset(seen);
            } else if (BarrierWord.state(seen) == BarrierWord.BROKEN
                    || end(BarrierWord.generation(seen), BarrierEnd.ABORTED, me)) {
                return;
            }
        }
    }

    void reset() {
        boolean forgot = false;
        for (int dead; (dead = places.deadRegistration(me, FROM_TABLE)) >= 0; forgot = true) {
            places.unregister(dead, places.registered(dead));
        }
        // Others may register in the place of those who left, unless nobody has.
        memory.setLongVolatile(sealed, places.registeredCount() == parties ? 1 : 0);
        FaultPoint.reached("barrier.unsealed");
        while (true) {
            long seen = word();
            if (BarrierWord.state(seen) == BarrierWord.RESETTING) {
                finishReset(seen); // another one's, which comes to the same
                return;
            }
            if (!forgot && BarrierWord.state(seen) == BarrierWord.OPEN && BarrierWord.arrived(seen) == 0) {
                return;
            }
            note(BarrierWord.generation(seen), BarrierEnd.RESET, me);
            long resetting = BarrierWord.withState(seen, BarrierWord.RESETTING);
            if (memory.compareAndSetLong(word, seen, resetting)) {
                FaultPoint.reached("barrier.resetting");
                finishReset(resetting);
                return;
            }
        }
    }

    private void finishReset(long resetting) {
        places.fail(BarrierWord.generation(resetting));
        if (change(resetting, BarrierWord.next(resetting))) {
            FaultPoint.reached("barrier.reset");
            participant.record(EventCode.BARRIER_RESET, object, BarrierWord.generation(resetting) + 1);
            ring();
        }
    }

    boolean isBroken() {
        settle(FROM_TABLE);
        return BarrierWord.state(word()) == BarrierWord.BROKEN;
    }

    int numberWaiting() {
        settle(FROM_TABLE);
        long seen = word();
        return BarrierWord.isGoingOn(seen) ? BarrierWord.arrived(seen) : 0;
    }

    /** Registers a party of this process; returns its place. */
    int register() {
        settle(FROM_TABLE);
        int place = places.register(me);
        if (place < 0) {
            throw new IllegalStateException(
                    label + ": all " + parties + " parties are registered: " + names(places.registered()));
        }
        if (places.registered().size() == parties) {
            memory.setLongVolatile(sealed, 1);
            FaultPoint.reached("barrier.sealed");
        }
        return place;
    }

    void unregister(int place) {
        long seen = word();
        if (BarrierWord.isGoingOn(seen) && leavesSomebodyWaiting(seen)) {
            note(
                    BarrierWord.generation(seen),
                    BarrierEnd.LEFT,
                    me); // whoever sees first that it is gone will not know who
            FaultPoint.reached("barrier.leaving");
        }
        places.unregister(place, me);
        FaultPoint.reached("barrier.unregistered");
        seen = word();
        if (leavesSomebodyWaiting(seen)) {
            end(BarrierWord.generation(seen), BarrierEnd.LEFT, me);
        }
    }

    private boolean leavesSomebodyWaiting(long seen) {
        return BarrierWord.arrived(seen) > 0 && isSealed();
    }

    private boolean isSealed() {
        return memory.getLongVolatile(sealed) != 0;
    }

    /** All had registered and some have left: whoever waits would wait for nobody. */
    private boolean isNobodyLeft(long seen) {
        return BarrierWord.state(seen) == BarrierWord.OPEN
                && BarrierWord.arrived(seen) > 0
                && isSealed()
                && places.registeredCount() < parties;
    }

    private void settle(long maxAgeNanos) {
        long seen = word();
        long generation = BarrierWord.generation(seen);
        if (BarrierWord.state(seen) == BarrierWord.RESETTING) {
            finishReset(seen);
        } else if (BarrierWord.isGoingOn(seen)) {
            long dead = places.deadArrival(generation, me, maxAgeNanos);
            if (dead != 0) {
                end(generation, BarrierEnd.DIED, dead);
            }
        }
        for (int dead; (dead = places.deadRegistration(me, maxAgeNanos)) >= 0; ) {
            settleRegistration(dead);
        }
        seen = word();
        if (isNobodyLeft(seen)) {
            end(BarrierWord.generation(seen), BarrierEnd.LEFT, 0);
        }
    }

    /** A registered party is dead: the barrier breaks, and then the registration ends. */
    private void settleRegistration(int place) {
        long owner = places.registered(place);
        while (owner != 0 && owner == places.registered(place)) {
            long seen = word();
            if (BarrierWord.state(seen) == BarrierWord.RESETTING) {
                finishReset(seen);
                continue;
            }
            // In this order: whoever resets ends the registrations of the dead first, and a generation that began after
            // that must not break.
            if (owner == places.registered(place)
                    && (BarrierWord.state(seen) == BarrierWord.BROKEN
                            || end(BarrierWord.generation(seen), BarrierEnd.DIED, owner))) {
                places.unregister(place, owner);
                FaultPoint.reached("barrier.forgotten");
            }
        }
    }

    /** For the supervisor; never waits. */
    private void lookAfter() {
        if (isTroubled()) {
            settle(FROM_TABLE);
        }
    }

    private boolean isTroubled() {
        long seen = word();
        return BarrierWord.state(seen) == BarrierWord.RESETTING
                || (BarrierWord.isGoingOn(seen)
                        && places.deadArrival(BarrierWord.generation(seen), me, FROM_TABLE) != 0)
                || places.deadRegistration(me, FROM_TABLE) >= 0
                || isNobodyLeft(seen);
    }

    @Override
    protected boolean ready() {
        long seen = word();
        for (long generation : awaited.values()) {
            if (isOver(seen, generation)) {
                return true;
            }
        }
        return isTroubled();
    }

    @Override
    public boolean isInUse() {
        return isWaitedFor() || !awaited.isEmpty();
    }

    @Override
    public void detached() {
        participant.waiting().noLonger(duty);
    }

    private BrokenBarrierException broken(long generation) {
        long seen = word();
        StringBuilder text = new StringBuilder(label).append(": ").append(reason(generation));
        if (BarrierWord.generation(seen) == generation) {
            text.append("; ").append(BarrierWord.arrived(seen)).append(" of ").append(parties);
            text.append(" parties had arrived; reset() opens it again");
        }
        return new BrokenBarrierException(text.toString());
    }

    private String reason(long generation) {
        long cause = memory.getLongVolatile(cause(generation));
        if (!isCauseOf(cause, generation)) {
            return "it was broken or reset, long before this thread looked";
        }
        long owner = cause & Owner.MASK;
        ProcessFacts facts = participant.facts(owner);
        return switch (BarrierEnd.of(kind(cause))) {
            case DIED -> facts.label() + " died before all had arrived and passed, " + how(facts.exitCode());
            case TIMED_OUT -> facts.label() + " waited for the others as long as it was to, and gave up";
            case INTERRUPTED -> "a thread of " + facts.label() + " was interrupted";
            case ABORTED -> facts.label() + " aborted it";
            case ACTION_FAILED -> "the action failed in " + facts.label();
            case RESET -> facts.label() + " reset it";
            case LEFT ->
                (owner == 0 ? "a registered party" : facts.label()) + " left it: nobody is left who could complete it";
        };
    }

    private static String how(OptionalInt exit) {
        if (exit.isEmpty()) {
            return "exit status unknown";
        }
        return exit.getAsInt() < 0 ? "killed by signal " + -exit.getAsInt() : "exit code " + exit.getAsInt();
    }

    /** Who died and so broke the barrier, as it is now. */
    @Nullable
    OwnerDeath death() {
        settle(FROM_TABLE);
        long seen = word();
        long cause = memory.getLongVolatile(cause(BarrierWord.generation(seen)));
        if (BarrierWord.state(seen) != BarrierWord.BROKEN
                || !isCauseOf(cause, BarrierWord.generation(seen))
                || BarrierEnd.of(kind(cause)) != BarrierEnd.DIED) {
            return null;
        }
        long owner = cause & Owner.MASK;
        return Deaths.of(
                participant,
                owner,
                "",
                "a place in " + label,
                participant.facts(owner).seenDeadMillis());
    }

    String describe() {
        long seen = word();
        long generation = BarrierWord.generation(seen);
        if (BarrierWord.state(seen) == BarrierWord.BROKEN) {
            return label + ": broken: " + reason(generation) + "; " + BarrierWord.arrived(seen) + " of " + parties
                    + " parties had arrived";
        }
        List<Long> here = places.arrived(generation);
        StringBuilder text = new StringBuilder(label)
                .append(": ")
                .append(BarrierWord.arrived(seen))
                .append(" of ")
                .append(parties)
                .append(" parties have arrived");
        if (BarrierWord.state(seen) == BarrierWord.TRIPPING) {
            text.append(", the action runs");
        } else if (BarrierWord.arrived(seen) > 0) {
            text.append(": ").append(names(here));
            text.append(missing(here));
        }
        return text.toString();
    }

    /** Who is registered and has not come; or that nobody else could. */
    private String missing(List<Long> here) {
        Set<Long> missing = new TreeSet<>(places.registered());
        missing.removeAll(here);
        if (!missing.isEmpty()) {
            return "; registered and not there: " + names(List.copyOf(missing));
        }
        for (ProcessFacts member : participant.table().members()) {
            if (!here.contains(member.owner()) && participant.heap().hasUser(block, Owner.slot(member.owner()))) {
                return "";
            }
        }
        return "; every process that has a handle is among them: but for more threads of theirs, nobody is left who could"
                + " come";
    }

    private String names(List<Long> owners) {
        Map<String, Integer> counts = new java.util.LinkedHashMap<>();
        for (long owner : owners) {
            counts.merge(participant.facts(owner).label(), 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder();
        counts.forEach((name, count) ->
                text.append(text.isEmpty() ? "" : ", ").append(name).append(count == 1 ? "" : " x " + count));
        return text.toString();
    }
}
