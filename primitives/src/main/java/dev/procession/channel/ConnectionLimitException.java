package dev.procession.channel;

import java.io.IOException;

/** A listener knows the key and has as many connections as it allows. */
public final class ConnectionLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Sent away.
     *
     * @param message by whom
     */
    public ConnectionLimitException(String message) {
        super(message);
    }
}
