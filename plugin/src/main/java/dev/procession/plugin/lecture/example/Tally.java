package dev.procession.plugin.lecture.example;

import dev.procession.session.Session;
import dev.procession.shared.SharedInt;
import java.io.Serializable;
import java.util.concurrent.locks.LockSupport;

/**
 * A witness outside the event record: a shared number that is read, and written one higher a moment later, by no lock of
 * its own. Two processes that do so at the same time lose a step: whether all steps are there tells whether they took
 * turns.
 */
public final class Tally implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long MOMENT_NANOS = 200_000;

    private final SharedInt steps;

    public Tally(Session session) {
        this.steps = SharedInt.create(session, 0);
    }

    /** One step, in two halves; anybody who comes between them is lost or loses. */
    public int step() {
        int before = steps.get();
        LockSupport.parkNanos(MOMENT_NANOS); // so that others do come between, if nothing keeps them out
        steps.set(before + 1);
        return before + 1;
    }

    /** How many steps were not lost. */
    public int count() {
        return steps.get();
    }
}
