package dev.procession.models;

import static dev.procession.models.StepKind.RECHECK;
import static dev.procession.models.StepKind.RUN;
import static dev.procession.models.StepKind.TIMEOUT;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The condition, as consumers and producers use it: tokens under a lock; a consumer awaits while there is none, a
 * producer adds one and signals one. A signal is lost where a living consumer sleeps for ever beside a token.
 *
 * <p>The lock is taken for granted here (one step; a dead owner is found by a recheck); {@link LockModel} is about it.
 * Each waiter has one word in shared memory: WAITING, then by one CAS SIGNALLED or TIMED_OUT (interrupts alike).
 *
 * <pre>
 * LOCK      takes the lock                 CHECK    a token: takes it; none: awaits      PUT   adds a token
 * REGISTER  own word = WAITING             RELEASE  the lock, then RING
 * LOOK      at own word once more          WAIT     until it is SIGNALLED
 * RELOCK    takes the lock again           FORGET   own word = 0
 * CHOOSE    a word that is WAITING         SIGNAL   CAS WAITING -> SIGNALLED; where it fails, chooses again
 * UNLOCK    frees the lock                 RING     one of the SIGNALLED that still sleep
 * ALL       after a takeover: whatever the dead owner had in mind, everybody is signalled
 * PASS      who rechecks finds SIGNALLED in a dead one's word: takes the lock, signals the next, then CLEARs that word
 * </pre>
 */
final class ConditionModel extends ProcessModel {
    enum Mutation {
        REGISTER_AFTER_RELEASE,
        SIGNAL_STORES,
        TIMEOUT_AFTER_SIGNAL,
        NOTHING_PASSED_ON,
        TAKEOVER_SIGNALS_NOBODY,
        WAITERS_IGNORE_DEAD_OWNER,
        RING_ONLY_AT_SIGNAL
    }

    private enum Pc {
        IDLE,
        LOCK,
        CHECK,
        PUT,
        REGISTER,
        RELEASE,
        LOOK,
        WAIT,
        RELOCK,
        FORGET,
        CHOOSE,
        SIGNAL,
        UNLOCK,
        RING,
        ALL,
        PASS,
        PASS_CHOOSE,
        PASS_SIGNAL,
        CLEAR;

        static final Pc[] VALUES = values();
    }

    private static final int WAITING = 1;
    private static final int SIGNALLED = 2;
    private static final int TIMED_OUT = 3;

    private static final int OWNER = OWN;
    private static final int TOKENS = OWN + 1;
    private static final int WORDS = OWN + 2;

    /** The chosen waiter, counted from 1; with ALL, where to go then. */
    private static final int CHOSEN = A;
    /** The dead one whose signal is passed on, counted from 1. Where it is not 0, RING leads to LOOK and WAIT. */
    private static final int DEAD = B;
    /** 1 in an await that has ended by time. */
    private static final int NEXT = C;

    private final boolean[] producer;
    private final Set<Mutation> mutations;

    /** @param producers the first threads produce, the others consume */
    ConditionModel(Bounds bounds, int producers, Mutation... mutations) {
        super(bounds, 2 + bounds.processOf.length);
        this.producer = new boolean[threads];
        for (int t = 0; t < producers; t++) {
            producer[t] = true;
        }
        this.mutations = Set.of(mutations);
    }

    static List<Case> cases() {
        String name = "condition";
        return List.of(
                Case.quick(name, new ConditionModel(quiet(), 1)),
                Case.quick(name, new ConditionModel(deadly(), 1)),
                Case.thorough(name, new ConditionModel(four(), 2)),
                Case.thorough(name, new ConditionModel(deadly().crashes(2).timeouts(2), 1)),
                mutation("registers after it released the lock", quiet(), Mutation.REGISTER_AFTER_RELEASE),
                mutation("signal() stores instead of CAS", quiet(), Mutation.SIGNAL_STORES),
                mutation("time or interrupt wins over an earlier signal", quiet(), Mutation.TIMEOUT_AFTER_SIGNAL),
                mutation("only signal() itself rings, and one", quiet(), Mutation.RING_ONLY_AT_SIGNAL),
                mutation("a dead one's signal is not passed on", deadly(), Mutation.NOTHING_PASSED_ON),
                mutation("waiters do not look whether the owner is dead", deadly(), Mutation.WAITERS_IGNORE_DEAD_OWNER),
                Case.thoroughMutation(
                        name,
                        "takeover signals nobody",
                        new ConditionModel(four(), 2, Mutation.TAKEOVER_SIGNALS_NOBODY)));
    }

    private static Bounds quiet() {
        return Bounds.threads(0, 1, 2).rounds(2, 1, 1).timeouts(1);
    }

    private static Bounds deadly() {
        return Bounds.threads(0, 1, 2).rounds(2, 1, 1).crashes(1).timeouts(1).recheck(Bounds.Recheck.EVERYTHING);
    }

    private static Bounds four() {
        return Bounds.threads(0, 1, 2, 3).crashes(1).recheck(Bounds.Recheck.EVERYTHING);
    }

    private static Case mutation(String what, Bounds bounds, Mutation mutation) {
        return Case.mutation("condition", what, new ConditionModel(bounds, 1, mutation));
    }

    private boolean on(Mutation mutation) {
        return mutations.contains(mutation);
    }

    private boolean dead(byte[] s, int t) {
        return s[thread(t) + PC] == GONE;
    }

    private boolean rechecks() {
        return bounds.recheck == Bounds.Recheck.EVERYTHING;
    }

    /** Takes the lock where it is free; from a dead owner with ALL before anything else. */
    private void lock(byte[] s, int t, Pc next, Steps out) {
        byte[] n = out.copy();
        n[OWNER] = (byte) (t + 1);
        if (s[OWNER] == 0) {
            go(n, t, next);
            out.add(RUN, t + 1, "takes the lock", n);
        } else if (rechecks() && dead(s, s[OWNER] - 1)) {
            if (on(Mutation.TAKEOVER_SIGNALS_NOBODY)) {
                go(n, t, next);
            } else {
                n[thread(t) + CHOSEN] = number(next);
                go(n, t, Pc.ALL);
            }
            out.add(RECHECK, t + 1, "takes the lock over from a dead one", n);
        }
    }

    @Override
    void run(byte[] s, int t, Steps out) {
        int at = thread(t);
        int word = WORDS + t;
        byte[] n = out.copy();
        Pc pc = Pc.VALUES[s[at + PC]];
        switch (pc) {
            case IDLE -> {
                if (mayBegin(s, t, out)) {
                    n[at + ROUNDS]--;
                    go(n, t, Pc.LOCK);
                    out.add(RUN, t + 1, "begins", n);
                }
            }
            case LOCK -> lock(s, t, producer[t] ? Pc.PUT : Pc.CHECK, out);
            case PUT -> {
                n[TOKENS]++;
                go(n, t, Pc.CHOOSE);
                out.add(RUN, t + 1, "PUT: one token more", n);
            }
            case CHECK -> {
                if (s[TOKENS] > 0) {
                    n[TOKENS]--;
                    go(n, t, Pc.UNLOCK);
                } else {
                    go(n, t, on(Mutation.REGISTER_AFTER_RELEASE) ? Pc.RELEASE : Pc.REGISTER);
                }
                out.add(RUN, t + 1, s[TOKENS] > 0 ? "CHECK: takes a token" : "CHECK: none, awaits", n);
            }
            case REGISTER -> {
                n[word] = WAITING;
                go(n, t, on(Mutation.REGISTER_AFTER_RELEASE) ? Pc.LOOK : Pc.RELEASE);
                out.add(RUN, t + 1, "REGISTER: own word = WAITING", n);
            }
            case RELEASE -> {
                n[OWNER] = 0;
                if (on(Mutation.REGISTER_AFTER_RELEASE)) {
                    go(n, t, Pc.REGISTER);
                } else if (on(Mutation.RING_ONLY_AT_SIGNAL)) {
                    go(n, t, Pc.LOOK);
                } else {
                    n[at + DEAD] = (byte) (threads + 1);
                    go(n, t, Pc.RING);
                }
                out.add(RUN, t + 1, "RELEASE: frees the lock", n);
            }
            case LOOK -> {
                boolean signalled = s[word] == SIGNALLED;
                go(n, t, signalled ? Pc.RELOCK : Pc.WAIT);
                out.add(RUN, t + 1, signalled ? "LOOK: is signalled" : "LOOK: parks", n);
            }
            case WAIT -> await(s, t, out);
            case RELOCK -> lock(s, t, Pc.FORGET, out);
            case FORGET -> {
                n[word] = 0;
                go(n, t, s[at + NEXT] != 0 ? Pc.UNLOCK : Pc.CHECK);
                out.add(RUN, t + 1, "FORGET: own word = 0", n);
            }
            case CHOOSE, PASS_CHOOSE -> {
                boolean any = false;
                for (int other = 0; other < threads; other++) {
                    if (s[WORDS + other] == WAITING) {
                        any = true;
                        n = out.copy();
                        n[at + CHOSEN] = (byte) (other + 1);
                        go(n, t, pc == Pc.CHOOSE ? Pc.SIGNAL : Pc.PASS_SIGNAL);
                        out.add(RUN, t + 1, "CHOOSE: one that is WAITING", n);
                    }
                }
                if (!any) {
                    go(n, t, pc == Pc.CHOOSE ? Pc.UNLOCK : Pc.CLEAR);
                    out.add(RUN, t + 1, "CHOOSE: nobody waits", n);
                }
            }
            case SIGNAL, PASS_SIGNAL -> {
                int chosen = WORDS + s[at + CHOSEN] - 1;
                boolean done = s[chosen] == WAITING || on(Mutation.SIGNAL_STORES);
                if (done) {
                    n[chosen] = SIGNALLED;
                }
                if (pc == Pc.SIGNAL) {
                    go(n, t, done ? Pc.UNLOCK : Pc.CHOOSE);
                } else {
                    go(n, t, done ? Pc.CLEAR : Pc.PASS_CHOOSE);
                }
                if (pc == Pc.PASS_SIGNAL || !done) {
                    n[at + CHOSEN] = 0;
                }
                out.add(RUN, t + 1, "SIGNAL: CAS WAITING -> SIGNALLED", n);
            }
            case ALL -> {
                for (int other = 0; other < threads; other++) {
                    if (s[WORDS + other] == WAITING) {
                        n[WORDS + other] = SIGNALLED;
                        out.add(RUN, t + 1, "ALL: one more is signalled", n);
                        return;
                    }
                }
                n[at + PC] = s[at + CHOSEN];
                n[at + CHOSEN] = 0;
                out.add(RUN, t + 1, "ALL: nobody left", n);
            }
            case UNLOCK -> {
                n[OWNER] = 0;
                if (!on(Mutation.RING_ONLY_AT_SIGNAL) || s[at + CHOSEN] != 0) {
                    go(n, t, Pc.RING);
                } else {
                    idle(n, t);
                }
                out.add(RUN, t + 1, "UNLOCK", n);
            }
            case RING -> {
                boolean any = false;
                for (int other = 0; other < threads; other++) {
                    if (sleepsSignalled(s, other)) {
                        any = true;
                        n = out.copy();
                        n[thread(other) + UNPARKED] = 1;
                        end(s, n, t);
                        out.add(RUN, t + 1, "RING: one that is SIGNALLED", n);
                    }
                }
                if (!any) {
                    end(s, n, t);
                    out.add(RUN, t + 1, "RING: nobody", n);
                }
            }
            case PASS -> lock(s, t, Pc.PASS_CHOOSE, out);
            case CLEAR -> {
                n[WORDS + s[at + DEAD] - 1] = 0;
                go(n, t, Pc.UNLOCK);
                out.add(RUN, t + 1, "CLEAR: the dead one's word = 0", n);
            }
        }
    }

    private boolean sleepsSignalled(byte[] s, int t) {
        return at(s, t, Pc.WAIT) && s[WORDS + t] == SIGNALLED;
    }

    private void end(byte[] s, byte[] n, int t) {
        if (s[thread(t) + DEAD] != 0) {
            n[thread(t) + DEAD] = 0;
            go(n, t, Pc.LOOK);
        } else {
            idle(n, t);
        }
    }

    private void await(byte[] s, int t, Steps out) {
        int at = thread(t);
        byte[] n = out.copy();
        boolean signalled = s[WORDS + t] == SIGNALLED;
        if (s[at + UNPARKED] != 0) {
            n[at + UNPARKED] = 0;
            if (signalled) {
                go(n, t, Pc.RELOCK);
            }
            out.add(RUN, t + 1, "WAIT: rung", n);
        } else if (rechecks()) {
            recheck(s, t, signalled, out);
        }
        if (s[TIMEOUTS] > 0 && (!signalled || on(Mutation.TIMEOUT_AFTER_SIGNAL))) {
            n = out.copy();
            n[TIMEOUTS]--;
            n[WORDS + t] = TIMED_OUT;
            n[at + NEXT] = 1;
            n[at + UNPARKED] = 0;
            go(n, t, Pc.RELOCK);
            out.add(TIMEOUT, t + 1, "WAIT: CAS WAITING -> TIMED_OUT", n);
        }
    }

    private void recheck(byte[] s, int t, boolean signalled, Steps out) {
        byte[] n = out.copy();
        if (signalled) {
            go(n, t, Pc.RELOCK);
            out.add(RECHECK, t + 1, "WAIT: looks again, is signalled", n);
            return;
        }
        if (s[OWNER] != 0 && dead(s, s[OWNER] - 1) && !on(Mutation.WAITERS_IGNORE_DEAD_OWNER)) {
            // await() returns with the lock and says that its owner died.
            lock(s, t, Pc.FORGET, out);
            return;
        }
        for (int other = 0; other < threads && !on(Mutation.NOTHING_PASSED_ON); other++) {
            if (dead(s, other) && s[WORDS + other] == SIGNALLED) {
                n[thread(t) + DEAD] = (byte) (other + 1);
                go(n, t, Pc.PASS);
                out.add(RECHECK, t + 1, "WAIT: looks again, a dead one is signalled", n);
                return;
            }
        }
    }

    @Override
    public @Nullable String broken(byte[] s) {
        return null;
    }

    @Override
    public boolean finished(byte[] s) {
        for (int t = 0; t < threads; t++) {
            boolean rightlyAsleep = at(s, t, Pc.WAIT) && s[WORDS + t] == WAITING && s[TOKENS] == 0;
            if (s[thread(t) + PC] >= 0 && !rightlyAsleep) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean unparksAll() {
        return false;
    }

    @Override
    String place(int pc) {
        return Pc.VALUES[pc].name();
    }

    @Override
    String words(byte[] s) {
        StringBuilder text = new StringBuilder("owner=" + s[OWNER] + " tokens=" + s[TOKENS] + " words=");
        for (int t = 0; t < threads; t++) {
            text.append("-WST".charAt(s[WORDS + t]));
        }
        return text.toString();
    }
}
