package dev.procession;

import java.io.Serializable;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * That somebody died while it owned something of a shared object: who, what, and how as far as that is known.
 *
 * @param object what it owned, as messages call it: {@code lock "journal"}
 * @param pid the process id of the owner; 0 if it is not remembered any more
 * @param processName the name of the owner's process; empty if it is not remembered any more
 * @param threadName the thread that ended in a process that lives; empty if the whole process ended
 * @param exit how the process ended: its exit code, {@code -n} for signal {@code n}, or {@link #UNKNOWN_EXIT}. Only its
 *     parent learns it from the operating system, so it is unknown unless the parent takes part in the session
 * @param seen when the death was noticed
 */
public record OwnerDeath(String object, long pid, String processName, String threadName, int exit, Instant seen)
        implements Serializable {

    /** The value of {@link #exit} when nobody knows. */
    public static final int UNKNOWN_EXIT = Integer.MIN_VALUE;

    /** {@return how the process ended: its exit code, or {@code -n} for signal {@code n}; empty if unknown} */
    public OptionalInt exitCode() {
        return exit == UNKNOWN_EXIT ? OptionalInt.empty() : OptionalInt.of(exit);
    }

    /** {@return one sentence for people} */
    public String describe() {
        StringBuilder text = new StringBuilder(object).append(": ");
        if (!threadName.isEmpty()) {
            text.append("thread ").append(threadName).append(" of ");
        }
        text.append("process ").append(pid == 0 ? "(not remembered)" : Long.toString(pid));
        if (!processName.isEmpty()) {
            text.append(" (").append(processName).append(')');
        }
        text.append(" ended holding it");
        if (threadName.isEmpty()) {
            if (exit == UNKNOWN_EXIT) {
                text.append(", exit status unknown");
            } else if (exit < 0) {
                text.append(", killed by signal ").append(-exit);
            } else {
                text.append(", exit code ").append(exit);
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return describe() + ", seen " + seen;
    }
}
