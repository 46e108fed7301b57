package dev.procession.channel;

import dev.procession.ProcessionException;

/**
 * A queue has ended: nothing can be put into it any more, or all that was put was taken. For a consumer this is the good
 * end of its work, not an error.
 */
public final class QueueEndedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    QueueEndedException(String message) {
        super(message);
    }
}
