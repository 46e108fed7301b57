package dev.procession.models;

import static dev.procession.models.StepKind.RECHECK;
import static dev.procession.models.StepKind.RUN;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The barrier: one word {@code gen | arrived | OPEN, TRIPPING(owner) or BROKEN}, an entry {gen} per process, and how the
 * last generations ended, each with its generation beside it.
 *
 * <pre>
 * READ    the word; BROKEN: throws; TRIPPING: waits        ENTRY  own entry = gen
 * ARRIVE  CAS arrived + 1, the last one: CAS TRIPPING(me); where it fails, READ again
 * ENQUEUE own bit     LOOK  gen is over: its outcome tells; BROKEN: throws; else sleeps     SLEEP  until rung
 * ACTION  by the one in TRIPPING                           NOTE   outcome[gen] = TRIPPED
 * TRIP    CAS TRIPPING(me) -> gen + 1, OPEN                 BITMAP, RING  all of it
 * BREAK   CAS gen, OPEN -> BROKEN, by a timeout, an abort, or who sees a death that counts: an entry of this very gen,
 *         or fewer alive than parties, or TRIPPING by a dead one
 * RESET   nobody has arrived: nothing; else breaks it if there is need; NOTE_BROKEN: outcome[gen] = BROKEN; NEXT: CAS BROKEN -> gen + 1, OPEN; rings all
 * LEAVE   own bit away         FORGET  own entry away
 * </pre>
 *
 * <p>Nobody breaks or resets while a living one is TRIPPING: it would have run the action for nobody.
 */
final class BarrierModel extends ProcessModel {
    enum Mutation {
        TRIP_BEFORE_NOTE,
        RESET_WITHOUT_NOTE,
        DEAD_ACTION_RUN_AGAIN,
        ANY_DEAD_ENTRY_COUNTS,
        SLEEP_WITHOUT_LOOK,
        ARRIVE_BEFORE_ENTRY,
        BREAK_RINGS_NOBODY,
        BREAK_ANY_GENERATION,
        OUTCOME_STORED,
        RESET_WHILE_TRIPPING
    }

    private enum Pc {
        IDLE,
        READ,
        ENTRY,
        ARRIVE,
        ENTRY_LATE,
        ENQUEUE,
        LOOK,
        SLEEP,
        ACTION,
        NOTE,
        TRIP,
        BITMAP,
        RING,
        BREAK,
        RESET,
        NOTE_BROKEN,
        NEXT,
        LEAVE,
        FORGET;

        static final Pc[] VALUES = values();
    }

    private static final int OPEN = 0;
    private static final int BROKEN = 1;
    /** + thread */
    private static final int TRIPPING = 2;

    private static final int TRIPPED_OUTCOME = 1;
    private static final int BROKEN_OUTCOME = 2;

    /** How many outcomes are kept; 64 in truth. */
    private static final int KEPT = 2;

    private static final int GENERATIONS = 8;

    private static final int GEN = OWN;
    private static final int ARRIVED = OWN + 1;
    private static final int STATE = OWN + 2;
    /** History: a break without a reason, or an outcome that was missing. */
    private static final int UNJUST = OWN + 3;

    private static final int UNNOTED = 2;
    /** gen * 4 + outcome. */
    private static final int OUTCOMES = OWN + 4;

    /** History, in nobody's memory: how often the action ran, and which results were given, per generation. */
    private static final int ACTIONS = OUTCOMES + KEPT;

    private static final int RESULTS = ACTIONS + GENERATIONS;
    /** gen + 1, or 0. */
    private static final int ENTRIES = RESULTS + GENERATIONS;

    private static final int MY_GEN = A;
    private static final int MASK = B;

    private final int parties;
    private final Set<Mutation> mutations;

    BarrierModel(Bounds bounds, int parties, Mutation... mutations) {
        super(bounds, 4 + KEPT + 2 * GENERATIONS + bounds.processOf.length);
        this.parties = parties;
        this.mutations = Set.of(mutations);
    }

    static List<Case> cases() {
        String name = "barrier";
        return List.of(
                Case.quick(name, new BarrierModel(two(), 2)),
                Case.quick(name, new BarrierModel(three(), 3)),
                Case.quick(name, new BarrierModel(deadly(), 2)),
                Case.thorough(name, new BarrierModel(reset(), 2)),
                Case.thorough(name, new BarrierModel(deadly().rounds(2, 2, 2), 2)),
                Case.thorough(name, new BarrierModel(deadly().rounds(2, 2, 2).timeouts(0), 3)),
                Case.thorough(name, new BarrierModel(deadly().rounds(2, 2, 1).tries(), 2)),
                mutation("next generation before its outcome is noted", two(), Mutation.TRIP_BEFORE_NOTE),
                mutation("reset notes no outcome", reset(), Mutation.RESET_WITHOUT_NOTE),
                mutation("the action of a dead one is run again", deadly(), Mutation.DEAD_ACTION_RUN_AGAIN),
                mutation("a death counts for a later generation", deadly(), Mutation.ANY_DEAD_ENTRY_COUNTS),
                mutation("sleeps without looking again", two(), Mutation.SLEEP_WITHOUT_LOOK),
                mutation("arrives before its entry is there", deadly(), Mutation.ARRIVE_BEFORE_ENTRY),
                Case.mutation(
                        name, "who breaks rings nobody", new BarrierModel(three(), 3, Mutation.BREAK_RINGS_NOBODY)),
                mutation("breaks whatever generation there is", reset(), Mutation.BREAK_ANY_GENERATION),
                Case.thoroughMutation(
                        name, "outcome stored without looking", new BarrierModel(stale(), 2, Mutation.OUTCOME_STORED)),
                mutation(
                        "reset breaks a generation that is tripping",
                        Bounds.threads(0, 1, 2).rounds(2, 1, 2).tries(),
                        Mutation.RESET_WHILE_TRIPPING));
    }

    private static Bounds two() {
        return Bounds.threads(0, 1).rounds(3, 3);
    }

    private static Bounds three() {
        return Bounds.threads(0, 1, 2).rounds(1, 1, 1).timeouts(1).tries();
    }

    private static Bounds reset() {
        return Bounds.threads(0, 1, 2).rounds(2, 2, 1).timeouts(1).tries();
    }

    private static Bounds stale() {
        return Bounds.threads(0, 1, 2).rounds(3, 3, 1).tries();
    }

    private static Bounds deadly() {
        return Bounds.threads(0, 1, 2).crashes(1).timeouts(1).recheck(Bounds.Recheck.EVERYTHING);
    }

    private static Case mutation(String what, Bounds bounds, Mutation mutation) {
        return Case.mutation("barrier", what, new BarrierModel(bounds, 2, mutation));
    }

    private boolean on(Mutation mutation) {
        return mutations.contains(mutation);
    }

    private boolean dead(byte[] s, int t) {
        return s[thread(t) + PC] == GONE;
    }

    private boolean trippingByDead(byte[] s) {
        return s[STATE] >= TRIPPING && dead(s, s[STATE] - TRIPPING);
    }

    private boolean tooFew(byte[] s) {
        int alive = 0;
        for (int t = 0; t < threads; t++) {
            alive += dead(s, t) ? 0 : 1;
        }
        return alive < parties;
    }

    private boolean deathCounts(byte[] s, boolean anyGen) {
        boolean counts = tooFew(s);
        for (int t = 0; t < threads; t++) {
            int entry = s[ENTRIES + t];
            counts |= dead(s, t) && (anyGen ? entry != 0 : entry == s[GEN] + 1);
        }
        return counts;
    }

    private static int slot(int gen) {
        return OUTCOMES + gen % KEPT;
    }

    private void note(byte[] n, int gen, int outcome) {
        int noted = gen * 4 + outcome;
        if (noted > n[slot(gen)] || on(Mutation.OUTCOME_STORED)) {
            n[slot(gen)] = (byte) noted;
        }
    }

    /** Generation {@code gen} is over: gives its outcome as the result, or says that it is too long ago to be known. */
    private void tell(byte[] s, byte[] n, int t, int gen) {
        int noted = s[slot(gen)] / 4;
        n[UNJUST] |= (byte) (noted < gen ? UNNOTED : 0);
        result(n, t, gen, noted == gen ? s[slot(gen)] % 4 : 0);
    }

    private void result(byte[] n, int t, int gen, int outcome) {
        n[RESULTS + gen] |= (byte) outcome;
        go(n, t, n[thread(t) + QUEUED] != 0 ? Pc.LEAVE : Pc.FORGET);
    }

    /** CAS OPEN -> BROKEN of that generation. */
    private void makeBroken(byte[] n, boolean just) {
        n[STATE] = BROKEN;
        n[UNJUST] |= (byte) (just ? 0 : 1);
    }

    @Override
    void run(byte[] s, int t, Steps out) {
        int at = thread(t);
        int gen = s[at + MY_GEN];
        byte[] n = out.copy();
        switch (Pc.VALUES[s[at + PC]]) {
            case IDLE -> {
                if (mayBegin(s, t, out)) {
                    n[at + ROUNDS]--;
                    go(n, t, Pc.READ);
                    out.add(RUN, t + 1, "begins to await", n);
                    if (bounds.tries) {
                        n = out.copy();
                        n[at + ROUNDS]--;
                        go(n, t, Pc.RESET);
                        out.add(RUN, t + 1, "begins to reset", n);
                    }
                }
            }
            case READ -> {
                n[at + MY_GEN] = s[GEN];
                if (s[STATE] == BROKEN) {
                    result(n, t, s[GEN], BROKEN_OUTCOME);
                    out.add(RUN, t + 1, "READ: broken", n);
                } else if (s[STATE] == OPEN) {
                    go(n, t, on(Mutation.ARRIVE_BEFORE_ENTRY) ? Pc.ARRIVE : Pc.ENTRY);
                    out.add(RUN, t + 1, "READ: open", n);
                } else if (trippingByDead(s) && bounds.recheck == Bounds.Recheck.EVERYTHING) {
                    go(n, t, Pc.BREAK);
                    out.add(RECHECK, t + 1, "READ: a dead one is tripping", n);
                }
            }
            case ENTRY, ENTRY_LATE -> {
                n[ENTRIES + t] = (byte) (gen + 1);
                go(n, t, at(s, t, Pc.ENTRY) ? Pc.ARRIVE : Pc.ENQUEUE);
                out.add(RUN, t + 1, "ENTRY: own entry = gen", n);
            }
            case ARRIVE -> {
                if (s[GEN] != gen || s[STATE] != OPEN) {
                    go(n, t, Pc.READ);
                    out.add(RUN, t + 1, "ARRIVE: CAS fails", n);
                } else {
                    n[ARRIVED]++;
                    boolean last = n[ARRIVED] == parties;
                    if (last) {
                        n[STATE] = (byte) (TRIPPING + t);
                    }
                    go(n, t, last ? Pc.ACTION : on(Mutation.ARRIVE_BEFORE_ENTRY) ? Pc.ENTRY_LATE : Pc.ENQUEUE);
                    out.add(RUN, t + 1, last ? "ARRIVE: CAS TRIPPING(me)" : "ARRIVE: CAS arrived + 1", n);
                }
            }
            case ENQUEUE -> {
                enqueue(n, t);
                go(n, t, on(Mutation.SLEEP_WITHOUT_LOOK) ? Pc.SLEEP : Pc.LOOK);
                out.add(RUN, t + 1, "ENQUEUE: own bit set", n);
            }
            case LOOK -> {
                if (s[GEN] != gen) {
                    tell(s, n, t, gen);
                } else if (s[STATE] == BROKEN) {
                    result(n, t, gen, BROKEN_OUTCOME);
                } else {
                    go(n, t, Pc.SLEEP);
                }
                out.add(RUN, t + 1, "LOOK", n);
            }
            case SLEEP -> sleep(s, t, out);
            case ACTION -> {
                n[ACTIONS + gen]++;
                go(n, t, on(Mutation.TRIP_BEFORE_NOTE) ? Pc.TRIP : Pc.NOTE);
                out.add(RUN, t + 1, "ACTION: runs", n);
            }
            case NOTE -> {
                note(n, gen, TRIPPED_OUTCOME);
                go(n, t, on(Mutation.TRIP_BEFORE_NOTE) ? Pc.BITMAP : Pc.TRIP);
                out.add(RUN, t + 1, "NOTE: outcome = TRIPPED", n);
            }
            case TRIP -> {
                if (s[GEN] == gen && s[STATE] == TRIPPING + t) {
                    n[RESULTS + gen] |= TRIPPED_OUTCOME;
                    n[GEN]++;
                    n[ARRIVED] = 0;
                    n[STATE] = OPEN;
                    go(n, t, on(Mutation.TRIP_BEFORE_NOTE) ? Pc.NOTE : Pc.BITMAP);
                } else {
                    result(n, t, gen, BROKEN_OUTCOME);
                }
                out.add(RUN, t + 1, "TRIP: CAS gen + 1, OPEN", n);
            }
            case BITMAP -> {
                n[at + MASK] = s[BITMAP];
                go(n, t, s[BITMAP] == 0 ? Pc.LEAVE : Pc.RING);
                out.add(RUN, t + 1, "BITMAP: read", n);
            }
            case RING -> {
                int target = Integer.numberOfTrailingZeros(s[at + MASK]);
                n[at + MASK] &= (byte) (s[at + MASK] - 1);
                if (n[at + MASK] == 0) {
                    go(n, t, Pc.LEAVE);
                }
                ring(s, t, target, n, out);
            }
            case BREAK -> {
                boolean open = s[STATE] == OPEN;
                if ((open || trippingByDead(s)) && (s[GEN] == gen || on(Mutation.BREAK_ANY_GENERATION))) {
                    makeBroken(n, s[GEN] == gen);
                    n[RESULTS + gen] |= BROKEN_OUTCOME;
                    go(n, t, on(Mutation.BREAK_RINGS_NOBODY) ? Pc.LEAVE : Pc.BITMAP);
                } else {
                    go(n, t, s[at + QUEUED] != 0 ? Pc.LOOK : Pc.READ);
                }
                out.add(RUN, t + 1, "BREAK: CAS OPEN -> BROKEN", n);
            }
            case RESET -> {
                n[at + MY_GEN] = s[GEN];
                boolean tripping = s[STATE] >= TRIPPING && !on(Mutation.RESET_WHILE_TRIPPING);
                boolean rescues = tripping && trippingByDead(s) && bounds.recheck == Bounds.Recheck.EVERYTHING;
                if (s[STATE] == OPEN && s[ARRIVED] == 0) {
                    idle(n, t);
                    out.add(RUN, t + 1, "RESET: is fresh", n);
                } else if (!tripping || rescues) {
                    if (s[STATE] != BROKEN) {
                        makeBroken(n, true);
                    }
                    go(n, t, on(Mutation.RESET_WITHOUT_NOTE) ? Pc.NEXT : Pc.NOTE_BROKEN);
                    out.add(rescues ? RECHECK : RUN, t + 1, "RESET: CAS BROKEN", n);
                }
            }
            case NOTE_BROKEN -> {
                note(n, gen, BROKEN_OUTCOME);
                go(n, t, Pc.NEXT);
                out.add(RUN, t + 1, "NOTE_BROKEN: outcome = BROKEN", n);
            }
            case NEXT -> {
                if (s[GEN] == gen && s[STATE] == BROKEN) {
                    n[GEN]++;
                    n[ARRIVED] = 0;
                    n[STATE] = OPEN;
                }
                go(n, t, Pc.BITMAP);
                out.add(RUN, t + 1, "NEXT: CAS gen + 1, OPEN", n);
            }
            case LEAVE -> {
                unqueue(n, t);
                go(n, t, Pc.FORGET);
                out.add(RUN, t + 1, "LEAVE: own bit away", n);
            }
            case FORGET -> {
                n[ENTRIES + t] = 0;
                idle(n, t);
                out.add(RUN, t + 1, "FORGET: own entry away", n);
            }
        }
    }

    private void sleep(byte[] s, int t, Steps out) {
        int at = thread(t);
        byte[] n = out.copy();
        boolean current = s[GEN] == s[at + MY_GEN];
        if (s[at + UNPARKED] != 0) {
            n[at + UNPARKED] = 0;
            go(n, t, Pc.LOOK);
            out.add(RUN, t + 1, "SLEEP: rung", n);
        } else if (bounds.recheck == Bounds.Recheck.EVERYTHING) {
            boolean anyGen = on(Mutation.ANY_DEAD_ENTRY_COUNTS);
            if (!current || s[STATE] == BROKEN) {
                go(n, t, Pc.LOOK);
                out.add(RECHECK, t + 1, "SLEEP: looks again", n);
            } else if (trippingByDead(s) && on(Mutation.DEAD_ACTION_RUN_AGAIN)) {
                n[STATE] = (byte) (TRIPPING + t);
                go(n, t, Pc.ACTION);
                out.add(RECHECK, t + 1, "SLEEP: looks again, goes on for a dead one", n);
            } else if (trippingByDead(s)) {
                go(n, t, Pc.BREAK);
                out.add(RECHECK, t + 1, "SLEEP: looks again, a dead one is tripping", n);
            } else if (s[STATE] == OPEN && deathCounts(s, anyGen)) {
                // The death and the generation that it counts for are fixed by now; the CAS comes later.
                if (!deathCounts(s, false)) {
                    n[UNJUST] = 1;
                }
                go(n, t, Pc.BREAK);
                out.add(RECHECK, t + 1, "SLEEP: looks again, a death counts", n);
            }
        }
        if (s[STATE] == OPEN) {
            n = out.copy();
            go(n, t, Pc.BREAK);
            timeout(s, t, n, out);
        }
    }

    @Override
    public byte[] initial() {
        byte[] s = super.initial();
        Arrays.fill(s, OUTCOMES, OUTCOMES + KEPT, (byte) -4);
        return s;
    }

    @Override
    public @Nullable String broken(byte[] s) {
        if (s[UNJUST] == UNNOTED) {
            return "a generation is over, and its outcome is not noted";
        }
        if (s[UNJUST] != 0) {
            return "a generation is broken by what happened in another one";
        }
        for (int gen = 0; gen < GENERATIONS; gen++) {
            if (s[ACTIONS + gen] > 1) {
                return "the action ran twice in a generation";
            }
            if (s[RESULTS + gen] == (TRIPPED_OUTCOME | BROKEN_OUTCOME)) {
                return "a generation that tripped for one and broke for another";
            }
        }
        int acting = 0;
        for (int t = 0; t < threads; t++) {
            acting += at(s, t, Pc.ACTION) ? 1 : 0;
        }
        if (acting > 1) {
            return "two actions at once";
        }
        int entered = 0;
        for (int t = 0; t < threads; t++) {
            entered += s[ENTRIES + t] == s[GEN] + 1 ? 1 : 0;
        }
        return s[ARRIVED] > entered && s[STATE] == OPEN ? "an arrival that nobody would miss if it died" : null;
    }

    @Override
    public boolean finished(byte[] s) {
        for (int t = 0; t < threads; t++) {
            boolean rightlyAsleep =
                    at(s, t, Pc.SLEEP) && s[GEN] == s[thread(t) + MY_GEN] && s[STATE] == OPEN && !deathCounts(s, false);
            if (s[thread(t) + PC] >= 0 && !rightlyAsleep) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean unparksAll() {
        return true;
    }

    @Override
    String place(int pc) {
        return Pc.VALUES[pc].name();
    }

    @Override
    String words(byte[] s) {
        StringBuilder text = new StringBuilder("gen=" + s[GEN] + " arrived=" + s[ARRIVED] + " ");
        text.append(s[STATE] == OPEN ? "OPEN" : s[STATE] == BROKEN ? "BROKEN" : "TRIPPING(" + (s[STATE] - 1) + ")");
        text.append(" entries=");
        for (int t = 0; t < threads; t++) {
            text.append(s[ENTRIES + t] == 0 ? "-" : "" + (s[ENTRIES + t] - 1));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return parties + " parties, " + super.toString();
    }
}
