package dev.procession.pool;

import dev.procession.ProcessionException;
import org.jspecify.annotations.Nullable;

/**
 * A task threw an exception that cannot be brought here as an object: it is not serializable, or its class is not on
 * the class path of this process. Its text is here.
 */
public final class RemoteTaskException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final String remoteClassName;
    private final String remoteStackTrace;

    RemoteTaskException(String task, String remoteClassName, @Nullable String remoteMessage, String remoteStackTrace) {
        super("task " + task + ": " + remoteClassName + (remoteMessage == null ? "" : ": " + remoteMessage));
        this.remoteClassName = remoteClassName;
        this.remoteStackTrace = remoteStackTrace;
    }

    /** {@return the class name of what the task threw} */
    public String remoteClassName() {
        return remoteClassName;
    }

    /** {@return its stack trace as the worker would print it, all causes included} */
    public String remoteStackTrace() {
        return remoteStackTrace;
    }
}
