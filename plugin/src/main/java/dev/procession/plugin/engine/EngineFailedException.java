package dev.procession.plugin.engine;

import dev.procession.ProcessionException;

/** The engine cannot be had, or did not do its work; the message says what the user can do. */
public final class EngineFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    EngineFailedException(String message) {
        super(message);
    }

    EngineFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
