package dev.procession.models;

import static dev.procession.models.StepKind.CRASH;
import static dev.procession.models.StepKind.RUN;
import static dev.procession.models.StepKind.TIMEOUT;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Long messages in a pipe: each sender sends one, of three parts, through a ring that has room for two. The locks of the
 * senders and of the receivers are one step each, and may be taken over from the dead.
 *
 * <pre>
 * LOCK       the senders' lock             REPAIR     after a death: LONG = idle
 * OPEN       LONG = (new id, open)         CHECK      room, and LONG still open with this id; else OPEN again
 * COMMIT     the part behind the others    FINISH     CAS LONG (id, open) -> idle; else OPEN again
 * ABANDON    LONG = idle                   UNLOCK
 *
 * WAIT       until a part is there: the receivers' lock
 * LOOK       at the first part             SCAN       a beginning that nobody sends on: is its end there?
 * AGAIN      CAS LONG (id, open) -> again  SKIP       the first part is passed
 * NEXT       takes a part; none: ASK       ASK        does anybody send the rest? else EMPTY
 * EMPTY      still none: drops what it has GIVE_UP    CAS LONG (id, open) -> again; else NEXT
 * FREE
 * </pre>
 */
final class PipeModel implements Model {
    enum Mutation {
        LEAVES_WITHOUT_ASKING,
        FINISHES_WITHOUT_CAS,
        FINISHES_BEFORE_THE_LAST_PART,
        TAKES_RESTS_FOR_MESSAGES,
        DOES_NOT_LOOK_AGAIN,
        KEEPS_OPEN_AT_TAKEOVER
    }

    private enum Pc {
        LOCK,
        REPAIR,
        OPEN,
        CHECK,
        COMMIT,
        FINISH,
        ABANDON,
        UNLOCK,
        WAIT,
        LOOK,
        SCAN,
        AGAIN,
        SKIP,
        NEXT,
        ASK,
        EMPTY,
        GIVE_UP,
        FREE,
        ENDED,
        DEAD
    }

    private static final int PARTS = 3;
    private static final int ROOM = 2;
    private static final int IDS = 14;

    private static final int IDLE = 0;
    private static final int OPEN = 1;
    private static final int WANTED_AGAIN = 2;

    // The words of the pipe.
    private static final int LONG_ID = 0;
    private static final int LONG_STATE = 1;
    private static final int SENDERS = 2;
    private static final int RECEIVERS = 3;
    private static final int COUNT = 4;
    private static final int RING = 5; // part and id of each frame
    private static final int NEXT_ID = RING + 2 * ROOM;
    private static final int MESSAGE_OF = NEXT_ID + 1;

    // The books.
    private static final int CRASHES = MESSAGE_OF + IDS;
    private static final int TIMEOUTS = CRASHES + 1;
    private static final int TORN = TIMEOUTS + 1;
    private static final int RECEIVER_DIED = TORN + 1;
    private static final int ACTORS = RECEIVER_DIED + 1;

    // Of each process.
    private static final int PC = 0;
    private static final int ID = 1;
    private static final int GOT = 2; // parts: sent, or received
    private static final int RESULT = 3; // of a sender: 1 = sent; how often its message arrived
    private static final int ARRIVED = 4;
    private static final int LENGTH = 5;

    private final int senders;
    private final int receivers;
    private final int crashes;
    private final int timeouts;
    private final Set<Mutation> mutations;

    private PipeModel(int senders, int receivers, int crashes, int timeouts, Mutation... mutations) {
        this.senders = senders;
        this.receivers = receivers;
        this.crashes = crashes;
        this.timeouts = timeouts;
        this.mutations = Set.of(mutations);
    }

    static List<Case> cases() {
        return List.of(
                Case.quick("pipe", new PipeModel(1, 1, 0, 2)),
                Case.quick("pipe", new PipeModel(2, 2, 0, 1)),
                Case.quick("pipe", new PipeModel(2, 1, 1, 1)),
                Case.quick("pipe", new PipeModel(1, 2, 1, 1)),
                Case.thorough("pipe", new PipeModel(2, 2, 1, 1)),
                Case.thorough("pipe", new PipeModel(2, 2, 2, 1)),
                Case.thorough("pipe", new PipeModel(2, 2, 1, 2)),
                Case.thorough("pipe", new PipeModel(3, 2, 2, 0)),
                Case.mutation(
                        "pipe", "a receiver gives up without a word", mutated(0, 1, Mutation.LEAVES_WITHOUT_ASKING)),
                Case.mutation(
                        "pipe",
                        "the sender does not ask whether it is wanted again",
                        mutated(0, 1, Mutation.FINISHES_WITHOUT_CAS)),
                Case.mutation(
                        "pipe",
                        "LONG is cleared before the last part",
                        mutated(0, 0, Mutation.FINISHES_BEFORE_THE_LAST_PART)),
                Case.mutation(
                        "pipe",
                        "parts without a beginning are put together",
                        mutated(0, 1, Mutation.TAKES_RESTS_FOR_MESSAGES)),
                Case.mutation(
                        "pipe",
                        "a receiver drops what it has without a second look",
                        mutated(0, 0, Mutation.DOES_NOT_LOOK_AGAIN)),
                Case.mutation(
                        "pipe",
                        "a takeover leaves LONG open, and nobody asks whether the sender lives",
                        mutated(1, 0, Mutation.KEEPS_OPEN_AT_TAKEOVER)));
    }

    private static PipeModel mutated(int crashes, int timeouts, Mutation mutation) {
        return new PipeModel(crashes > 0 ? 2 : 1, 2, crashes, timeouts, mutation);
    }

    @Override
    public byte[] initial() {
        byte[] s = new byte[ACTORS + LENGTH * (senders + receivers)];
        s[NEXT_ID] = 1;
        s[CRASHES] = (byte) crashes;
        s[TIMEOUTS] = (byte) timeouts;
        for (int a = 0; a < senders + receivers; a++) {
            s[at(a) + PC] = ProcessModel.number(isSender(a) ? Pc.LOCK : Pc.WAIT);
        }
        return s;
    }

    private static int at(int actor) {
        return ACTORS + actor * LENGTH;
    }

    private boolean isSender(int actor) {
        return actor < senders;
    }

    private static Pc pc(byte[] s, int actor) {
        return Pc.values()[s[at(actor) + PC]];
    }

    private static void go(byte[] s, int actor, Pc pc) {
        s[at(actor) + PC] = ProcessModel.number(pc);
    }

    private boolean on(Mutation mutation) {
        return mutations.contains(mutation);
    }

    private static boolean isDead(byte[] s, int owner) {
        return owner != 0 && pc(s, owner - 1) == Pc.DEAD;
    }

    private static boolean isOpen(byte[] s, int id) {
        return s[LONG_ID] == id && s[LONG_STATE] == OPEN;
    }

    private boolean isAbandoned(byte[] s, int id) {
        if (!isOpen(s, id)) {
            return true;
        }
        return !on(Mutation.KEEPS_OPEN_AT_TAKEOVER) && (s[SENDERS] == 0 || isDead(s, s[SENDERS]));
    }

    private boolean anyReceiverLives(byte[] s) {
        for (int a = senders; a < senders + receivers; a++) {
            if (pc(s, a) != Pc.DEAD) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void steps(byte[] s, Steps out) {
        for (int a = 0; a < senders + receivers; a++) {
            Pc pc = pc(s, a);
            if (pc == Pc.DEAD || pc == Pc.ENDED) {
                continue;
            }
            if (isSender(a)) {
                send(s, a, pc, out);
            } else {
                receive(s, a, pc, out);
            }
            if (s[CRASHES] > 0) {
                byte[] n = out.copy();
                n[CRASHES]--;
                n[RECEIVER_DIED] |= (byte) (isSender(a) ? 0 : 1);
                go(n, a, Pc.DEAD);
                out.add(CRASH, a + 1, "dies", n);
            }
        }
    }

    private void send(byte[] s, int a, Pc pc, Steps out) {
        int me = at(a);
        byte[] n = out.copy();
        switch (pc) {
            case LOCK -> {
                if (s[SENDERS] == 0 || isDead(s, s[SENDERS])) {
                    n[SENDERS] = (byte) (a + 1);
                    boolean repairs = s[SENDERS] != 0 && !on(Mutation.KEEPS_OPEN_AT_TAKEOVER);
                    go(n, a, repairs ? Pc.REPAIR : Pc.OPEN);
                    out.add(RUN, a + 1, "LOCK", n);
                }
            }
            case REPAIR -> {
                n[LONG_STATE] = IDLE;
                go(n, a, Pc.OPEN);
                out.add(RUN, a + 1, "REPAIR: LONG = idle", n);
            }
            case OPEN -> {
                n[me + ID] = s[NEXT_ID];
                n[MESSAGE_OF + s[NEXT_ID]] = (byte) a;
                n[NEXT_ID]++;
                n[LONG_ID] = n[me + ID];
                n[LONG_STATE] = OPEN;
                n[me + GOT] = 0;
                go(n, a, Pc.CHECK);
                out.add(RUN, a + 1, "OPEN: a message begins", n);
            }
            case CHECK -> {
                if (!isOpen(s, s[me + ID])) {
                    go(n, a, Pc.OPEN);
                    out.add(RUN, a + 1, "CHECK: wanted again", n);
                } else if (s[COUNT] < ROOM) {
                    boolean last = s[me + GOT] == PARTS - 1;
                    go(n, a, last && on(Mutation.FINISHES_BEFORE_THE_LAST_PART) ? Pc.FINISH : Pc.COMMIT);
                    out.add(RUN, a + 1, "CHECK: room", n);
                } else if (!anyReceiverLives(s)) {
                    go(n, a, Pc.ABANDON);
                    out.add(RUN, a + 1, "CHECK: broken", n);
                } else if (s[TIMEOUTS] > 0) {
                    n[TIMEOUTS]--;
                    go(n, a, Pc.ABANDON);
                    out.add(TIMEOUT, a + 1, "CHECK: gives up", n);
                }
            }
            case COMMIT -> {
                n[RING + 2 * s[COUNT]] = ++n[me + GOT];
                n[RING + 2 * s[COUNT] + 1] = s[me + ID];
                n[COUNT]++;
                boolean last = n[me + GOT] == PARTS;
                n[me + RESULT] = (byte) (last && on(Mutation.FINISHES_BEFORE_THE_LAST_PART) ? 1 : 0);
                go(n, a, !last ? Pc.CHECK : on(Mutation.FINISHES_BEFORE_THE_LAST_PART) ? Pc.UNLOCK : Pc.FINISH);
                out.add(RUN, a + 1, "COMMIT: part " + n[me + GOT], n);
            }
            case FINISH -> {
                if (isOpen(s, s[me + ID]) || on(Mutation.FINISHES_WITHOUT_CAS)) {
                    n[LONG_STATE] = IDLE;
                    boolean early = on(Mutation.FINISHES_BEFORE_THE_LAST_PART);
                    n[me + RESULT] = (byte) (early ? 0 : 1);
                    go(n, a, early ? Pc.COMMIT : Pc.UNLOCK);
                } else {
                    go(n, a, Pc.OPEN);
                }
                out.add(RUN, a + 1, "FINISH", n);
            }
            case ABANDON -> {
                n[LONG_STATE] = IDLE;
                go(n, a, Pc.UNLOCK);
                out.add(RUN, a + 1, "ABANDON: LONG = idle", n);
            }
            case UNLOCK -> {
                n[SENDERS] = 0;
                go(n, a, Pc.ENDED);
                out.add(RUN, a + 1, "UNLOCK", n);
            }
            default -> throw new IllegalStateException(pc.name());
        }
    }

    private void receive(byte[] s, int a, Pc pc, Steps out) {
        int me = at(a);
        byte[] n = out.copy();
        int part = s[COUNT] == 0 ? 0 : s[RING];
        int id = s[COUNT] == 0 ? 0 : s[RING + 1];
        switch (pc) {
            case WAIT -> {
                if (part != 0 && (s[RECEIVERS] == 0 || isDead(s, s[RECEIVERS]))) {
                    n[RECEIVERS] = (byte) (a + 1);
                    n[me + ID] = 0;
                    n[me + GOT] = 0;
                    go(n, a, Pc.LOOK);
                    out.add(RUN, a + 1, "WAIT: there is a part, and the lock", n);
                }
            }
            case LOOK -> {
                if (part == 0) {
                    go(n, a, Pc.FREE);
                } else if (part == 1) {
                    go(n, a, isAbandoned(s, id) ? Pc.SCAN : Pc.NEXT);
                    n[me + ID] = (byte) id;
                } else if (on(Mutation.TAKES_RESTS_FOR_MESSAGES)) {
                    n[me + ID] = (byte) id;
                    go(n, a, Pc.NEXT);
                } else {
                    go(n, a, Pc.AGAIN);
                }
                out.add(RUN, a + 1, "LOOK: part " + part, n);
            }
            case SCAN -> {
                boolean whole = false;
                for (int i = 0; i < s[COUNT]; i++) {
                    whole |= s[RING + 2 * i] == PARTS && s[RING + 2 * i + 1] == id;
                }
                // Three parts do not fit at once: a message whose last one is there has been begun to be taken.
                go(n, a, whole ? Pc.NEXT : Pc.SKIP);
                out.add(RUN, a + 1, "SCAN", n);
            }
            case AGAIN -> {
                if (isOpen(s, id)) {
                    n[LONG_STATE] = WANTED_AGAIN;
                }
                go(n, a, Pc.SKIP);
                out.add(RUN, a + 1, "AGAIN: of " + id, n);
            }
            case SKIP -> {
                pop(n);
                go(n, a, Pc.LOOK);
                out.add(RUN, a + 1, "SKIP: part " + part, n);
            }
            case NEXT -> {
                if (part == 0) {
                    go(n, a, Pc.ASK);
                    out.add(RUN, a + 1, "NEXT: none", n);
                    if (s[TIMEOUTS] > 0) {
                        n = out.copy();
                        n[TIMEOUTS]--;
                        go(n, a, on(Mutation.LEAVES_WITHOUT_ASKING) ? Pc.FREE : Pc.GIVE_UP);
                        out.add(TIMEOUT, a + 1, "NEXT: time is over", n);
                    }
                } else if (id != s[me + ID]) {
                    go(n, a, Pc.FREE);
                    out.add(RUN, a + 1, "NEXT: another message", n);
                } else {
                    pop(n);
                    n[me + GOT]++;
                    if (part == PARTS) {
                        int message = s[MESSAGE_OF + id];
                        n[at(message) + ARRIVED]++;
                        n[TORN] |= (byte) (n[me + GOT] == PARTS ? 0 : 1);
                        go(n, a, Pc.FREE);
                    }
                    out.add(RUN, a + 1, "NEXT: takes part " + part, n);
                }
            }
            case ASK -> {
                Pc ended = on(Mutation.DOES_NOT_LOOK_AGAIN) ? Pc.FREE : Pc.EMPTY;
                go(n, a, isAbandoned(s, s[me + ID]) ? ended : Pc.NEXT);
                out.add(RUN, a + 1, "ASK", n);
            }
            case EMPTY -> {
                go(n, a, part == 0 ? Pc.FREE : Pc.NEXT);
                out.add(RUN, a + 1, "EMPTY", n);
            }
            case GIVE_UP -> {
                if (isOpen(s, s[me + ID])) {
                    n[LONG_STATE] = WANTED_AGAIN;
                    go(n, a, Pc.FREE);
                } else {
                    go(n, a, Pc.NEXT);
                }
                out.add(RUN, a + 1, "GIVE_UP", n);
            }
            case FREE -> {
                n[RECEIVERS] = 0;
                go(n, a, Pc.WAIT);
                out.add(RUN, a + 1, "FREE", n);
            }
            default -> throw new IllegalStateException(pc.name());
        }
    }

    private static void pop(byte[] n) {
        n[COUNT]--;
        for (int i = 0; i < 2 * (ROOM - 1); i++) {
            n[RING + i] = n[RING + i + 2];
        }
        n[RING + 2 * (ROOM - 1)] = 0;
        n[RING + 2 * (ROOM - 1) + 1] = 0;
    }

    @Override
    public @Nullable String broken(byte[] s) {
        if (s[TORN] != 0) {
            return "a message arrived in part";
        }
        for (int a = 0; a < senders; a++) {
            if (s[at(a) + ARRIVED] > 1) {
                return "the message of " + (a + 1) + " arrived twice";
            }
        }
        return null;
    }

    /** Who sent has sent: what it was arrives, unless a receiver died that may have had it. */
    @Override
    public boolean finished(byte[] s) {
        for (int a = 0; a < senders; a++) {
            Pc pc = pc(s, a);
            if (pc != Pc.ENDED && pc != Pc.DEAD) {
                return false;
            }
            if (s[at(a) + RESULT] == 1 && s[at(a) + ARRIVED] == 0 && s[RECEIVER_DIED] == 0) {
                return false;
            }
        }
        for (int a = senders; a < senders + receivers; a++) {
            if (pc(s, a) != Pc.DEAD && (pc(s, a) != Pc.WAIT || s[COUNT] != 0)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String describe(byte[] s) {
        StringBuilder text = new StringBuilder("long=" + s[LONG_ID] + "/" + s[LONG_STATE] + " ring=");
        for (int i = 0; i < s[COUNT]; i++) {
            text.append(s[RING + 2 * i + 1]).append('.').append(s[RING + 2 * i]).append(' ');
        }
        for (int a = 0; a < senders + receivers; a++) {
            text.append(' ')
                    .append(a + 1)
                    .append(':')
                    .append(pc(s, a))
                    .append('/')
                    .append(s[at(a) + GOT]);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return senders + " senders, " + receivers + " receivers, " + crashes + " deaths, " + timeouts + " give up";
    }
}
