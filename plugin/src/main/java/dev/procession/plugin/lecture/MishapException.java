package dev.procession.plugin.lecture;

/** An example that could not be played to its end; the message is what is told of it, behind its name. */
final class MishapException extends Exception {
    private static final long serialVersionUID = 1L;

    MishapException(String message) {
        super(message);
    }
}
