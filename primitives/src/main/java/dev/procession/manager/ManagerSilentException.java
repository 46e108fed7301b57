package dev.procession.manager;

import dev.procession.ProcessionException;

/**
 * The manager did not answer in time: it is stopped, overloaded, or the network is gone. It may carry out the call later.
 * What this thread holds in it is as it was.
 */
public final class ManagerSilentException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    ManagerSilentException(String message) {
        super(message);
    }
}
