package dev.procession.plugin.npm;

/** A jar cannot be used. The message says why, and is to be read after the jar's name. */
final class UnusableJarException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableJarException(String message) {
        super(message);
    }
}
