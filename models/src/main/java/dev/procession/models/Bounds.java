package dev.procession.models;

import java.util.Arrays;

/** How many threads, in which processes, do how much, and what may happen to them. */
final class Bounds {
    /** What a sleeper may find out without being rung. */
    enum Recheck {
        NOTHING,
        /** Whether the owner is dead. Then processes die only while they own. */
        DEAD_OWNER,
        EVERYTHING
    }

    final int[] processOf;
    int[] rounds;
    int crashes;
    int reuses;
    int threadDeaths;
    int timeouts;
    int losses;
    Recheck recheck = Recheck.NOTHING;
    boolean tries;

    private Bounds(int[] processOf) {
        this.processOf = processOf;
        this.rounds = new int[processOf.length];
        Arrays.fill(rounds, 1);
    }

    /** One thread for each number, which names its process. */
    static Bounds threads(int... processOf) {
        return new Bounds(processOf);
    }

    /** How often each thread may begin; every thread may also stop before. */
    Bounds rounds(int... each) {
        rounds = each;
        return this;
    }

    /** Processes that are killed. */
    Bounds crashes(int most) {
        crashes = most;
        return this;
    }

    /** New processes in slots of dead ones. */
    Bounds reuses(int most) {
        reuses = most;
        return this;
    }

    /** Threads that end in a process that lives. */
    Bounds threadDeaths(int most) {
        threadDeaths = most;
        return this;
    }

    /** Waits that end by time or by an interrupt. */
    Bounds timeouts(int most) {
        timeouts = most;
        return this;
    }

    /** Rings that nobody hears. */
    Bounds losses(int most) {
        losses = most;
        return this;
    }

    Bounds recheck(Recheck what) {
        recheck = what;
        return this;
    }

    /** With tryLock() and the like. */
    Bounds tries() {
        tries = true;
        return this;
    }

    int processes() {
        return Arrays.stream(processOf).max().orElse(-1) + 1;
    }

    @Override
    public String toString() {
        return "threads of processes " + Arrays.toString(processOf) + ", rounds " + Arrays.toString(rounds)
                + amount(crashes, "crashes") + amount(reuses, "reuses") + amount(threadDeaths, "thread deaths")
                + amount(timeouts, "timeouts") + amount(losses, "lost rings") + (tries ? ", tries" : "")
                + (recheck == Recheck.NOTHING ? "" : ", recheck " + recheck);
    }

    private static String amount(int amount, String what) {
        return amount == 0 ? "" : ", " + amount + " " + what;
    }
}
