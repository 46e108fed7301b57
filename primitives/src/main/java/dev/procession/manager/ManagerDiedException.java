package dev.procession.manager;

import dev.procession.ProcessionException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The manager of an object has ended, was shut down, or cannot be reached any more. What it held is gone. A call that was
 * under way may have been carried out or not.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public final class ManagerDiedException extends ProcessionException {
    private static final long serialVersionUID = 1L;
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private final long pid;
    private final int exit;

    ManagerDiedException(String manager, long pid, @Nullable Integer exit, String what, @Nullable Throwable cause) {
        super(manager + (pid == 0 ? "" : " (pid " + pid + ")") + " " + what + status(exit)
                + "; its objects are gone: start another one");
        if (cause != null) {
            initCause(cause);
        }
        this.pid = pid;
        this.exit = exit == null ? UNKNOWN : exit;
    }

    private static String status(@Nullable Integer exit) {
        if (exit == null) {
            return "";
        }
        return exit < 0 ? ", killed by signal " + -exit : ", exit code " + exit;
    }

    /** {@return the manager's process id; 0 if this process has never been connected with it} */
    public long pid() {
        return pid;
    }

    /** {@return its exit code, or {@code -n} for signal {@code n}; only the process that started it learns it} */
    public OptionalInt exitCode() {
        return exit == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(exit);
    }
}
