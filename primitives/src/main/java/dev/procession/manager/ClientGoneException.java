package dev.procession.manager;

import dev.procession.ProcessionException;

/** The client for which a call is carried out is gone, and nobody waits for the result. */
final class ClientGoneException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    ClientGoneException(String client) {
        super(client + " is gone");
    }
}
