package dev.procession.plugin.output;

import dev.procession.ProcessionException;

/** What surrounds a bundle cannot be made as asked; the message says what the user can do. Nothing was published. */
public final class OutputFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    /**
     * For the user.
     *
     * @param message what is wrong, where, and what to do
     */
    public OutputFailedException(String message) {
        super(message);
    }
}
