package dev.procession.process;

import dev.procession.ProcessionException;
import org.jspecify.annotations.Nullable;

/**
 * A child ended otherwise than with exit code 0. When an exception ended it, that exception is the cause, with the stack
 * of the child; where it cannot be brought here as an object, its text still is.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public final class ChildFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final String process;
    private final long pid;
    private final transient ExitStatus status;
    private final @Nullable String remoteClassName;
    private final @Nullable String remoteStackTrace;

    ChildFailedException(
            String process,
            long pid,
            ExitStatus status,
            @Nullable String remoteClassName,
            @Nullable String remoteMessage,
            @Nullable String remoteStackTrace,
            @Nullable Throwable cause) {
        super(message(process, pid, status, remoteClassName, remoteMessage));
        if (cause != null) {
            initCause(cause);
        }
        this.process = process;
        this.pid = pid;
        this.status = status;
        this.remoteClassName = remoteClassName;
        this.remoteStackTrace = remoteStackTrace;
    }

    private static String message(
            String process,
            long pid,
            ExitStatus status,
            @Nullable String remoteClassName,
            @Nullable String remoteMessage) {
        String head = "process \"" + process + "\" (pid " + pid + "): " + status;
        if (remoteClassName == null) {
            return head;
        }
        return head + " after " + remoteClassName + (remoteMessage == null ? "" : ": " + remoteMessage);
    }

    /** {@return the child's name} */
    public String process() {
        return process;
    }

    /** {@return the child's process id} */
    public long pid() {
        return pid;
    }

    /** {@return how it ended} */
    public ExitStatus status() {
        return status;
    }

    /** {@return the class name of the exception that ended it, or null when none did} */
    public @Nullable String remoteClassName() {
        return remoteClassName;
    }

    /** {@return the stack trace as the child printed it, all causes included, or null when no exception ended it} */
    public @Nullable String remoteStackTrace() {
        return remoteStackTrace;
    }
}
