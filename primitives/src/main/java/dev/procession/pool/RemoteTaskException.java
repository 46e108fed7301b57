package dev.procession.pool;

import dev.procession.ProcessionException;
import dev.procession.internal.child.RemoteFailure;
import org.jspecify.annotations.Nullable;

/**
 * Something went wrong in a worker that cannot be brought here as it was: a task threw an exception that is not
 * serializable, or whose class is not on the class path of this process; or a task could not be read there, most often
 * since the workers' class path lacks a class of it. The text of what was thrown is here, and where it could be brought here
 * it is the cause.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public final class RemoteTaskException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final String remoteClassName;
    private final String remoteStackTrace;

    private RemoteTaskException(String message, String remoteClassName, String remoteStackTrace) {
        super(message);
        this.remoteClassName = remoteClassName;
        this.remoteStackTrace = remoteStackTrace;
    }

    /** The task threw it. */
    static RemoteTaskException thrown(String task, RemoteFailure failure) {
        return of("task " + task + ": ", failure);
    }

    /** The worker could not make the task of its bytes. */
    static RemoteTaskException undecodable(
            String task, String worker, RemoteFailure failure, @Nullable Throwable cause) {
        RemoteTaskException made = of(
                "task " + task + " cannot be read by worker " + worker
                        + ", whose class path must hold what it needs in the same version: ",
                failure);
        if (cause != null) {
            made.initCause(cause);
        }
        return made;
    }

    /** The result arrived, and no object could be made of it. */
    static RemoteTaskException resultUndecodable(String task, Throwable thrown) {
        RemoteTaskException made = new RemoteTaskException(
                "task " + task + ": the result cannot be decoded here: " + thrown,
                thrown.getClass().getName(),
                "");
        made.initCause(thrown);
        return made;
    }

    private static RemoteTaskException of(String head, RemoteFailure failure) {
        String message = failure.message();
        return new RemoteTaskException(
                head + failure.className() + (message == null ? "" : ": " + message),
                failure.className(),
                failure.stack());
    }

    /** {@return the class name of what was thrown} */
    public String remoteClassName() {
        return remoteClassName;
    }

    /** {@return its stack trace as the worker would print it, all causes included} */
    public String remoteStackTrace() {
        return remoteStackTrace;
    }
}
