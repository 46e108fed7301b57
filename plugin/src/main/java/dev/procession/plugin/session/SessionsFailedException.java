package dev.procession.plugin.session;

import dev.procession.ProcessionException;

/** Sessions cannot be listed or cleaned where the user asked for it. The message says all. */
public final class SessionsFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    SessionsFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
