package dev.procession.models;

import static dev.procession.models.StepKind.CRASH;
import static dev.procession.models.StepKind.LOSS;
import static dev.procession.models.StepKind.RUN;
import static dev.procession.models.StepKind.TIMEOUT;

/**
 * What the models of waiting have in common: threads in processes, deaths, the bitmap of waiting processes with a local
 * queue behind each bit, and doorbells.
 *
 * <p>A state is: bitmap, what may still happen, the model's own words, then per process its life and its doorbell, then
 * per thread where it is and what it knows. A thread that is idle may always stop for good, so that nobody can rely on
 * a neighbour who comes by later.
 */
@SuppressWarnings("EnumOrdinal") // a state is made of bytes
abstract class ProcessModel implements Model {
    static final int BITMAP = 0;
    static final int CRASHES = 1;
    static final int REUSES = 2;
    static final int THREAD_DEATHS = 3;
    static final int TIMEOUTS = 4;
    static final int LOSSES = 5;
    /** The first of the model's own words. */
    static final int OWN = 6;

    /** Per process: gen * 2 + (dead ? 1 : 0). */
    static final int LIFE = 0;

    static final int BELL = 1;
    private static final int PROCESS_LENGTH = 2;

    static final int PC = 0;
    static final int ROUNDS = 1;
    static final int QUEUED = 2;
    static final int UNPARKED = 3;
    static final int A = 4;
    static final int B = 5;
    static final int C = 6;
    private static final int THREAD_LENGTH = 7;

    /** Every model's first place is that of an idle thread. */
    static final int IDLE = 0;

    static final int DONE = -1;
    static final int GONE = -2;

    final Bounds bounds;
    final int threads;
    final int processes;
    private final int own;

    /** @param own how many words the model has beside the bitmap */
    ProcessModel(Bounds bounds, int own) {
        this.bounds = bounds;
        this.own = own;
        this.threads = bounds.processOf.length;
        this.processes = bounds.processes();
    }

    @Override
    public byte[] initial() {
        byte[] s = new byte[thread(threads)];
        s[CRASHES] = (byte) bounds.crashes;
        s[REUSES] = (byte) bounds.reuses;
        s[THREAD_DEATHS] = (byte) bounds.threadDeaths;
        s[TIMEOUTS] = (byte) bounds.timeouts;
        s[LOSSES] = (byte) bounds.losses;
        for (int t = 0; t < threads; t++) {
            s[thread(t) + ROUNDS] = (byte) bounds.rounds[t];
        }
        return s;
    }

    /** Offers the steps of a living thread. */
    abstract void run(byte[] s, int t, Steps out);

    /** Names a place of a thread. */
    abstract String place(int pc);

    /** The model's own words for humans. */
    abstract String words(byte[] s);

    /** Whether a ring is for all threads of a process; else for one. */
    abstract boolean unparksAll();

    /** What the kernel or a history variable notes when thread t is gone with its process. */
    void killed(byte[] before, byte[] n, int t) {}

    /** Whether process p may be killed just now. */
    boolean mortal(byte[] s, int p) {
        return true;
    }

    @Override
    public final void steps(byte[] s, Steps out) {
        for (int t = 0; t < threads; t++) {
            if (s[thread(t) + PC] >= 0) {
                run(s, t, out);
            }
        }
        for (int p = 0; p < processes; p++) {
            if (alive(s, p)) {
                dispatch(s, p, out);
                if (s[CRASHES] > 0 && mortal(s, p)) {
                    kill(s, p, out);
                }
            } else if (s[REUSES] > 0) {
                byte[] n = out.copy();
                n[REUSES]--;
                n[process(p) + LIFE]++;
                for (int t = 0; t < threads; t++) {
                    if (bounds.processOf[t] == p) {
                        n[thread(t) + PC] = IDLE;
                        n[thread(t) + ROUNDS] = 1;
                    }
                }
                out.add(CRASH, -p - 1, "a new process takes the slot", n);
            }
        }
    }

    private void kill(byte[] s, int p, Steps out) {
        byte[] n = out.copy();
        n[CRASHES]--;
        n[process(p) + LIFE]++;
        n[process(p) + BELL] = 0;
        for (int t = 0; t < threads; t++) {
            if (bounds.processOf[t] == p) {
                idle(n, t);
                n[thread(t) + ROUNDS] = 0;
                n[thread(t) + QUEUED] = 0;
                n[thread(t) + PC] = GONE;
                killed(s, n, t);
            }
        }
        out.add(CRASH, -p - 1, "process is killed", n);
    }

    /** The leader of a process drains its doorbell and unparks who waits, or nobody. */
    private void dispatch(byte[] s, int p, Steps out) {
        if (s[process(p) + BELL] == 0) {
            return;
        }
        byte[] all = out.copy();
        all[process(p) + BELL] = 0;
        boolean any = false;
        for (int t = 0; t < threads; t++) {
            if (bounds.processOf[t] == p && s[thread(t) + QUEUED] != 0) {
                any = true;
                all[thread(t) + UNPARKED] = 1;
                if (!unparksAll()) {
                    byte[] n = out.copy();
                    n[process(p) + BELL] = 0;
                    n[thread(t) + UNPARKED] = 1;
                    out.add(RUN, -p - 1, "leader drains, unparks one", n);
                }
            }
        }
        if (!any || unparksAll()) {
            out.add(RUN, -p - 1, any ? "leader drains, unparks all" : "leader drains, nobody waits", all);
        }
    }

    final int process(int p) {
        return OWN + own + p * PROCESS_LENGTH;
    }

    final int thread(int t) {
        return OWN + own + processes * PROCESS_LENGTH + t * THREAD_LENGTH;
    }

    final boolean alive(byte[] s, int p) {
        return (s[process(p) + LIFE] & 1) == 0;
    }

    static byte number(Enum<?> place) {
        return (byte) place.ordinal();
    }

    final void go(byte[] n, int t, Enum<?> place) {
        n[thread(t) + PC] = (byte) place.ordinal();
    }

    final boolean at(byte[] s, int t, Enum<?> place) {
        return s[thread(t) + PC] == place.ordinal();
    }

    /** Ends a round: nothing is left of it in the thread. */
    final void idle(byte[] n, int t) {
        int at = thread(t);
        n[at + PC] = IDLE;
        n[at + UNPARKED] = 0;
        n[at + A] = 0;
        n[at + B] = 0;
        n[at + C] = 0;
    }

    /** Offers to stop for good; says whether the thread may begin once more. */
    final boolean mayBegin(byte[] s, int t, Steps out) {
        byte[] n = out.copy();
        stop(n, t);
        out.add(RUN, t + 1, "stops for good", n);
        return s[thread(t) + ROUNDS] > 0;
    }

    final void stop(byte[] n, int t) {
        idle(n, t);
        n[thread(t) + ROUNDS] = 0;
        n[thread(t) + PC] = DONE;
    }

    /** Under the local queue's own lock, so one step: thread queued, bit set. */
    final void enqueue(byte[] n, int t) {
        n[thread(t) + QUEUED] = 1;
        n[BITMAP] |= (byte) (1 << bounds.processOf[t]);
    }

    /** Under the local queue's own lock, so one step: the bit goes with the last thread of the process. */
    final void unqueue(byte[] n, int t) {
        int process = bounds.processOf[t];
        n[thread(t) + QUEUED] = 0;
        n[thread(t) + UNPARKED] = 0;
        for (int other = 0; other < threads; other++) {
            if (bounds.processOf[other] == process && n[thread(other) + QUEUED] != 0) {
                return;
            }
        }
        n[BITMAP] &= (byte) ~(1 << process);
    }

    /** One ring to process {@code target}, heard or lost; {@code n} is the state after it but for the doorbell. */
    final void ring(byte[] s, int t, int target, byte[] n, Steps out) {
        if (s[LOSSES] > 0) {
            byte[] lost = n.clone();
            lost[LOSSES]--;
            out.add(LOSS, t + 1, "RING: lost", lost);
        }
        if (alive(s, target)) {
            n[process(target) + BELL] = 1;
        }
        out.add(RUN, t + 1, "RING", n);
    }

    /** Offers the end of a wait by time or interrupt; {@code n} is the state after it. */
    final void timeout(byte[] s, int t, byte[] n, Steps out) {
        if (s[TIMEOUTS] > 0) {
            n[TIMEOUTS]--;
            out.add(TIMEOUT, t + 1, "time is over", n);
        }
    }

    final boolean over(byte[] s) {
        for (int t = 0; t < threads; t++) {
            if (s[thread(t) + PC] >= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean finished(byte[] s) {
        return over(s);
    }

    @Override
    public final String describe(byte[] s) {
        StringBuilder text = new StringBuilder(words(s));
        text.append(" bitmap=").append(Integer.toBinaryString(s[BITMAP] & 0xff));
        for (int p = 0; p < processes; p++) {
            text.append(s[process(p) + BELL] != 0 ? " bell" + (p + 1) : "")
                    .append(alive(s, p) ? "" : " dead" + (p + 1));
        }
        for (int t = 0; t < threads; t++) {
            int pc = s[thread(t) + PC];
            text.append(" t").append(t + 1).append('=');
            text.append(pc == DONE ? "done" : pc == GONE ? "gone" : place(pc));
            text.append(s[thread(t) + UNPARKED] != 0 ? "(unparked)" : "");
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return bounds.toString();
    }
}
