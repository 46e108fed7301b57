package dev.procession.manager;

import dev.procession.ProcessionException;
import org.jspecify.annotations.Nullable;

/**
 * A call in the manager threw an exception that cannot be brought here as an object: it is not serializable, its class is not
 * here or not allowed, or the method does not declare it. Its text is here.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public final class RemoteCallException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final String remoteClassName;
    private final @Nullable String remoteMessage;
    private final String remoteStackTrace;

    RemoteCallException(String call, String remoteClassName, @Nullable String remoteMessage, String remoteStackTrace) {
        super(call + ": " + remoteClassName + (remoteMessage == null ? "" : ": " + remoteMessage));
        this.remoteClassName = remoteClassName;
        this.remoteMessage = remoteMessage;
        this.remoteStackTrace = remoteStackTrace;
    }

    /** {@return the class name of what was thrown} */
    public String remoteClassName() {
        return remoteClassName;
    }

    /** {@return its message, or null} */
    public @Nullable String remoteMessage() {
        return remoteMessage;
    }

    /** {@return its stack trace as the manager would print it, all causes included} */
    public String remoteStackTrace() {
        return remoteStackTrace;
    }
}
