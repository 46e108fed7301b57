package dev.procession.models;

import static dev.procession.models.StepKind.RECHECK;
import static dev.procession.models.StepKind.RUN;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The joinable queue: two robust locks, two counters that only grow, a lease for each item, and a bell for consumers that
 * sleep, of which one ring is under way at a time. The locks are taken for granted here (one step; a dead owner is found by a
 * recheck); {@link LockModel} is about them. An item is where it lies: the first one put is the first one taken.
 *
 * <pre>
 * put:  P_LOCK; WRITE the item behind TAIL; COMMIT TAIL + 1; P_UNLOCK; LOOK at the bitmap; CLAIM the ring; RING
 * take: C_LOOK: nothing there -> ENQUEUE (own bit), C_LOOK, SLEEP, ANNOUNCE (the ring has come), C_LOOK ...
 *       C_LOCK; READ; COUNT OUT + 1; LEASE; TAKE HEAD + 1; or for an orphan: REDELIVER, the lease alone; C_UNLOCK
 *       LEAVE (own bit away), CLEAR (no ring is under way), LEFT (is there more?), CLAIM, RING
 * done: D_LOCK; DONE: the lease; UNCOUNT OUT - 1; D_UNLOCK
 * taking over the head's lock: REPAIR: leases at HEAD and behind it are void; RECOUNT OUT
 * </pre>
 */
final class QueueModel extends ProcessModel {
    enum Mutation {
        COMMIT_BEFORE_WRITE,
        TAKE_BEFORE_LEASE,
        COUNT_AFTER_TAKE,
        NO_REPAIR,
        UNCOUNT_BEFORE_DONE,
        LEASE_WITHOUT_GEN,
        LOOK_BEFORE_COMMIT,
        NO_RING_ON,
        RING_STAYS_CLAIMED,
        PUT_WITHOUT_LOCK
    }

    private enum Pc {
        IDLE,
        P_LOCK,
        EARLY_LOOK,
        WRITE,
        COMMIT,
        P_UNLOCK,
        LOOK,
        CLAIM,
        RING,
        LOOK_AGAIN,
        RING_AGAIN,
        C_LOOK,
        ENQUEUE,
        SLEEP,
        ANNOUNCE,
        C_LOCK,
        REPAIR,
        RECOUNT,
        READ,
        COUNT,
        LEASE,
        TAKE,
        REDELIVER,
        C_UNLOCK,
        C_UNLOCK_EMPTY,
        LEAVE,
        CLEAR,
        LEFT,
        D_LOCK,
        DONE,
        UNCOUNT,
        D_UNLOCK;

        static final Pc[] VALUES = values();
    }

    private static final int TAIL_OWNER = OWN;
    private static final int HEAD_OWNER = OWN + 1;
    private static final int TAIL = OWN + 2;
    private static final int HEAD = OWN + 3;
    private static final int RUNG = OWN + 4;
    private static final int OUT = OWN + 5;
    /** A bit for each item that is whole. */
    private static final int WRITTEN = OWN + 6;

    private static final int TORN = OWN + 7;
    private static final int LEASES = OWN + 8;

    private static final byte FINISHED = -1;

    /** The item that a thread has, + 1. */
    private static final int ITEM = A;
    /** What a thread saw; for a producer without lock, where it writes. */
    private static final int SEEN = B;
    /** Where a thread goes on after it has the head's lock. */
    private static final int THEN = C;

    private final boolean[] produces;
    private final int items;
    private final Set<Mutation> mutations;

    QueueModel(Bounds bounds, boolean[] produces, Mutation... mutations) {
        super(bounds, 8 + items(bounds, produces));
        this.produces = produces;
        this.items = items(bounds, produces);
        this.mutations = Set.of(mutations);
    }

    /** How many items can be put, with what successors of dead processes put. */
    private static int items(Bounds bounds, boolean[] produces) {
        int items = 0;
        for (int t = 0; t < produces.length; t++) {
            items += produces[t] ? bounds.rounds[t] : 0;
        }
        return items + bounds.reuses;
    }

    static List<Case> cases() {
        String name = "queue";
        return List.of(
                Case.quick(name, new QueueModel(quiet(), ONE_PRODUCER)),
                Case.quick(name, new QueueModel(Bounds.threads(0, 1, 2).timeouts(1), TWO_PRODUCERS)),
                Case.quick(name, new QueueModel(deadly(), ONE_PRODUCER)),
                Case.quick(name, new QueueModel(deadly(), TWO_PRODUCERS)),
                Case.thorough(
                        name, new QueueModel(deadly().rounds(2, 2, 2).crashes(2).reuses(1), ONE_PRODUCER)),
                Case.thorough(
                        name,
                        new QueueModel(
                                Bounds.threads(0, 1, 2, 2).rounds(2, 1, 1, 1).timeouts(1), ONE_PRODUCER_OF_FOUR)),
                mutation("item written after the commit", quiet(), ONE_PRODUCER, Mutation.COMMIT_BEFORE_WRITE),
                mutation("taken before the lease", deadly(), ONE_PRODUCER, Mutation.TAKE_BEFORE_LEASE),
                mutation("counted as out after the take", quiet(), ONE_PRODUCER, Mutation.COUNT_AFTER_TAKE),
                mutation("no repair", deadly(), ONE_PRODUCER, Mutation.NO_REPAIR),
                mutation("counted as done before it is", quiet(), ONE_PRODUCER, Mutation.UNCOUNT_BEFORE_DONE),
                mutation("lease without generation", deadly().reuses(1), ONE_PRODUCER, Mutation.LEASE_WITHOUT_GEN),
                mutation("bitmap read before the commit", quiet(), ONE_PRODUCER, Mutation.LOOK_BEFORE_COMMIT),
                mutation("who leaves does not ring on", quiet(), ONE_PRODUCER, Mutation.NO_RING_ON),
                mutation("the ring stays claimed", quiet(), ONE_PRODUCER, Mutation.RING_STAYS_CLAIMED),
                mutation("put without the lock", quiet(), TWO_PRODUCERS, Mutation.PUT_WITHOUT_LOCK));
    }

    private static final boolean[] ONE_PRODUCER = {true, false, false};
    private static final boolean[] TWO_PRODUCERS = {true, true, false};
    private static final boolean[] ONE_PRODUCER_OF_FOUR = {true, false, false, false};

    private static Bounds quiet() {
        return Bounds.threads(0, 1, 2).rounds(2, 1, 1).timeouts(1);
    }

    private static Bounds deadly() {
        return Bounds.threads(0, 1, 2).rounds(2, 1, 1).crashes(1).recheck(Bounds.Recheck.EVERYTHING);
    }

    private static Case mutation(String what, Bounds bounds, boolean[] produces, Mutation mutation) {
        return Case.mutation("queue", what, new QueueModel(bounds, produces, mutation));
    }

    private boolean on(Mutation mutation) {
        return mutations.contains(mutation);
    }

    private byte self(byte[] s, int t) {
        int p = bounds.processOf[t];
        int gen = on(Mutation.LEASE_WITHOUT_GEN) ? 0 : s[process(p) + LIFE] / 2;
        return (byte) (1 + p + gen * processes);
    }

    private boolean dead(byte[] s, int owner) {
        int p = (owner - 1) % processes;
        int gen = (owner - 1) / processes;
        return on(Mutation.LEASE_WITHOUT_GEN) ? !alive(s, p) : s[process(p) + LIFE] != gen * 2;
    }

    private int orphan(byte[] s) {
        for (int item = 0; item < s[HEAD]; item++) {
            if (s[LEASES + item] > 0 && dead(s, s[LEASES + item])) {
                return item;
            }
        }
        return -1;
    }

    private boolean ready(byte[] s) {
        return s[HEAD] < s[TAIL] || orphan(s) >= 0;
    }

    private void lock(byte[] s, int t, int word, Pc next, Steps out) {
        byte[] n = out.copy();
        int p = bounds.processOf[t];
        n[word] = (byte) (1 + p + s[process(p) + LIFE] / 2 * processes);
        if (s[word] == 0) {
            go(n, t, next);
            out.add(RUN, t + 1, "takes the lock", n);
        } else if (bounds.recheck == Bounds.Recheck.EVERYTHING && ownerDead(s, s[word])) {
            if (word == HEAD_OWNER && !on(Mutation.NO_REPAIR)) {
                n[thread(t) + THEN] = number(next);
                go(n, t, Pc.REPAIR);
            } else {
                go(n, t, next);
            }
            out.add(RECHECK, t + 1, "takes the lock over from a dead one", n);
        }
    }

    private boolean ownerDead(byte[] s, int owner) {
        return s[process((owner - 1) % processes) + LIFE] != (owner - 1) / processes * 2;
    }

    /** After the ring, or without one: a consumer with an item works on it, everybody else is done. */
    private void goOn(byte[] n, int t) {
        if (n[thread(t) + ITEM] != 0) {
            go(n, t, Pc.D_LOCK);
        } else {
            idle(n, t);
        }
    }

    @Override
    void run(byte[] s, int t, Steps out) {
        int at = thread(t);
        byte[] n = out.copy();
        Pc pc = Pc.VALUES[s[at + PC]];
        switch (pc) {
            case IDLE -> {
                if (mayBegin(s, t, out)) {
                    n[at + ROUNDS]--;
                    go(n, t, produces[t] ? (on(Mutation.PUT_WITHOUT_LOCK) ? Pc.WRITE : Pc.P_LOCK) : Pc.C_LOOK);
                    out.add(RUN, t + 1, "begins", n);
                }
            }
            case P_LOCK -> lock(s, t, TAIL_OWNER, on(Mutation.LOOK_BEFORE_COMMIT) ? Pc.EARLY_LOOK : put(0), out);
            case EARLY_LOOK -> {
                n[at + SEEN] = (byte) (s[BITMAP] != 0 ? 1 : 0);
                go(n, t, Pc.WRITE);
                out.add(RUN, t + 1, "EARLY_LOOK", n);
            }
            case WRITE -> {
                int place = on(Mutation.COMMIT_BEFORE_WRITE) ? s[TAIL] - 1 : s[TAIL];
                n[WRITTEN] |= (byte) (1 << place);
                n[at + THEN] = (byte) place;
                go(n, t, on(Mutation.COMMIT_BEFORE_WRITE) ? Pc.P_UNLOCK : Pc.COMMIT);
                out.add(RUN, t + 1, "WRITE", n);
            }
            case COMMIT -> {
                n[TAIL] = (byte) (on(Mutation.PUT_WITHOUT_LOCK) ? s[at + THEN] + 1 : s[TAIL] + 1);
                if (on(Mutation.PUT_WITHOUT_LOCK) && s[TAIL] != s[at + THEN]) {
                    n[TORN] = 1; // two wrote to one place
                }
                n[at + THEN] = 0;
                go(n, t, on(Mutation.COMMIT_BEFORE_WRITE) ? Pc.WRITE : Pc.P_UNLOCK);
                out.add(RUN, t + 1, "COMMIT: TAIL + 1", n);
            }
            case P_UNLOCK -> {
                n[at + THEN] = 0;
                if (!on(Mutation.PUT_WITHOUT_LOCK)) {
                    n[TAIL_OWNER] = 0;
                }
                go(n, t, Pc.LOOK);
                out.add(RUN, t + 1, "P_UNLOCK", n);
            }
            case LOOK -> {
                boolean sleepers = on(Mutation.LOOK_BEFORE_COMMIT) ? s[at + SEEN] != 0 : s[BITMAP] != 0;
                if (sleepers) {
                    go(n, t, Pc.CLAIM);
                } else {
                    goOn(n, t);
                }
                out.add(RUN, t + 1, "LOOK: " + (sleepers ? "somebody sleeps" : "nobody sleeps"), n);
            }
            case CLAIM -> {
                n[RUNG] = 1;
                if (s[RUNG] == 0) {
                    go(n, t, Pc.RING);
                } else {
                    goOn(n, t);
                }
                out.add(RUN, t + 1, s[RUNG] == 0 ? "CLAIM" : "CLAIM: a ring is under way", n);
            }
            case RING, RING_AGAIN -> ringOne(s, t, n, out, pc == Pc.RING);
            case LOOK_AGAIN -> {
                if (s[BITMAP] != 0 && ready(s)) {
                    go(n, t, Pc.RING_AGAIN);
                } else {
                    goOn(n, t);
                }
                out.add(RUN, t + 1, "LOOK_AGAIN", n);
            }
            default -> consume(s, t, pc, n, out);
        }
    }

    private Pc put(int step) {
        return on(Mutation.COMMIT_BEFORE_WRITE) && step == 0 ? Pc.COMMIT : Pc.WRITE;
    }

    private void ringOne(byte[] s, int t, byte[] n, Steps out, boolean claimed) {
        if (s[BITMAP] == 0) {
            if (claimed) {
                n[RUNG] = 0;
                go(n, t, Pc.LOOK_AGAIN);
            } else {
                goOn(n, t);
            }
            out.add(RUN, t + 1, "RING: nobody is there any more", n);
            return;
        }
        for (int p = 0; p < processes; p++) {
            if ((s[BITMAP] >> p & 1) != 0) {
                byte[] rung = out.copy();
                goOn(rung, t);
                ring(s, t, p, rung, out);
            }
        }
    }

    private void consume(byte[] s, int t, Pc pc, byte[] n, Steps out) {
        int at = thread(t);
        switch (pc) {
            case C_LOOK -> {
                boolean ready = ready(s);
                go(n, t, ready ? Pc.C_LOCK : s[at + QUEUED] != 0 ? Pc.SLEEP : Pc.ENQUEUE);
                out.add(RUN, t + 1, ready ? "C_LOOK: something" : "C_LOOK: nothing", n);
            }
            case ENQUEUE -> {
                enqueue(n, t);
                go(n, t, Pc.C_LOOK);
                out.add(RUN, t + 1, "ENQUEUE: own bit set", n);
            }
            case SLEEP -> {
                if (s[at + UNPARKED] != 0) {
                    n[at + UNPARKED] = 0;
                    go(n, t, on(Mutation.RING_STAYS_CLAIMED) ? Pc.C_LOOK : Pc.ANNOUNCE);
                    out.add(RUN, t + 1, "SLEEP: rung", n);
                } else if (bounds.recheck == Bounds.Recheck.EVERYTHING && ready(s)) {
                    go(n, t, Pc.ANNOUNCE);
                    out.add(RECHECK, t + 1, "SLEEP: looks again", n);
                }
                byte[] late = out.copy();
                go(late, t, Pc.LEAVE);
                timeout(s, t, late, out);
            }
            case ANNOUNCE -> {
                n[RUNG] = 0;
                go(n, t, Pc.C_LOOK);
                out.add(RUN, t + 1, "ANNOUNCE", n);
            }
            case C_LOCK -> lock(s, t, HEAD_OWNER, Pc.READ, out);
            case D_LOCK -> lock(s, t, HEAD_OWNER, on(Mutation.UNCOUNT_BEFORE_DONE) ? Pc.UNCOUNT : Pc.DONE, out);
            case REPAIR -> {
                for (int item = s[HEAD]; item < items; item++) {
                    n[LEASES + item] = 0;
                }
                go(n, t, Pc.RECOUNT);
                out.add(RUN, t + 1, "REPAIR: no lease from HEAD on", n);
            }
            case RECOUNT -> {
                n[OUT] = (byte) leased(s);
                go(n, t, Pc.VALUES[s[at + THEN]]);
                n[at + THEN] = 0;
                out.add(RUN, t + 1, "RECOUNT", n);
            }
            case READ -> {
                if (orphan(s) >= 0) {
                    go(n, t, Pc.REDELIVER);
                } else if (s[HEAD] < s[TAIL]) {
                    n[TORN] |= (byte) ((s[WRITTEN] >> s[HEAD] & 1) ^ 1);
                    go(n, t, on(Mutation.COUNT_AFTER_TAKE) ? Pc.LEASE : Pc.COUNT);
                } else {
                    go(n, t, Pc.C_UNLOCK_EMPTY);
                }
                out.add(RUN, t + 1, "READ", n);
            }
            case COUNT -> {
                n[OUT]++;
                go(n, t, on(Mutation.COUNT_AFTER_TAKE) ? Pc.C_UNLOCK : leaseOrTake(true));
                out.add(RUN, t + 1, "COUNT: OUT + 1", n);
            }
            case LEASE -> {
                int item = on(Mutation.TAKE_BEFORE_LEASE) ? s[HEAD] - 1 : s[HEAD];
                n[LEASES + item] = self(s, t);
                n[at + ITEM] = (byte) (item + 1);
                go(n, t, on(Mutation.TAKE_BEFORE_LEASE) ? Pc.C_UNLOCK : Pc.TAKE);
                out.add(RUN, t + 1, "LEASE", n);
            }
            case TAKE -> {
                n[HEAD]++;
                go(
                        n,
                        t,
                        on(Mutation.TAKE_BEFORE_LEASE)
                                ? Pc.LEASE
                                : on(Mutation.COUNT_AFTER_TAKE) ? Pc.COUNT : Pc.C_UNLOCK);
                out.add(RUN, t + 1, "TAKE: HEAD + 1", n);
            }
            case REDELIVER -> {
                int item = orphan(s);
                n[LEASES + item] = self(s, t);
                n[at + ITEM] = (byte) (item + 1);
                go(n, t, Pc.C_UNLOCK);
                out.add(RUN, t + 1, "REDELIVER", n);
            }
            case C_UNLOCK -> {
                n[HEAD_OWNER] = 0;
                go(n, t, s[at + QUEUED] != 0 ? Pc.LEAVE : Pc.D_LOCK);
                out.add(RUN, t + 1, "C_UNLOCK", n);
            }
            case C_UNLOCK_EMPTY -> {
                n[HEAD_OWNER] = 0;
                go(n, t, Pc.C_LOOK);
                out.add(RUN, t + 1, "C_UNLOCK_EMPTY", n);
            }
            case LEAVE -> {
                unqueue(n, t);
                go(n, t, Pc.CLEAR);
                out.add(RUN, t + 1, "LEAVE: own bit away", n);
            }
            case CLEAR -> {
                if (!on(Mutation.RING_STAYS_CLAIMED)) {
                    n[RUNG] = 0;
                }
                if (on(Mutation.NO_RING_ON)) {
                    goOn(n, t);
                } else {
                    go(n, t, Pc.LEFT);
                }
                out.add(RUN, t + 1, "CLEAR", n);
            }
            case LEFT -> {
                boolean more = s[BITMAP] != 0 && ready(s);
                if (more) {
                    go(n, t, Pc.CLAIM);
                } else {
                    goOn(n, t);
                }
                out.add(RUN, t + 1, more ? "LEFT: there is more" : "LEFT", n);
            }
            case DONE -> {
                n[LEASES + s[at + ITEM] - 1] = FINISHED;
                go(n, t, on(Mutation.UNCOUNT_BEFORE_DONE) ? Pc.D_UNLOCK : Pc.UNCOUNT);
                out.add(RUN, t + 1, "DONE", n);
            }
            case UNCOUNT -> {
                n[OUT]--;
                go(n, t, on(Mutation.UNCOUNT_BEFORE_DONE) ? Pc.DONE : Pc.D_UNLOCK);
                out.add(RUN, t + 1, "UNCOUNT: OUT - 1", n);
            }
            case D_UNLOCK -> {
                n[HEAD_OWNER] = 0;
                idle(n, t);
                out.add(RUN, t + 1, "D_UNLOCK", n);
            }
            default -> throw new IllegalStateException("no consumer is there: " + pc);
        }
    }

    private Pc leaseOrTake(boolean first) {
        return on(Mutation.TAKE_BEFORE_LEASE) == first ? Pc.TAKE : Pc.LEASE;
    }

    /** How many items were taken and are not done. */
    private static int leased(byte[] s) {
        int leased = 0;
        for (int item = 0; item < s[HEAD]; item++) {
            leased += s[LEASES + item] != FINISHED ? 1 : 0;
        }
        return leased;
    }

    @Override
    public @Nullable String broken(byte[] s) {
        if (s[TORN] != 0) {
            return "an item was taken that is not whole";
        }
        if (s[HEAD] == s[TAIL] && s[OUT] == 0 && leased(s) != 0) {
            return "join() would end while an item is in work";
        }
        if (s[HEAD_OWNER] == 0) {
            for (int item = 0; item < items; item++) {
                if (item < s[HEAD] && s[LEASES + item] == 0) {
                    return "item " + item + " is lost";
                }
                if (item >= s[HEAD] && s[LEASES + item] != 0) {
                    return "item " + item + " is leased and in the queue";
                }
            }
            if (s[OUT] != leased(s)) {
                return "the count of items in work is wrong";
            }
        }
        for (int t = 0; t < threads; t++) {
            for (int other = 0; other < t; other++) {
                if (s[thread(t) + ITEM] != 0
                        && s[thread(t) + ITEM] == s[thread(other) + ITEM]
                        && s[LEASES + s[thread(t) + ITEM] - 1] != FINISHED) {
                    return "two living ones have one item";
                }
            }
        }
        return null;
    }

    /** Who sleeps may do so only while there is nothing to take. */
    @Override
    public boolean finished(byte[] s) {
        for (int t = 0; t < threads; t++) {
            boolean rightlyAsleep = at(s, t, Pc.SLEEP) && !ready(s);
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
        StringBuilder text = new StringBuilder("tail=" + s[TAIL] + " head=" + s[HEAD] + " out=" + s[OUT] + " rung="
                + s[RUNG] + " owners=" + s[TAIL_OWNER] + "," + s[HEAD_OWNER] + " leases=");
        for (int item = 0; item < items; item++) {
            text.append(s[LEASES + item]).append(' ');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        int producers = 0;
        for (boolean produce : produces) {
            producers += produce ? 1 : 0;
        }
        return producers + " of them put, " + super.toString();
    }
}
