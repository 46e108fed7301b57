package dev.procession.plugin.watch;

import dev.procession.ProcessionException;

/** The watch cannot begin as asked. */
public final class WatchFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    /**
     * With all that the user needs.
     *
     * @param message what is wrong, and what to do
     */
    public WatchFailedException(String message) {
        super(message);
    }
}
