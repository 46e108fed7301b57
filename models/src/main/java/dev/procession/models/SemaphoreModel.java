package dev.procession.models;

import static dev.procession.models.StepKind.RECHECK;
import static dev.procession.models.StepKind.RUN;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The counting semaphore without leases: one word {@code count | WAITERS | MANY}. A permit that a dead process had is
 * gone: that is what "counting" means; nothing else may get lost.
 *
 * <pre>
 * TRY     CAS count -> count - k where there are as many
 * WIDE    k > 1: CAS in MANY, which is never cleared: one ring may go to one that still cannot take
 * ENQUEUE own bit            FLAG   CAS in WAITERS                           RETRY  as TRY, the last one before the sleep
 * SLEEP   until rung; then RETRY again
 * UNQUEUE own bit away       MAP    bitmap empty?                             CLEAR  CAS WAITERS away
 * REREAD  still empty?       RESET  CAS WAITERS back
 * CHAIN   permits and WAITERS left: rings the next
 * RELEASE CAS count -> count + k; WAITERS: READ one of the bitmap, or with MANY all; RING
 * LEAVE   time is over: own bit away        PASS   permits and WAITERS: rings the next
 * </pre>
 */
final class SemaphoreModel extends ProcessModel {
    enum Mutation {
        SLEEP_WITHOUT_RETRY,
        FLAG_BEFORE_BIT,
        RING_BEFORE_RELEASE,
        NO_CHAIN,
        NO_CHAIN_AFTER_RESET,
        NO_REREAD,
        LEAVE_PASSES_NOTHING,
        NO_MANY,
        MANY_AFTER_BIT,
        MANY_READ_FIRST
    }

    private enum Pc {
        IDLE,
        TRY,
        WIDE,
        ENQUEUE,
        FLAG,
        RETRY,
        SLEEP,
        UNQUEUE,
        MAP,
        CLEAR,
        REREAD,
        RESET,
        CHAIN,
        RELEASE,
        READ,
        CHOOSE,
        RING,
        LEAVE,
        PASS;

        static final Pc[] ALL = values();
    }

    private static final int WAITERS = 1;
    private static final int MANY = 2;

    private static final int COUNT = OWN;
    private static final int FLAGS = OWN + 1;
    /** Who is to be rung. */
    private static final int MASK = A;
    /** Permits held. */
    private static final int HELD = C;

    private final int permits;
    private final int[] needs;
    private final Set<Mutation> mutations;

    /** @param needs how many permits each thread takes at once */
    SemaphoreModel(Bounds bounds, int permits, int[] needs, Mutation... mutations) {
        super(bounds, 2);
        this.permits = permits;
        this.needs = needs;
        this.mutations = Set.of(mutations);
    }

    static List<Case> cases() {
        String name = "semaphore";
        int[] ones = {1, 1, 1, 1};
        return List.of(
                Case.quick(name, new SemaphoreModel(three(), 1, ones)),
                Case.quick(name, new SemaphoreModel(three(), 2, ones)),
                Case.quick(name, new SemaphoreModel(three(), 2, new int[] {1, 2, 1})),
                Case.quick(name, new SemaphoreModel(Bounds.threads(0, 0, 1).timeouts(1), 1, ones)),
                Case.quick(
                        name,
                        new SemaphoreModel(
                                Bounds.threads(0, 1, 2).crashes(2).losses(1).recheck(Bounds.Recheck.EVERYTHING),
                                2,
                                ones)),
                Case.thorough(
                        name,
                        new SemaphoreModel(
                                Bounds.threads(0, 1, 2).rounds(2, 2, 2).timeouts(1), 2, ones)),
                Case.thorough(name, new SemaphoreModel(four(), 2, ones)),
                Case.thorough(name, new SemaphoreModel(four(), 2, new int[] {1, 2, 1, 2})),
                mutation("sleeps without a last try", 1, ones, Mutation.SLEEP_WITHOUT_RETRY),
                mutation("WAITERS, try, and only then the bit", 1, ones, Mutation.FLAG_BEFORE_BIT),
                mutation("ring before the releasing CAS", 1, ones, Mutation.RING_BEFORE_RELEASE),
                Case.mutation(
                        name,
                        "no chain: who takes does not ring the next",
                        new SemaphoreModel(four(), 2, ones, Mutation.NO_CHAIN)),
                mutation("bitmap not read again after WAITERS was cleared", 1, ones, Mutation.NO_REREAD),
                mutation("permits not looked at after WAITERS was set back", 2, ones, Mutation.NO_CHAIN_AFTER_RESET),
                mutation("who leaves passes no ring on", 1, ones, Mutation.LEAVE_PASSES_NOTHING),
                mixed("one is rung though some want two", Mutation.NO_MANY),
                mixed("MANY is set after the bit", Mutation.MANY_AFTER_BIT),
                mixed("MANY is read before the bitmap", Mutation.MANY_READ_FIRST));
    }

    private static Case mutation(String what, int permits, int[] needs, Mutation mutation) {
        return Case.mutation("semaphore", what, new SemaphoreModel(three(), permits, needs, mutation));
    }

    private static Case mixed(String what, Mutation mutation) {
        return Case.thoroughMutation(
                "semaphore", what, new SemaphoreModel(four(), 2, new int[] {1, 2, 1, 2}, mutation));
    }

    private static Bounds three() {
        return Bounds.threads(0, 1, 2).rounds(1, 1, 2).timeouts(1);
    }

    private static Bounds four() {
        return Bounds.threads(0, 1, 2, 3);
    }

    private boolean on(Mutation mutation) {
        return mutations.contains(mutation);
    }

    private boolean takeable(byte[] s, int t) {
        return s[COUNT] >= needs[t];
    }

    private void take(byte[] n, int t) {
        n[COUNT] -= (byte) needs[t];
        n[thread(t) + HELD] = (byte) needs[t];
        go(n, t, n[thread(t) + QUEUED] != 0 ? Pc.UNQUEUE : Pc.RELEASE);
    }

    /** After rings and the like: on with what is held, or the round is over. */
    private void proceed(byte[] n, int t) {
        n[thread(t) + MASK] = 0;
        if (on(Mutation.MANY_READ_FIRST)) {
            n[thread(t) + B] = 0;
        }
        if (n[thread(t) + HELD] != 0) {
            go(n, t, Pc.RELEASE);
        } else {
            idle(n, t);
        }
    }

    private void read(byte[] n, int t) {
        if (on(Mutation.MANY_READ_FIRST)) {
            n[thread(t) + B] = (byte) (n[FLAGS] & MANY);
        }
        go(n, t, Pc.READ);
    }

    @Override
    void run(byte[] s, int t, Steps out) {
        int at = thread(t);
        boolean waiters = (s[FLAGS] & WAITERS) != 0;
        byte[] n = out.copy();
        switch (Pc.ALL[s[at + PC]]) {
            case IDLE -> {
                if (mayBegin(s, t, out)) {
                    n[at + ROUNDS]--;
                    go(n, t, Pc.TRY);
                    out.add(RUN, t + 1, "begins to acquire", n);
                }
            }
            case TRY -> {
                if (takeable(s, t)) {
                    take(n, t);
                } else {
                    boolean wide = needs[t] > 1 && (s[FLAGS] & MANY) == 0;
                    go(n, t, on(Mutation.FLAG_BEFORE_BIT) ? Pc.FLAG : wide ? Pc.WIDE : Pc.ENQUEUE);
                }
                out.add(RUN, t + 1, takeable(s, t) ? "TRY: takes" : "TRY: not enough", n);
            }
            case WIDE -> {
                if (!on(Mutation.MANY_AFTER_BIT)) {
                    n[FLAGS] |= MANY;
                }
                go(n, t, Pc.ENQUEUE);
                out.add(RUN, t + 1, "WIDE: CAS in MANY", n);
            }
            case ENQUEUE -> {
                enqueue(n, t);
                go(n, t, on(Mutation.FLAG_BEFORE_BIT) ? Pc.SLEEP : Pc.FLAG);
                out.add(RUN, t + 1, "ENQUEUE: own bit set", n);
            }
            case FLAG -> {
                n[FLAGS] |= (byte) (needs[t] > 1 && on(Mutation.MANY_AFTER_BIT) ? WAITERS | MANY : WAITERS);
                go(n, t, on(Mutation.SLEEP_WITHOUT_RETRY) ? Pc.SLEEP : Pc.RETRY);
                out.add(RUN, t + 1, "FLAG: CAS in WAITERS", n);
            }
            case RETRY -> {
                if (takeable(s, t)) {
                    take(n, t);
                } else {
                    go(n, t, on(Mutation.FLAG_BEFORE_BIT) && s[at + QUEUED] == 0 ? Pc.ENQUEUE : Pc.SLEEP);
                }
                out.add(RUN, t + 1, takeable(s, t) ? "RETRY: takes" : "RETRY: not enough", n);
            }
            case SLEEP -> sleep(s, t, out);
            case UNQUEUE -> {
                unqueue(n, t);
                go(n, t, Pc.MAP);
                out.add(RUN, t + 1, "UNQUEUE: own bit away", n);
            }
            case MAP -> {
                go(n, t, s[BITMAP] == 0 ? Pc.CLEAR : Pc.CHAIN);
                out.add(RUN, t + 1, s[BITMAP] == 0 ? "MAP: empty" : "MAP: not empty", n);
            }
            case CLEAR -> {
                n[FLAGS] &= ~WAITERS;
                go(n, t, on(Mutation.NO_REREAD) ? Pc.RELEASE : Pc.REREAD);
                out.add(RUN, t + 1, "CLEAR: CAS WAITERS away", n);
            }
            case REREAD -> {
                go(n, t, s[BITMAP] == 0 ? Pc.RELEASE : Pc.RESET);
                out.add(RUN, t + 1, s[BITMAP] == 0 ? "REREAD: still empty" : "REREAD: not empty", n);
            }
            case RESET -> {
                n[FLAGS] |= WAITERS;
                go(n, t, on(Mutation.NO_CHAIN_AFTER_RESET) ? Pc.RELEASE : Pc.CHAIN);
                out.add(RUN, t + 1, "RESET: CAS WAITERS back", n);
            }
            case CHAIN, PASS -> {
                boolean quiet = on(at(s, t, Pc.CHAIN) ? Mutation.NO_CHAIN : Mutation.LEAVE_PASSES_NOTHING);
                if (s[COUNT] > 0 && waiters && !quiet) {
                    read(n, t);
                } else {
                    proceed(n, t);
                }
                out.add(RUN, t + 1, "CHAIN or PASS: looks for permits and WAITERS", n);
            }
            case RELEASE -> {
                if (s[at + B] == 0) {
                    byte[] keeps = out.copy();
                    keeps[at + PC] = DONE;
                    keeps[at + ROUNDS] = 0;
                    out.add(RUN, t + 1, "keeps its permits for good", keeps);
                }
                if (on(Mutation.RING_BEFORE_RELEASE) && waiters && s[at + B] == 0) {
                    n[at + B] = 1;
                    read(n, t);
                    out.add(RUN, t + 1, "RELEASE: rings first", n);
                } else {
                    n[COUNT] += s[at + HELD];
                    n[at + HELD] = 0;
                    n[at + B] = 0;
                    if (waiters && !on(Mutation.RING_BEFORE_RELEASE)) {
                        read(n, t);
                    } else {
                        idle(n, t);
                    }
                    out.add(RUN, t + 1, "RELEASE: CAS count + k", n);
                }
            }
            case READ -> {
                n[at + MASK] = s[BITMAP];
                if (s[BITMAP] == 0) {
                    proceed(n, t);
                } else {
                    go(n, t, Pc.CHOOSE);
                }
                out.add(RUN, t + 1, "READ: the bitmap", n);
            }
            case CHOOSE -> {
                // After the bitmap: whoever's bit was seen had set MANY before, if it needs it.
                boolean all = on(Mutation.MANY_READ_FIRST) ? s[at + B] != 0 : (s[FLAGS] & MANY) != 0;
                go(n, t, Pc.RING);
                if (all && !on(Mutation.NO_MANY)) {
                    out.add(RUN, t + 1, "CHOOSE: all", n);
                } else {
                    for (int p = 0; p < processes; p++) {
                        if ((s[at + MASK] & 1 << p) != 0) {
                            n = out.copy();
                            n[at + MASK] = (byte) (1 << p);
                            go(n, t, Pc.RING);
                            out.add(RUN, t + 1, "CHOOSE: one", n);
                        }
                    }
                }
            }
            case RING -> {
                int target = Integer.numberOfTrailingZeros(s[at + MASK]);
                n[at + MASK] &= (byte) (s[at + MASK] - 1);
                if (n[at + MASK] == 0) {
                    proceed(n, t);
                }
                ring(s, t, target, n, out);
            }
            case LEAVE -> {
                unqueue(n, t);
                go(n, t, Pc.PASS);
                out.add(RUN, t + 1, "LEAVE: own bit away", n);
            }
        }
    }

    private void sleep(byte[] s, int t, Steps out) {
        byte[] n = out.copy();
        if (s[thread(t) + UNPARKED] != 0) {
            n[thread(t) + UNPARKED] = 0;
            go(n, t, Pc.RETRY);
            out.add(RUN, t + 1, "SLEEP: rung", n);
        } else if (bounds.recheck == Bounds.Recheck.EVERYTHING && takeable(s, t)) {
            go(n, t, Pc.RETRY);
            out.add(RECHECK, t + 1, "SLEEP: looks again, enough", n);
        }
        n = out.copy();
        go(n, t, Pc.LEAVE);
        timeout(s, t, n, out);
    }

    @Override
    public @Nullable String broken(byte[] s) {
        int held = 0;
        for (int t = 0; t < threads; t++) {
            held += s[thread(t) + HELD];
        }
        return s[COUNT] < 0 || s[COUNT] + held > permits
                ? "more permits than there are"
                : bounds.crashes == 0 && s[COUNT] + held < permits ? "a permit is lost" : null;
    }

    /** Others may keep their permits for ever, or take them away by dying; so one may wait, but not beside free permits. */
    @Override
    public boolean finished(byte[] s) {
        for (int t = 0; t < threads; t++) {
            boolean rightlyAsleep = at(s, t, Pc.SLEEP) && !takeable(s, t);
            if (s[thread(t) + PC] >= 0 && !rightlyAsleep) {
                return false;
            }
        }
        return true;
    }

    @Override
    public byte[] initial() {
        byte[] s = super.initial();
        s[COUNT] = (byte) permits;
        return s;
    }

    /** With MANY all threads of a process look; else one. Where needs differ, one that fails would keep the ring. */
    @Override
    boolean unparksAll() {
        for (int need : needs) {
            if (need > 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    String place(int pc) {
        return Pc.ALL[pc].name();
    }

    @Override
    String words(byte[] s) {
        return "count=" + s[COUNT] + ((s[FLAGS] & WAITERS) != 0 ? " W" : "") + ((s[FLAGS] & MANY) != 0 ? " M" : "");
    }

    @Override
    public String toString() {
        return permits + " permits, " + super.toString();
    }
}
