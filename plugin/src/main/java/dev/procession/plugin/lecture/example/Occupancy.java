package dev.procession.plugin.lecture.example;

import dev.procession.session.Session;
import dev.procession.shared.SharedInt;
import java.io.Serializable;

/**
 * A witness outside the event record: counts who is inside at the same time, in shared numbers that no lock guards. Each
 * change is one indivisible step, so it cannot lie, whatever lock, semaphore or barrier is watched by it.
 */
public final class Occupancy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SharedInt inside;
    private final SharedInt most;

    public Occupancy(Session session) {
        this.inside = SharedInt.create(session, 0);
        this.most = SharedInt.create(session, 0);
    }

    /** Called by a process that is in. */
    public void enter() {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    }

    /** Called before it goes out. */
    public void leave() {
        inside.decrementAndGet();
    }

    /** How many are inside now. */
    public int inside() {
        return inside.get();
    }

    /** How many have been inside at once, at most. */
    public int most() {
        return most.get();
    }
}
