package dev.procession.models;

import static dev.procession.models.StepKind.RECHECK;
import static dev.procession.models.StepKind.RUN;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The leased semaphore: {@code entries[slot] = gen | n} under an internal robust lock, one store each; available =
 * permits - the entries of the living. The lock is taken for granted here (one step; a dead owner is found by a
 * recheck); {@link LockModel} is about it.
 *
 * <pre>
 * LOCK     ; for a dead owner there is nothing to repair: entries are whole at every instruction
 * SUM      what the living have             STORE   entry + k = the acquire      QUEUE  not enough: own bit, still locked
 * UNLOCK   and hold                         UNLOCK_SLEEP  and SLEEP until rung, then LOCK again
 * RELOCK   SETTLE: entry - k = the release  UNLOCK_RING   BITMAP, RING all of it
 * LEAVE    time is over: own bit away
 * </pre>
 */
final class LeaseModel extends ProcessModel {
    enum Mutation {
        STORE_AFTER_UNLOCK,
        ENTRY_WITHOUT_GEN,
        DEAD_COUNT,
        BIT_AFTER_UNLOCK,
        BITMAP_BEFORE_SETTLE,
        SETTLE_WITHOUT_LOCK
    }

    private enum Pc {
        IDLE,
        LOCK,
        SUM,
        STORE,
        QUEUE,
        UNLOCK,
        UNLOCK_SLEEP,
        SLEEP,
        HOLD,
        RELOCK,
        SETTLE,
        SETTLE_PLAIN,
        UNLOCK_RING,
        BITMAP,
        RING,
        LEAVE;

        static final Pc[] VALUES = values();
    }

    private static final int OWNER = OWN;
    /** gen * 8 + n. */
    private static final int ENTRIES = OWN + 1;

    private static final int MASK = A;
    private static final int READ = B;
    private static final int HELD = C;

    private final int permits;
    private final int[] needs;
    private final Set<Mutation> mutations;

    LeaseModel(Bounds bounds, int permits, int[] needs, Mutation... mutations) {
        super(bounds, 1 + bounds.processes());
        this.permits = permits;
        this.needs = needs;
        this.mutations = Set.of(mutations);
    }

    static List<Case> cases() {
        String name = "leased semaphore";
        int[] ones = {1, 1, 1, 1};
        int[] mixed = {1, 2, 1};
        return List.of(
                Case.quick(name, new LeaseModel(quiet(), 1, ones)),
                Case.quick(name, new LeaseModel(quiet(), 2, mixed)),
                Case.quick(name, new LeaseModel(deadly(), 2, mixed)),
                Case.quick(name, new LeaseModel(together().timeouts(1), 2, mixed)),
                Case.thorough(
                        name, new LeaseModel(deadly().rounds(2, 2, 2).crashes(2).reuses(1), 2, mixed)),
                Case.thorough(
                        name,
                        new LeaseModel(
                                Bounds.threads(0, 0, 1, 2).crashes(1).reuses(1).recheck(Bounds.Recheck.EVERYTHING),
                                2,
                                new int[] {1, 1, 2, 1})),
                mutation("entry stored after the unlock", quiet(), Mutation.STORE_AFTER_UNLOCK),
                mutation("entry without generation", deadly(), Mutation.ENTRY_WITHOUT_GEN),
                mutation("entries of the dead count", deadly(), Mutation.DEAD_COUNT),
                mutation("own bit after the unlock", quiet(), Mutation.BIT_AFTER_UNLOCK),
                mutation("bitmap read before the release", quiet(), Mutation.BITMAP_BEFORE_SETTLE),
                mutation("release without the lock", together(), Mutation.SETTLE_WITHOUT_LOCK));
    }

    private static Bounds quiet() {
        return Bounds.threads(0, 1, 2).rounds(1, 1, 2).timeouts(1);
    }

    private static Bounds together() {
        return Bounds.threads(0, 0, 1).rounds(2, 1, 1);
    }

    private static Bounds deadly() {
        return Bounds.threads(0, 1, 2).crashes(2).reuses(1).recheck(Bounds.Recheck.EVERYTHING);
    }

    private static Case mutation(String what, Bounds bounds, Mutation mutation) {
        return Case.mutation("leased semaphore", what, new LeaseModel(bounds, 2, new int[] {1, 2, 1}, mutation));
    }

    private boolean on(Mutation mutation) {
        return mutations.contains(mutation);
    }

    private int gen(byte[] s, int p) {
        return on(Mutation.ENTRY_WITHOUT_GEN) ? 0 : s[process(p) + LIFE] / 2;
    }

    /** What the entry of a process is worth: that of an earlier generation nothing. */
    private int worth(byte[] s, int p) {
        boolean counts = alive(s, p) && s[ENTRIES + p] / 8 == gen(s, p);
        return counts || on(Mutation.DEAD_COUNT) ? s[ENTRIES + p] % 8 : 0;
    }

    private boolean enough(byte[] s, int t) {
        int available = permits;
        for (int p = 0; p < processes; p++) {
            available -= worth(s, p);
        }
        return available >= needs[t];
    }

    private void store(byte[] n, int t, int amount) {
        int p = bounds.processOf[t];
        n[ENTRIES + p] = (byte) (gen(n, p) * 8 + amount);
    }

    private void lock(byte[] s, int t, Pc next, Steps out) {
        byte[] n = out.copy();
        int p = bounds.processOf[t];
        n[OWNER] = (byte) (1 + p + s[process(p) + LIFE] / 2 * processes);
        go(n, t, next);
        if (s[OWNER] == 0) {
            out.add(RUN, t + 1, "takes the lock", n);
        } else if (bounds.recheck == Bounds.Recheck.EVERYTHING && ownerDead(s)) {
            out.add(RECHECK, t + 1, "takes the lock over from a dead one", n);
        }
    }

    private boolean ownerDead(byte[] s) {
        int p = (s[OWNER] - 1) % processes;
        return s[process(p) + LIFE] != (s[OWNER] - 1) / processes * 2;
    }

    @Override
    void run(byte[] s, int t, Steps out) {
        int at = thread(t);
        int p = bounds.processOf[t];
        byte[] n = out.copy();
        switch (Pc.VALUES[s[at + PC]]) {
            case IDLE -> {
                if (mayBegin(s, t, out)) {
                    n[at + ROUNDS]--;
                    go(n, t, Pc.LOCK);
                    out.add(RUN, t + 1, "begins", n);
                }
            }
            case LOCK -> lock(s, t, Pc.SUM, out);
            case SUM -> {
                if (!enough(s, t)) {
                    go(n, t, on(Mutation.BIT_AFTER_UNLOCK) ? Pc.UNLOCK_SLEEP : Pc.QUEUE);
                } else {
                    go(n, t, on(Mutation.STORE_AFTER_UNLOCK) ? Pc.UNLOCK : Pc.STORE);
                }
                out.add(RUN, t + 1, enough(s, t) ? "SUM: enough" : "SUM: not enough", n);
            }
            case STORE -> {
                store(n, t, worth(s, p) + needs[t]);
                n[at + HELD] = (byte) needs[t];
                go(n, t, on(Mutation.STORE_AFTER_UNLOCK) ? Pc.HOLD : Pc.UNLOCK);
                out.add(RUN, t + 1, "STORE: entry + k", n);
            }
            case QUEUE -> {
                enqueue(n, t);
                go(n, t, on(Mutation.BIT_AFTER_UNLOCK) ? Pc.SLEEP : Pc.UNLOCK_SLEEP);
                out.add(RUN, t + 1, "QUEUE: own bit set", n);
            }
            case UNLOCK -> {
                if (s[at + QUEUED] != 0) {
                    unqueue(n, t);
                    out.add(RUN, t + 1, "UNLOCK: own bit away before", n);
                    return;
                }
                n[OWNER] = 0;
                go(n, t, on(Mutation.STORE_AFTER_UNLOCK) ? Pc.STORE : Pc.HOLD);
                out.add(RUN, t + 1, "UNLOCK", n);
            }
            case UNLOCK_SLEEP -> {
                n[OWNER] = 0;
                go(n, t, on(Mutation.BIT_AFTER_UNLOCK) ? Pc.QUEUE : Pc.SLEEP);
                out.add(RUN, t + 1, "UNLOCK_SLEEP", n);
            }
            case SLEEP -> {
                if (s[at + UNPARKED] != 0) {
                    n[at + UNPARKED] = 0;
                    go(n, t, Pc.LOCK);
                    out.add(RUN, t + 1, "SLEEP: rung", n);
                } else if (bounds.recheck == Bounds.Recheck.EVERYTHING && enough(s, t)) {
                    go(n, t, Pc.LOCK);
                    out.add(RECHECK, t + 1, "SLEEP: looks again, enough", n);
                }
                n = out.copy();
                go(n, t, Pc.LEAVE);
                timeout(s, t, n, out);
            }
            case HOLD -> {
                byte[] keeps = out.copy();
                keeps[at + PC] = DONE;
                keeps[at + ROUNDS] = 0;
                out.add(RUN, t + 1, "keeps its permits for good", keeps);
                n[at + MASK] = on(Mutation.BITMAP_BEFORE_SETTLE) ? s[BITMAP] : 0;
                go(n, t, on(Mutation.SETTLE_WITHOUT_LOCK) ? Pc.SETTLE : Pc.RELOCK);
                out.add(RUN, t + 1, "begins to release", n);
            }
            case RELOCK -> lock(s, t, Pc.SETTLE, out);
            case SETTLE -> {
                if (on(Mutation.SETTLE_WITHOUT_LOCK)) {
                    n[at + READ] = (byte) worth(s, p);
                    go(n, t, Pc.SETTLE_PLAIN);
                    out.add(RUN, t + 1, "SETTLE: entry read without lock", n);
                } else {
                    store(n, t, worth(s, p) - s[at + HELD]);
                    n[at + HELD] = 0;
                    go(n, t, Pc.UNLOCK_RING);
                    out.add(RUN, t + 1, "SETTLE: entry - k", n);
                }
            }
            case SETTLE_PLAIN -> {
                store(n, t, s[at + READ] - s[at + HELD]);
                n[at + HELD] = 0;
                n[at + READ] = 0;
                go(n, t, Pc.BITMAP);
                out.add(RUN, t + 1, "SETTLE: entry - k stored without lock", n);
            }
            case UNLOCK_RING -> {
                n[OWNER] = 0;
                go(n, t, Pc.BITMAP);
                out.add(RUN, t + 1, "UNLOCK_RING", n);
            }
            case BITMAP -> {
                if (!on(Mutation.BITMAP_BEFORE_SETTLE)) {
                    n[at + MASK] = s[BITMAP];
                }
                if (n[at + MASK] == 0) {
                    idle(n, t);
                } else {
                    go(n, t, Pc.RING);
                }
                out.add(RUN, t + 1, "BITMAP: read", n);
            }
            case RING -> {
                int target = Integer.numberOfTrailingZeros(s[at + MASK]);
                n[at + MASK] &= (byte) (s[at + MASK] - 1);
                if (n[at + MASK] == 0) {
                    idle(n, t);
                }
                ring(s, t, target, n, out);
            }
            case LEAVE -> {
                unqueue(n, t);
                idle(n, t);
                out.add(RUN, t + 1, "LEAVE: own bit away", n);
            }
        }
    }

    private int free(byte[] s) {
        int free = permits;
        for (int t = 0; t < threads; t++) {
            free -= s[thread(t) + HELD];
        }
        return free;
    }

    @Override
    public @Nullable String broken(byte[] s) {
        return free(s) < 0 ? "the living hold more permits than there are" : null;
    }

    /** Who sleeps may do so only where the living really hold too many. */
    @Override
    public boolean finished(byte[] s) {
        for (int t = 0; t < threads; t++) {
            boolean rightlyAsleep = at(s, t, Pc.SLEEP) && free(s) < needs[t];
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
        StringBuilder text = new StringBuilder("owner=" + s[OWNER] + " entries=");
        for (int p = 0; p < processes; p++) {
            text.append(s[ENTRIES + p] / 8)
                    .append('|')
                    .append(s[ENTRIES + p] % 8)
                    .append(' ');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return permits + " permits, " + super.toString();
    }
}
