package dev.procession.manager;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A call that waits for a lock, perhaps after it has waited for a condition of it. Guarded by the lock's mutex. */
final class Waiter {
    final Caller caller;
    final Condition wake;
    final boolean evenIfInconsistent;

    /** How often it will hold the lock. */
    final int holds;

    /** What it waited for before it waited for the lock, or null. */
    final @Nullable ServedCondition condition;

    /** It waits for the condition, and not yet for the lock. */
    boolean inCondition;

    boolean signalled;
    boolean granted;

    /** The lock is inconsistent, and it did not ask for such a one. */
    boolean refused;

    Waiter(Caller caller, Condition wake, boolean evenIfInconsistent, int holds, @Nullable ServedCondition condition) {
        this.caller = caller;
        this.wake = wake;
        this.evenIfInconsistent = evenIfInconsistent;
        this.holds = holds;
        this.condition = condition;
        this.inCondition = condition != null;
    }
}
