package dev.procession.plugin.watch;

import dev.procession.ProcessionException;

/** The watch cannot begin as asked. */
public final class WatchFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    WatchFailedException(String message) {
        super(message);
    }
}
