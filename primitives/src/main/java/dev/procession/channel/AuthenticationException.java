package dev.procession.channel;

import java.io.IOException;

/** The other side of a connection could not show that it knows the key, or was not shown that this side does. */
public final class AuthenticationException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message who was refused by whom, and what to do
     */
    public AuthenticationException(String message) {
        super(message);
    }
}
