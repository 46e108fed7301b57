package dev.procession.plugin.lecture;

import dev.procession.ProcessionException;

/** The examples cannot be played as asked, or one of them broke what must be true of it. The message says all. */
public final class LectureFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    public LectureFailedException(String message) {
        super(message);
    }
}
