package dev.procession.models;

import static dev.procession.models.StepKind.RECHECK;
import static dev.procession.models.StepKind.RUN;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The heap: blocks one behind the other, header first, so that a walk over the sizes finds them all. What users write
 * may look like a header; so nothing inside a block may ever be taken for one.
 *
 * <p>Space is counted in units; each has room for one header (SIZE, STATE), be it one or not. The heap's lock is taken
 * for granted (one step; a dead owner is found by a recheck, and there is nothing to repair).
 *
 * <pre>
 * LOCK     ; WALK from the hint, then from the first block: a dead one's ALLOCATING: STATE = FREE; too small, and FREE behind it: the
 *          hint away from there, then SIZE = both
 * REST_SIZE, REST_STATE  the header of what will be left      SPLIT  SIZE = k: from here on there are two blocks
 * ZERO     the payload      CLAIM  STATE = ALLOCATING | me    NOTE_HINT  UNLOCK
 * WRITE    the user's bytes PUBLISH STATE = PUBLISHED | me    FREE   STATE = FREE, without the lock
 * </pre>
 */
final class HeapModel extends ProcessModel {
    enum Mutation {
        SPLIT_BEFORE_REST,
        REST_STATE_LEFT_AS_IS,
        ZERO_BEFORE_REST,
        MERGE_ANYTHING,
        DEAD_NOT_FREED,
        NO_LOCK,
        HINT_LEFT_AS_IS,
        CLAIM_AFTER_UNLOCK
    }

    private enum Pc {
        IDLE,
        LOCK,
        WALK,
        REST_SIZE,
        REST_STATE,
        SPLIT,
        ZERO,
        CLAIM,
        NOTE_HINT,
        UNLOCK,
        FAIL,
        WRITE,
        PUBLISH,
        USE,
        FREE;

        static final Pc[] VALUES = values();
    }

    private static final int FREE = 0;
    /** + process */
    private static final int ALLOCATING = 1;
    /** + process */
    private static final int PUBLISHED = 10;
    /** What a user's bytes look like where a walk takes them for a header. */
    private static final int GARBAGE_SIZE = 9;

    private static final int OWNER = OWN;
    /** History: a walk ended without space, and left a block that had been a dead one's from its start. */
    private static final int LEFT = OWN + 1;

    /** Where the next walk begins; written under the lock only. */
    private static final int HINT = OWN + 2;

    private static final int SIZES = OWN + 3;

    private static final int POSITION = A;
    /** Of a walk: crashes that were possible at its start, + FROM_START in its second round. */
    private static final int SEEN = B;

    private static final int FROM_START = 8;

    private static final int MINE = C;

    private final int units;
    private final int[] needs;
    private final Set<Mutation> mutations;

    HeapModel(Bounds bounds, int units, int[] needs, Mutation... mutations) {
        super(bounds, 3 + 2 * units);
        this.units = units;
        this.needs = needs;
        this.mutations = Set.of(mutations);
    }

    static List<Case> cases() {
        String name = "heap";
        int[] needs = {2, 3, 4};
        return List.of(
                Case.quick(name, new HeapModel(quiet(), 6, needs)),
                Case.quick(name, new HeapModel(deadly(), 6, needs)),
                Case.thorough(name, new HeapModel(three(), 6, needs)),
                Case.thorough(name, new HeapModel(three().crashes(2), 8, new int[] {2, 3, 5})),
                mutation("block made smaller before the rest has its header", deadly(), Mutation.SPLIT_BEFORE_REST),
                mutation("state of the rest left as it is", quiet(), Mutation.REST_STATE_LEFT_AS_IS),
                mutation("payload zeroed after the rest's header, too far", quiet(), Mutation.ZERO_BEFORE_REST),
                mutation("a block that is not free is merged", three(), Mutation.MERGE_ANYTHING),
                mutation("a dead one's block is not freed", three(), Mutation.DEAD_NOT_FREED),
                mutation("a merge leaves the hint at the header that goes", three(), Mutation.HINT_LEFT_AS_IS),
                mutation("no lock", quiet(), Mutation.NO_LOCK),
                mutation("claimed after the unlock", quiet(), Mutation.CLAIM_AFTER_UNLOCK));
    }

    private static Bounds quiet() {
        return Bounds.threads(0, 1).rounds(2, 2);
    }

    private static Bounds deadly() {
        return Bounds.threads(0, 1).rounds(2, 2).crashes(1).recheck(Bounds.Recheck.EVERYTHING);
    }

    private static Bounds three() {
        return Bounds.threads(0, 1, 2).rounds(2, 1, 1).crashes(1).recheck(Bounds.Recheck.EVERYTHING);
    }

    private static Case mutation(String what, Bounds bounds, Mutation mutation) {
        return Case.mutation("heap", what, new HeapModel(bounds, 6, new int[] {2, 3, 5}, mutation));
    }

    private boolean on(Mutation mutation) {
        return mutations.contains(mutation);
    }

    private int state(int unit) {
        return SIZES + units + unit;
    }

    private boolean allocatedByDead(byte[] s, int unit) {
        int state = s[state(unit)];
        return state >= ALLOCATING && state < PUBLISHED && !alive(s, state - ALLOCATING);
    }

    @Override
    public byte[] initial() {
        byte[] s = super.initial();
        s[SIZES] = (byte) units;
        return s;
    }

    @Override
    void run(byte[] s, int t, Steps out) {
        int at = thread(t);
        int me = bounds.processOf[t];
        int block = s[at + POSITION];
        int size = block < units ? s[SIZES + block] : 0;
        int k = needs[t];
        byte[] n = out.copy();
        switch (Pc.VALUES[s[at + PC]]) {
            case IDLE -> {
                if (mayBegin(s, t, out)) {
                    n[at + ROUNDS]--;
                    go(n, t, Pc.LOCK);
                    out.add(RUN, t + 1, "begins to allocate", n);
                }
            }
            case LOCK -> {
                n[OWNER] = (byte) (t + 1);
                n[at + SEEN] = s[CRASHES];
                n[at + POSITION] = s[HINT];
                go(n, t, Pc.WALK);
                if (s[OWNER] == 0 || on(Mutation.NO_LOCK)) {
                    out.add(RUN, t + 1, "LOCK", n);
                } else if (bounds.recheck == Bounds.Recheck.EVERYTHING && s[thread(s[OWNER] - 1) + PC] == GONE) {
                    out.add(RECHECK, t + 1, "LOCK: taken over from a dead one", n);
                }
            }
            case WALK -> walk(s, t, out);
            case REST_SIZE -> {
                n[SIZES + block + k] = (byte) (size - k);
                go(n, t, on(Mutation.REST_STATE_LEFT_AS_IS) ? Pc.SPLIT : Pc.REST_STATE);
                out.add(RUN, t + 1, "REST_SIZE", n);
            }
            case REST_STATE -> {
                n[state(block + k)] = FREE;
                go(n, t, on(Mutation.SPLIT_BEFORE_REST) ? Pc.ZERO : Pc.SPLIT);
                out.add(RUN, t + 1, "REST_STATE = FREE", n);
            }
            case SPLIT -> {
                if (on(Mutation.SPLIT_BEFORE_REST)) {
                    // What the rest's size would be computed from is gone then; the thread remembers it.
                    n[at + SEEN] = (byte) size;
                    n[SIZES + block] = (byte) k;
                    n[SIZES + block + k] = GARBAGE_SIZE;
                    go(n, t, Pc.ZERO);
                } else {
                    n[SIZES + block] = (byte) k;
                    go(n, t, Pc.ZERO);
                }
                out.add(RUN, t + 1, "SPLIT: SIZE = k", n);
            }
            case ZERO -> {
                int end = on(Mutation.ZERO_BEFORE_REST) ? Math.min(units, block + k + 1) : block + k;
                for (int unit = block + 1; unit < end; unit++) {
                    n[SIZES + unit] = 0;
                    n[state(unit)] = 0;
                }
                go(n, t, on(Mutation.CLAIM_AFTER_UNLOCK) ? Pc.UNLOCK : Pc.CLAIM);
                out.add(RUN, t + 1, "ZERO", n);
            }
            case CLAIM -> {
                n[state(block)] = (byte) (ALLOCATING + me);
                n[at + MINE] = 1;
                go(n, t, on(Mutation.CLAIM_AFTER_UNLOCK) ? Pc.WRITE : Pc.NOTE_HINT);
                out.add(RUN, t + 1, "CLAIM: STATE = ALLOCATING | me", n);
            }
            case NOTE_HINT -> {
                n[HINT] = (byte) ((block + k) % units);
                go(n, t, Pc.UNLOCK);
                out.add(RUN, t + 1, "NOTE_HINT: behind the block", n);
            }
            case UNLOCK, FAIL -> {
                n[OWNER] = 0;
                n[at + SEEN] = 0;
                if (at(s, t, Pc.FAIL)) {
                    idle(n, t);
                } else {
                    go(n, t, on(Mutation.CLAIM_AFTER_UNLOCK) ? Pc.CLAIM : Pc.WRITE);
                }
                out.add(RUN, t + 1, "UNLOCK", n);
            }
            case WRITE -> {
                for (int unit = block + 1; unit < block + k; unit++) {
                    n[SIZES + unit] = GARBAGE_SIZE;
                    n[state(unit)] = PUBLISHED;
                }
                go(n, t, Pc.PUBLISH);
                out.add(RUN, t + 1, "WRITE: the user's bytes", n);
            }
            case PUBLISH -> {
                n[state(block)] = (byte) (PUBLISHED + me);
                go(n, t, Pc.USE);
                out.add(RUN, t + 1, "PUBLISH: STATE = PUBLISHED | me", n);
            }
            case USE -> {
                go(n, t, Pc.FREE);
                out.add(RUN, t + 1, "USE: ends", n);
                n = out.copy();
                n[at + PC] = DONE;
                n[at + ROUNDS] = 0;
                out.add(RUN, t + 1, "USE: keeps it for good", n);
            }
            case FREE -> {
                n[state(block)] = FREE;
                idle(n, t);
                out.add(RUN, t + 1, "FREE: STATE = FREE", n);
            }
        }
    }

    private void walk(byte[] s, int t, Steps out) {
        int at = thread(t);
        int block = s[at + POSITION];
        int k = needs[t];
        byte[] n = out.copy();
        if (block >= units && s[at + SEEN] < FROM_START && s[HINT] != 0) {
            n[at + POSITION] = 0;
            n[at + SEEN] += (byte) FROM_START;
            out.add(RUN, t + 1, "WALK: once more, from the start", n);
            return;
        }
        if (block >= units) {
            for (int unit = 0; unit < units; unit += Math.max(1, s[SIZES + unit])) {
                n[LEFT] |= (byte) (allocatedByDead(s, unit) && s[CRASHES] == s[at + SEEN] % FROM_START ? 1 : 0);
            }
            go(n, t, Pc.FAIL);
            out.add(RUN, t + 1, "WALK: no space", n);
            return;
        }
        int size = s[SIZES + block];
        int next = block + size;
        if (allocatedByDead(s, block) && !on(Mutation.DEAD_NOT_FREED)) {
            n[state(block)] = FREE;
            out.add(RUN, t + 1, "WALK: a dead one's block, STATE = FREE", n);
        } else if (s[state(block)] != FREE) {
            n[at + POSITION] = (byte) next;
            out.add(RUN, t + 1, "WALK: not free", n);
        } else if (size >= k) {
            Pc split = on(Mutation.SPLIT_BEFORE_REST) ? Pc.SPLIT : Pc.REST_SIZE;
            go(n, t, size > k ? split : Pc.ZERO);
            out.add(RUN, t + 1, "WALK: free and large enough", n);
        } else if (next < units && allocatedByDead(s, next) && !on(Mutation.DEAD_NOT_FREED)) {
            n[state(next)] = FREE;
            out.add(RUN, t + 1, "WALK: behind it a dead one's block, STATE = FREE", n);
        } else if (next < units && s[HINT] == next && !on(Mutation.HINT_LEFT_AS_IS)) {
            n[HINT] = (byte) block;
            out.add(RUN, t + 1, "WALK: HINT away from a header that may go", n);
        } else if (next < units && (s[state(next)] == FREE || on(Mutation.MERGE_ANYTHING))) {
            n[SIZES + block] += s[SIZES + next];
            out.add(RUN, t + 1, "WALK: SIZE = both", n);
        } else {
            n[at + POSITION] = (byte) next;
            out.add(RUN, t + 1, "WALK: free, too small", n);
        }
    }

    @Override
    public @Nullable String broken(byte[] s) {
        if (s[LEFT] != 0) {
            return "no space, beside a block that a dead one was allocating";
        }
        boolean[] starts = new boolean[units];
        int unit = 0;
        while (unit < units) {
            starts[unit] = true;
            if (s[SIZES + unit] <= 0) {
                return "a block without size";
            }
            unit += s[SIZES + unit];
        }
        if (unit != units) {
            return "a walk that does not end at the end";
        }
        if (!starts[s[HINT]]) {
            return "a hint into the middle of a block";
        }
        for (int start = 0; start < units; start++) {
            if (starts[start] && s[state(start)] != FREE && !explained(s, start)) {
                return "a block that is in use, but by nobody";
            }
        }
        boolean[] used = new boolean[units];
        for (int t = 0; t < threads; t++) {
            boolean mine = s[thread(t) + MINE] != 0;
            int block = s[thread(t) + POSITION];
            if (mine && (!starts[block] || s[SIZES + block] != needs[t] || s[state(block)] == FREE)) {
                return "a block that is used, and a walk does not say so";
            }
            for (int u = block; mine && u < block + needs[t]; u++) {
                if (used[u]) {
                    return "two blocks overlap";
                }
                used[u] = true;
            }
        }
        return null;
    }

    private boolean explained(byte[] s, int block) {
        int state = s[state(block)];
        int process = state - (state >= PUBLISHED ? PUBLISHED : ALLOCATING);
        boolean explained = process < processes && !alive(s, process);
        for (int t = 0; t < threads; t++) {
            explained |= s[thread(t) + MINE] != 0 && s[thread(t) + POSITION] == block;
        }
        return explained;
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
        StringBuilder text = new StringBuilder("owner=" + s[OWNER] + " hint=" + s[HINT] + " blocks:");
        for (int unit = 0; unit < units; unit++) {
            text.append(' ').append(s[SIZES + unit]).append('/').append(s[state(unit)]);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return units + " units, " + super.toString();
    }
}
