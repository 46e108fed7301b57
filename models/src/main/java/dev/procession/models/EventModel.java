package dev.procession.models;

import static dev.procession.models.StepKind.RECHECK;
import static dev.procession.models.StepKind.RUN;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The event: one word that counts, odd = set. set() makes it odd, clear() even, each by one CAS; who waits passes where
 * the word is odd or is not what it was at entry, so a clear() that follows at once takes nothing away.
 *
 * <pre>
 * ENTER   reads the word; odd: passes        ENQUEUE own bit          RETRY  reads again: odd or changed: passes
 * SLEEP   until rung                         WOKEN   as RETRY         LEAVE  own bit away
 * SET     CAS even -> odd                    READ    the bitmap       RING   each of it, one after the other
 * CLEAR   CAS odd -> even
 * </pre>
 */
final class EventModel extends ProcessModel {
    enum Mutation {
        SLEEP_WITHOUT_RETRY,
        RETRY_BEFORE_BIT,
        READ_BEFORE_SET,
        RING_ONE,
        PASS_ONLY_IF_ODD
    }

    private enum Pc {
        IDLE,
        ENTER,
        ENQUEUE,
        RETRY,
        SLEEP,
        LEAVE,
        SET,
        READ,
        RING,
        CLEAR
    }

    private static final int WORD = OWN;

    private final Set<Mutation> mutations;

    EventModel(Bounds bounds, Mutation... mutations) {
        super(bounds, 1);
        this.mutations = Set.of(mutations);
    }

    static List<Case> cases() {
        return List.of(
                Case.quick("event", new EventModel(quiet())),
                Case.quick(
                        "event",
                        new EventModel(Bounds.threads(0, 0, 1).rounds(1, 1, 3).timeouts(1))),
                Case.quick("event", new EventModel(deadly())),
                Case.thorough(
                        "event",
                        new EventModel(Bounds.threads(0, 1, 2).rounds(2, 2, 2).timeouts(1))),
                Case.thorough(
                        "event",
                        new EventModel(
                                Bounds.threads(0, 0, 1, 2).rounds(1, 1, 1, 2).timeouts(1))),
                Case.thorough(
                        "event",
                        new EventModel(Bounds.threads(0, 1, 2)
                                .rounds(2, 2, 2)
                                .crashes(1)
                                .reuses(1)
                                .losses(1)
                                .recheck(Bounds.Recheck.EVERYTHING))),
                Case.mutation("event", "sleeps without looking again", quiet(Mutation.SLEEP_WITHOUT_RETRY)),
                Case.mutation("event", "looks again before its bit is set", quiet(Mutation.RETRY_BEFORE_BIT)),
                Case.mutation("event", "set() reads the bitmap before the store", quiet(Mutation.READ_BEFORE_SET)),
                Case.mutation("event", "set() rings one of many", quiet(Mutation.RING_ONE)),
                Case.mutation("event", "passes only where it is still set", quiet(Mutation.PASS_ONLY_IF_ODD)),
                Case.mutation(
                        "event",
                        "no recheck, and the setter dies before it rings",
                        new EventModel(Bounds.threads(0, 1).crashes(1))),
                Case.mutation(
                        "event",
                        "no recheck, and a ring gets lost",
                        new EventModel(Bounds.threads(0, 1).losses(1))));
    }

    private static Bounds quiet() {
        return Bounds.threads(0, 1, 2).rounds(1, 1, 2);
    }

    private static EventModel quiet(Mutation mutation) {
        return new EventModel(quiet(), mutation);
    }

    private static Bounds deadly() {
        return Bounds.threads(0, 1, 2).rounds(1, 1, 2).crashes(2).recheck(Bounds.Recheck.EVERYTHING);
    }

    private boolean on(Mutation mutation) {
        return mutations.contains(mutation);
    }

    private boolean passes(byte[] s, int t) {
        return (s[WORD] & 1) != 0 || (s[WORD] != s[thread(t) + A] && !on(Mutation.PASS_ONLY_IF_ODD));
    }

    @Override
    void run(byte[] s, int t, Steps out) {
        int at = thread(t);
        byte[] n = out.copy();
        switch (Pc.values()[s[at + PC]]) {
            case IDLE -> {
                if (mayBegin(s, t, out)) {
                    for (Pc first : List.of(Pc.ENTER, on(Mutation.READ_BEFORE_SET) ? Pc.READ : Pc.SET, Pc.CLEAR)) {
                        n = out.copy();
                        n[at + ROUNDS]--;
                        go(n, t, first);
                        out.add(RUN, t + 1, "begins " + first, n);
                    }
                }
            }
            case ENTER -> {
                n[at + A] = s[WORD];
                if ((s[WORD] & 1) != 0) {
                    idle(n, t);
                } else {
                    go(n, t, on(Mutation.RETRY_BEFORE_BIT) ? Pc.RETRY : Pc.ENQUEUE);
                }
                out.add(RUN, t + 1, "ENTER: reads the word", n);
            }
            case ENQUEUE -> {
                enqueue(n, t);
                boolean sleeps = on(Mutation.RETRY_BEFORE_BIT) || on(Mutation.SLEEP_WITHOUT_RETRY);
                go(n, t, sleeps ? Pc.SLEEP : Pc.RETRY);
                out.add(RUN, t + 1, "ENQUEUE: own bit set", n);
            }
            case RETRY -> {
                boolean sleeps = on(Mutation.RETRY_BEFORE_BIT) && s[at + QUEUED] == 0;
                go(n, t, passes(s, t) ? Pc.LEAVE : sleeps ? Pc.ENQUEUE : Pc.SLEEP);
                out.add(RUN, t + 1, passes(s, t) ? "RETRY: passes" : "RETRY: not yet", n);
            }
            case SLEEP -> {
                if (s[at + UNPARKED] != 0) {
                    n[at + UNPARKED] = 0;
                    go(n, t, Pc.RETRY);
                    out.add(RUN, t + 1, "SLEEP: rung", n);
                } else if (bounds.recheck == Bounds.Recheck.EVERYTHING && passes(s, t)) {
                    go(n, t, Pc.LEAVE);
                    out.add(RECHECK, t + 1, "SLEEP: looks again, passes", n);
                }
                n = out.copy();
                go(n, t, Pc.LEAVE);
                timeout(s, t, n, out);
            }
            case LEAVE -> {
                unqueue(n, t);
                idle(n, t);
                out.add(RUN, t + 1, "LEAVE: own bit away", n);
            }
            case SET -> {
                if ((s[WORD] & 1) != 0) {
                    idle(n, t);
                    out.add(RUN, t + 1, "SET: is set already", n);
                } else {
                    n[WORD]++;
                    go(n, t, on(Mutation.READ_BEFORE_SET) ? Pc.RING : Pc.READ);
                    if (on(Mutation.READ_BEFORE_SET) && s[at + A] == 0) {
                        idle(n, t);
                    }
                    out.add(RUN, t + 1, "SET: CAS even -> odd", n);
                }
            }
            case READ -> {
                n[at + A] = s[BITMAP];
                if (on(Mutation.READ_BEFORE_SET)) {
                    go(n, t, Pc.SET);
                } else if (s[BITMAP] == 0) {
                    idle(n, t);
                } else {
                    go(n, t, Pc.RING);
                }
                out.add(RUN, t + 1, "READ: the bitmap", n);
            }
            case RING -> {
                int target = Integer.numberOfTrailingZeros(s[at + A]);
                n[at + A] &= (byte) (s[at + A] - 1);
                if (n[at + A] == 0 || on(Mutation.RING_ONE)) {
                    idle(n, t);
                }
                ring(s, t, target, n, out);
            }
            case CLEAR -> {
                n[WORD] += (byte) (s[WORD] & 1);
                idle(n, t);
                out.add(RUN, t + 1, "CLEAR: CAS odd -> even", n);
            }
        }
    }

    @Override
    public @Nullable String broken(byte[] s) {
        return null;
    }

    /** Who sleeps may only sleep on where nothing was set since it came. */
    @Override
    public boolean finished(byte[] s) {
        for (int t = 0; t < threads; t++) {
            boolean rightlyAsleep = at(s, t, Pc.SLEEP) && (s[WORD] & 1) == 0 && s[WORD] == s[thread(t) + A];
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
        return Pc.values()[pc].name();
    }

    @Override
    String words(byte[] s) {
        return "word=" + s[WORD];
    }
}
