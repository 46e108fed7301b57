package dev.procession.models;

import static dev.procession.models.StepKind.CRASH;
import static dev.procession.models.StepKind.RECHECK;
import static dev.procession.models.StepKind.RUN;

import dev.procession.models.Bounds.Recheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The robust lock word, with its bitmap of waiting processes, doorbells, and local queues of threads.
 *
 * <p>Each thread may lock and unlock some times, or stop for good before each time; so nobody can rely on a neighbour
 * that comes by and rings. The guarded data is one bit, "half-written": who finds it set without being told
 * INCONSISTENT has found a hole in the protocol. Steps (one shared access each; labels in the traces):
 *
 * <pre>
 * FAST     CAS 0 -> me
 * YOUNG    tries again and again; after 1 ms it is starved and sets HANDOFF
 * ENQUEUE  local queue, own bit            FLAG   CAS in WAITERS         RETRY  the last try before the sleep
 * SLEEP    until rung; rechecks            WOKEN  tries; sets HANDOFF and clears RUNG where it fails
 * PROBED   the owner was seen dead: CAS exactly that word -> me | INCONSISTENT | WAITERS (set, not kept: the dead one may
 *          just have cleared it)
 * UNQUEUE  own bit away (if the last one)  MAP    bitmap empty?          CLEAR  WAITERS away
 * REREAD   bitmap still empty?             RESET  WAITERS back
 * ENTER    repairs if INCONSISTENT, else writes the first half; CONSISTENT clears the flag; SECOND writes the other half
 * UNLOCK   CAS me -> 0, or me | f -> free | f                            MARK   CAS in RUNG (where that is a CAS of its own)
 * PICK     one of the bitmap               RING   8 bytes to its socket
 * LEAVE    time is over: own bit away      PASS   free with waiters: ring the next
 * </pre>
 */
final class LockModel extends ProcessModel {
    /** When RUNG is set and cleared. */
    enum Rung {
        /** By the unlocking CAS where it is not set; only takers out of the queue clear it, bargers keep it. */
        KEPT_BY_BARGERS,
        /** By the unlocking CAS itself; every taker clears it. So it never spares a ring. */
        CLEARED_BY_EVERY_TAKER,
        /** There is no such flag; every unlock with WAITERS rings. */
        NONE,
        /** By a CAS of its own after the unlock; every taker clears it. Wrong: it can mark the word of a later owner. */
        AFTER_RELEASE
    }

    /** One essential thing left out, or in the wrong order. */
    enum Mutation {
        SLEEP_WITHOUT_RETRY,
        FLAG_BEFORE_BIT,
        NO_REREAD,
        RING_BEFORE_RELEASE,
        LEAVE_LOOKS_BEFORE_BIT,
        LEAVE_PASSES_NOTHING,
        TAKEOVER_BLIND,
        TAKEOVER_KEEPS_WAITERS,
        TAKEOVER_TELLS_NOTHING,
        RUNG_KEPT_BY_TAKERS,
        RUNG_KEPT_BY_WOKEN,
        RUNG_KEPT_BY_LEAVERS,
        RUNG_KEPT_WHERE_NOBODY_WAITS,
        YOUNG_MAY_SLEEP,
        OWNER_WITHOUT_GEN,
        UNLOCK_STORES_ZERO
    }

    private static final int WAITERS = 1;
    private static final int HANDOFF = 2;
    private static final int INCONSISTENT = 4;
    private static final int RUNG = 8;

    private static final int OWNER = OWN;
    private static final int FLAGS = OWN + 1;
    private static final int HALF = OWN + 2;
    /** The thread's own knowledge that it waited long enough. */
    private static final int STARVED = C;

    private enum Pc {
        IDLE,
        FAST,
        YOUNG,
        ENQUEUE,
        FLAG,
        RETRY,
        SLEEP,
        WOKEN,
        PROBED,
        UNQUEUE,
        MAP,
        CLEAR,
        REREAD,
        RESET,
        ENTER,
        CONSISTENT,
        SECOND,
        UNLOCK,
        MARK,
        PICK,
        RING,
        UNMARK,
        REPICK,
        LEAVE,
        PASS;

        static final Pc[] ALL = values();

        boolean holds() {
            return compareTo(UNQUEUE) >= 0 && compareTo(UNLOCK) <= 0;
        }
    }

    private final Rung rung;
    private final Set<Mutation> mutations;

    LockModel(Bounds bounds, Rung rung, Mutation... mutations) {
        super(bounds, 3);
        this.rung = rung;
        this.mutations = Set.of(mutations);
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Rung rung : List.of(Rung.KEPT_BY_BARGERS, Rung.NONE)) {
            String name = "lock, RUNG " + rung;
            cases.add(Case.quick(name, new LockModel(TWO, rung)));
            cases.add(Case.quick(name, new LockModel(THREE, rung)));
            cases.add(Case.quick(name, new LockModel(DEADLY, rung)));
            cases.add(Case.quick(name, new LockModel(REUSED, rung)));
            cases.add(Case.quick(name, new LockModel(INSIDE, rung)));
            Bounds threads = Bounds.threads(0, 0, 1).timeouts(1).threadDeaths(1).tries();
            cases.add(Case.quick(name, new LockModel(threads.recheck(Recheck.EVERYTHING), rung)));
            cases.add(Case.thorough(
                    name, new LockModel(Bounds.threads(0, 1, 2).rounds(2, 2, 2).timeouts(1), rung)));
            cases.add(Case.thorough(
                    name,
                    new LockModel(Bounds.threads(0, 0, 1, 2).rounds(1, 1, 1, 1).timeouts(1), rung)));
            cases.add(Case.thorough(
                    name,
                    new LockModel(
                            Bounds.threads(0, 1, 2)
                                    .crashes(2)
                                    .reuses(1)
                                    .timeouts(1)
                                    .losses(1)
                                    .tries()
                                    .recheck(Recheck.EVERYTHING),
                            rung)));
        }
        cases.add(Case.quick(
                "lock, RUNG " + Rung.CLEARED_BY_EVERY_TAKER, new LockModel(THREE, Rung.CLEARED_BY_EVERY_TAKER)));
        cases.add(mutation("RUNG by a CAS after the unlock", TWO, Rung.AFTER_RELEASE));
        cases.add(mutation("sleeps without a last try", TWO, Mutation.SLEEP_WITHOUT_RETRY));
        cases.add(mutation("WAITERS, try, and only then the bit", TWO, Mutation.FLAG_BEFORE_BIT));
        cases.add(mutation("bitmap not read again after WAITERS was cleared", TWO, Mutation.NO_REREAD));
        cases.add(mutation("ring before the unlocking CAS", TWO, Mutation.RING_BEFORE_RELEASE));
        cases.add(mutation(
                "who leaves looks at the word before its bit is away", THREE, Mutation.LEAVE_LOOKS_BEFORE_BIT));
        cases.add(mutation("who leaves passes no ring on", THREE, Mutation.LEAVE_PASSES_NOTHING));
        cases.add(mutation("takeover by a store", DEADLY, Mutation.TAKEOVER_BLIND));
        cases.add(mutation(
                "takeover keeps WAITERS as it is, instead of setting it", INSIDE, Mutation.TAKEOVER_KEEPS_WAITERS));
        cases.add(mutation("takeover without INCONSISTENT", DEADLY, Mutation.TAKEOVER_TELLS_NOTHING));
        cases.add(mutation("RUNG not cleared by takers", TWO, Mutation.RUNG_KEPT_BY_TAKERS));
        cases.add(mutation("RUNG not cleared by a woken one that fails", TWO, Mutation.RUNG_KEPT_BY_WOKEN));
        cases.add(mutation("RUNG not cleared by who leaves", THREE, Mutation.RUNG_KEPT_BY_LEAVERS));
        cases.add(mutation("RUNG not cleared where nobody waits", THREE, Mutation.RUNG_KEPT_WHERE_NOBODY_WAITS));
        cases.add(mutation("who is in the bitmap may be not starved", TWO, Mutation.YOUNG_MAY_SLEEP));
        cases.add(mutation("owner without generation", REUSED, Mutation.OWNER_WITHOUT_GEN));
        cases.add(mutation("unlock stores 0", TWO, Mutation.UNLOCK_STORES_ZERO));
        return cases;
    }

    private static final Bounds TWO = Bounds.threads(0, 1).rounds(2, 2).tries();
    private static final Bounds THREE =
            Bounds.threads(0, 1, 2).rounds(1, 1, 2).timeouts(1).tries();
    private static final Bounds DEADLY = Bounds.threads(0, 1, 2).crashes(2).recheck(Recheck.EVERYTHING);
    private static final Bounds REUSED =
            Bounds.threads(0, 1).rounds(2, 2).crashes(1).reuses(1).recheck(Recheck.EVERYTHING);
    private static final Bounds INSIDE =
            Bounds.threads(0, 1, 2).rounds(1, 1, 2).crashes(1).recheck(Recheck.DEAD_OWNER);

    private static Case mutation(String what, Bounds bounds, Mutation mutation) {
        return Case.mutation("lock", what, new LockModel(bounds, Rung.KEPT_BY_BARGERS, mutation));
    }

    private static Case mutation(String what, Bounds bounds, Rung rung) {
        return Case.mutation("lock", what, new LockModel(bounds, rung));
    }

    private static Pc pc(byte[] s, int at) {
        return Pc.ALL[s[at + PC]];
    }

    private boolean on(Mutation mutation) {
        return mutations.contains(mutation);
    }

    /** What thread t's process writes into the word: slot and gen. */
    private int me(byte[] s, int t) {
        int p = bounds.processOf[t];
        int gen = on(Mutation.OWNER_WITHOUT_GEN) ? 0 : s[process(p) + LIFE] / 2;
        return 1 + p + gen * processes;
    }

    private boolean ownerDead(byte[] s) {
        if (s[OWNER] == 0) {
            return false;
        }
        int p = (s[OWNER] - 1) % processes;
        int gen = (s[OWNER] - 1) / processes;
        if (on(Mutation.OWNER_WITHOUT_GEN)) {
            gen = s[process(p) + LIFE] / 2;
        }
        return !alive(s, p) || s[process(p) + LIFE] / 2 != gen;
    }

    private boolean takeable(byte[] s, int t) {
        return s[OWNER] == 0 && ((s[FLAGS] & HANDOFF) == 0 || s[thread(t) + STARVED] != 0);
    }

    /** CAS free | f -> me | f', and where a waiter goes from there. */
    private void take(byte[] s, int t, boolean fromQueue) {
        s[OWNER] = (byte) me(s, t);
        s[FLAGS] &= ~HANDOFF;
        if (!on(Mutation.RUNG_KEPT_BY_TAKERS) && (fromQueue || rung != Rung.KEPT_BY_BARGERS)) {
            s[FLAGS] &= ~RUNG;
        }
        go(s, t, s[thread(t) + QUEUED] != 0 ? Pc.UNQUEUE : (s[FLAGS] & WAITERS) != 0 ? Pc.MAP : Pc.ENTER);
    }

    @Override
    boolean mortal(byte[] s, int p) {
        boolean mortal = bounds.recheck != Recheck.DEAD_OWNER;
        for (int t = 0; t < threads; t++) {
            if (bounds.processOf[t] == p && s[thread(t) + PC] >= 0) {
                Pc pc = pc(s, thread(t));
                mortal |= pc.holds() && pc != Pc.UNQUEUE;
            }
        }
        return mortal;
    }

    @Override
    void run(byte[] s, int t, Steps out) {
        int at = thread(t);
        byte[] n = out.copy();
        endOfThread(s, t, out);
        switch (pc(s, at)) {
            case IDLE -> {
                if (mayBegin(s, t, out)) {
                    n = out.copy();
                    n[at + ROUNDS]--;
                    go(n, t, Pc.FAST);
                    out.add(RUN, t + 1, "begins to lock", n);
                    if (bounds.tries && s[OWNER] == 0) {
                        n = out.copy();
                        n[at + ROUNDS]--;
                        take(n, t, false);
                        out.add(RUN, t + 1, "tryLock: CAS free|f -> me", n);
                    }
                }
            }
            case FAST -> {
                if (s[OWNER] == 0 && s[FLAGS] == 0) {
                    n[OWNER] = (byte) me(s, t);
                    go(n, t, Pc.ENTER);
                    out.add(RUN, t + 1, "FAST: CAS 0 -> me", n);
                } else {
                    go(n, t, Pc.YOUNG);
                    out.add(RUN, t + 1, "FAST: fails", n);
                }
            }
            case YOUNG -> {
                if (takeable(s, t)) {
                    take(n, t, false);
                    out.add(RUN, t + 1, "YOUNG: CAS free|f -> me|f'", n);
                } else {
                    if (on(Mutation.YOUNG_MAY_SLEEP)) {
                        go(n, t, Pc.ENQUEUE);
                        out.add(RUN, t + 1, "YOUNG: goes to sleep at once", n);
                        n = out.copy();
                    }
                    n[at + STARVED] = 1;
                    if (s[OWNER] != 0) {
                        n[FLAGS] |= HANDOFF;
                    }
                    go(n, t, on(Mutation.FLAG_BEFORE_BIT) ? Pc.FLAG : Pc.ENQUEUE);
                    out.add(RUN, t + 1, "YOUNG: 1 ms is over: CAS in HANDOFF", n);
                    leave(s, t, out);
                }
            }
            case ENQUEUE -> {
                enqueue(n, t);
                go(n, t, on(Mutation.FLAG_BEFORE_BIT) ? Pc.RETRY : Pc.FLAG);
                out.add(RUN, t + 1, "ENQUEUE: own bit set", n);
            }
            case FLAG -> {
                n[FLAGS] |= WAITERS;
                go(
                        n,
                        t,
                        on(Mutation.FLAG_BEFORE_BIT)
                                ? Pc.ENQUEUE
                                : on(Mutation.SLEEP_WITHOUT_RETRY) ? Pc.SLEEP : Pc.RETRY);
                out.add(RUN, t + 1, "FLAG: CAS in WAITERS", n);
            }
            case RETRY -> {
                if (takeable(s, t)) {
                    take(n, t, true);
                    out.add(RUN, t + 1, "RETRY: CAS free|f -> me|f'", n);
                } else {
                    go(n, t, Pc.SLEEP);
                    out.add(RUN, t + 1, "RETRY: fails, parks", n);
                }
            }
            case SLEEP -> sleep(s, t, out);
            case WOKEN -> {
                if (takeable(s, t)) {
                    take(n, t, true);
                    out.add(RUN, t + 1, "WOKEN: CAS free|f -> me|f'", n);
                } else {
                    if (s[OWNER] != 0) {
                        n[FLAGS] |= HANDOFF;
                        if (!on(Mutation.RUNG_KEPT_BY_WOKEN)) {
                            n[FLAGS] &= ~RUNG;
                        }
                    }
                    go(n, t, Pc.SLEEP);
                    out.add(RUN, t + 1, "WOKEN: fails, CAS in HANDOFF, RUNG away", n);
                }
            }
            case PROBED -> {
                boolean same = s[OWNER] == s[at + A] && s[FLAGS] == s[at + B];
                n[at + A] = 0;
                n[at + B] = 0;
                if (same || on(Mutation.TAKEOVER_BLIND)) {
                    n[OWNER] = (byte) me(s, t);
                    int waiters = on(Mutation.TAKEOVER_KEEPS_WAITERS) ? s[FLAGS] & WAITERS : WAITERS;
                    n[FLAGS] = (byte) (waiters | (on(Mutation.TAKEOVER_TELLS_NOTHING) ? 0 : INCONSISTENT));
                    go(n, t, Pc.UNQUEUE);
                    out.add(RUN, t + 1, "PROBED: CAS dead|f -> me|INCONSISTENT|WAITERS", n);
                } else {
                    go(n, t, Pc.SLEEP);
                    out.add(RUN, t + 1, "PROBED: CAS fails", n);
                }
            }
            case UNQUEUE -> {
                unqueue(n, t);
                go(n, t, (s[FLAGS] & WAITERS) != 0 ? Pc.MAP : Pc.ENTER);
                out.add(RUN, t + 1, "UNQUEUE: own bit away", n);
            }
            case MAP -> {
                go(n, t, s[BITMAP] == 0 ? Pc.CLEAR : Pc.ENTER);
                out.add(RUN, t + 1, s[BITMAP] == 0 ? "MAP: empty" : "MAP: not empty", n);
            }
            case CLEAR -> {
                n[FLAGS] &= ~WAITERS;
                go(n, t, on(Mutation.NO_REREAD) ? Pc.ENTER : Pc.REREAD);
                out.add(RUN, t + 1, "CLEAR: CAS WAITERS away", n);
            }
            case REREAD -> {
                go(n, t, s[BITMAP] == 0 ? Pc.ENTER : Pc.RESET);
                out.add(RUN, t + 1, s[BITMAP] == 0 ? "REREAD: still empty" : "REREAD: not empty", n);
            }
            case RESET -> {
                n[FLAGS] |= WAITERS;
                go(n, t, Pc.ENTER);
                out.add(RUN, t + 1, "RESET: CAS WAITERS back", n);
            }
            case ENTER -> {
                if ((s[FLAGS] & INCONSISTENT) != 0) {
                    n[HALF] = 0;
                    go(n, t, Pc.CONSISTENT);
                    out.add(RUN, t + 1, "ENTER: repairs", n);
                } else {
                    n[HALF] = 1;
                    go(n, t, Pc.SECOND);
                    out.add(RUN, t + 1, "ENTER: first half written", n);
                }
            }
            case CONSISTENT -> {
                n[FLAGS] &= ~INCONSISTENT;
                go(n, t, Pc.ENTER);
                out.add(RUN, t + 1, "CONSISTENT: CAS INCONSISTENT away", n);
            }
            case SECOND -> {
                n[HALF] = 0;
                go(n, t, on(Mutation.RING_BEFORE_RELEASE) && (s[FLAGS] & WAITERS) != 0 ? Pc.PICK : Pc.UNLOCK);
                out.add(RUN, t + 1, "SECOND: second half written", n);
            }
            case UNLOCK -> unlock(s, t, 0, out);
            case MARK -> {
                if ((s[FLAGS] & WAITERS) != 0 && (s[FLAGS] & RUNG) == 0) {
                    n[FLAGS] |= RUNG;
                    go(n, t, Pc.PICK);
                    out.add(RUN, t + 1, "MARK: CAS in RUNG", n);
                } else {
                    idle(n, t);
                    out.add(RUN, t + 1, "MARK: no WAITERS, or RUNG already", n);
                }
            }
            case PICK, REPICK -> pick(s, t, out);
            case RING -> {
                int target = s[at + A];
                afterRing(n, t);
                ring(s, t, target, n, out);
            }
            case UNMARK -> {
                n[FLAGS] &= ~RUNG;
                go(n, t, Pc.REPICK);
                out.add(RUN, t + 1, "UNMARK: CAS RUNG away", n);
            }
            case LEAVE -> {
                unqueue(n, t);
                if (on(Mutation.LEAVE_LOOKS_BEFORE_BIT) && s[at + A] != 0) {
                    go(n, t, Pc.PICK);
                } else if (on(Mutation.LEAVE_LOOKS_BEFORE_BIT) || on(Mutation.LEAVE_PASSES_NOTHING)) {
                    idle(n, t);
                } else {
                    go(n, t, Pc.PASS);
                }
                out.add(RUN, t + 1, "LEAVE: own bit away", n);
            }
            case PASS -> {
                boolean free = s[OWNER] == 0 && (s[FLAGS] & WAITERS) != 0;
                if (on(Mutation.LEAVE_LOOKS_BEFORE_BIT)) {
                    n[at + A] = (byte) (free ? 1 : 0);
                    go(n, t, Pc.LEAVE);
                } else if (free) {
                    go(n, t, Pc.PICK);
                } else {
                    if (!on(Mutation.RUNG_KEPT_BY_LEAVERS)) {
                        n[FLAGS] &= ~RUNG;
                    }
                    idle(n, t);
                }
                out.add(RUN, t + 1, free ? "PASS: free with WAITERS" : "PASS: nothing to pass on", n);
            }
        }
    }

    private void afterRing(byte[] n, int t) {
        if (on(Mutation.RING_BEFORE_RELEASE) && n[OWNER] == me(n, t)) {
            n[thread(t) + A] = 0;
            go(n, t, Pc.UNLOCK);
        } else {
            idle(n, t);
        }
    }

    private void sleep(byte[] s, int t, Steps out) {
        int at = thread(t);
        byte[] n = out.copy();
        if (s[at + UNPARKED] != 0) {
            n[at + UNPARKED] = 0;
            go(n, t, Pc.WOKEN);
            out.add(RUN, t + 1, "SLEEP: rung", n);
        } else if (bounds.recheck == Recheck.EVERYTHING && takeable(s, t)) {
            go(n, t, Pc.WOKEN);
            out.add(RECHECK, t + 1, "SLEEP: looks again, free", n);
        } else if (bounds.recheck != Recheck.NOTHING && ownerDead(s)) {
            n[at + A] = s[OWNER];
            n[at + B] = s[FLAGS];
            go(n, t, Pc.PROBED);
            out.add(RECHECK, t + 1, "SLEEP: looks again, probes: owner is dead", n);
        }
        leave(s, t, out);
    }

    private void leave(byte[] s, int t, Steps out) {
        byte[] n = out.copy();
        if (s[thread(t) + QUEUED] == 0) {
            idle(n, t);
        } else {
            go(n, t, on(Mutation.LEAVE_LOOKS_BEFORE_BIT) ? Pc.PASS : Pc.LEAVE);
        }
        timeout(s, t, n, out);
    }

    private void unlock(byte[] s, int t, int more, Steps out) {
        byte[] n = out.copy();
        n[OWNER] = 0;
        n[FLAGS] |= (byte) more;
        if (on(Mutation.UNLOCK_STORES_ZERO)) {
            n[FLAGS] = 0;
        }
        boolean waiters = (s[FLAGS] & WAITERS) != 0;
        boolean rung = (s[FLAGS] & RUNG) != 0;
        if (!waiters || on(Mutation.RING_BEFORE_RELEASE)) {
            idle(n, t);
        } else {
            switch (this.rung) {
                case KEPT_BY_BARGERS, CLEARED_BY_EVERY_TAKER -> {
                    n[FLAGS] |= RUNG;
                    if (rung) {
                        idle(n, t);
                    } else {
                        go(n, t, Pc.PICK);
                    }
                }
                case NONE -> go(n, t, Pc.PICK);
                case AFTER_RELEASE -> {
                    if (rung) {
                        idle(n, t);
                    } else {
                        go(n, t, Pc.MARK);
                    }
                }
            }
        }
        out.add(RUN, t + 1, "UNLOCK: CAS me|f -> free|f", n);
    }

    private void pick(byte[] s, int t, Steps out) {
        boolean any = false;
        for (int p = 0; p < processes; p++) {
            if ((s[BITMAP] & 1 << p) != 0) {
                any = true;
                byte[] n = out.copy();
                n[thread(t) + A] = (byte) p;
                go(n, t, Pc.RING);
                out.add(RUN, t + 1, "PICK: one of the bitmap", n);
            }
        }
        if (!any) {
            byte[] n = out.copy();
            if ((s[FLAGS] & RUNG) != 0 && !on(Mutation.RUNG_KEPT_WHERE_NOBODY_WAITS) && pc(s, thread(t)) == Pc.PICK) {
                go(n, t, Pc.UNMARK);
            } else {
                afterRing(n, t);
            }
            out.add(RUN, t + 1, "PICK: nobody", n);
        }
    }

    /** A thread ends in a living process; its supervisor knows what it held and waited for, and settles that. */
    private void endOfThread(byte[] s, int t, Steps out) {
        Pc pc = pc(s, thread(t));
        if (s[THREAD_DEATHS] == 0) {
            return;
        }
        byte[] n = out.copy();
        n[THREAD_DEATHS]--;
        n[thread(t) + ROUNDS] = 0;
        if (pc.holds()) {
            unqueue(n, t);
            n[FLAGS] |= INCONSISTENT;
            go(n, t, Pc.UNLOCK);
            out.add(CRASH, t + 1, "thread ends, supervisor unlocks with INCONSISTENT", n);
        } else if (s[thread(t) + QUEUED] != 0) {
            go(n, t, Pc.LEAVE);
            out.add(CRASH, t + 1, "thread ends, supervisor leaves for it", n);
        } else {
            stop(n, t);
            out.add(CRASH, t + 1, "thread ends", n);
        }
    }

    @Override
    public @Nullable String broken(byte[] s) {
        int holders = 0;
        for (int t = 0; t < threads; t++) {
            if (s[thread(t) + PC] >= 0 && pc(s, thread(t)).holds()) {
                holders++;
                if (s[OWNER] != me(s, t)) {
                    return "a holder whose word says something else";
                }
                if (pc(s, thread(t)) == Pc.ENTER && s[HALF] != 0 && (s[FLAGS] & INCONSISTENT) == 0) {
                    return "half-written data, and the holder is not told";
                }
            }
        }
        return holders > 1 ? "two living holders" : null;
    }

    @Override
    boolean unparksAll() {
        return false;
    }

    @Override
    String place(int pc) {
        return Pc.ALL[pc].name();
    }

    @Override
    String words(byte[] s) {
        return "owner=" + s[OWNER] + " flags=" + ((s[FLAGS] & WAITERS) != 0 ? "W" : "")
                + ((s[FLAGS] & HANDOFF) != 0 ? "H" : "") + ((s[FLAGS] & INCONSISTENT) != 0 ? "I" : "")
                + ((s[FLAGS] & RUNG) != 0 ? "R" : "") + (s[HALF] != 0 ? " half" : "");
    }
}
