package dev.procession;

/**
 * The root of the exceptions that Procession adds to those of the JDK. Every subclass carries its facts as fields, and
 * a message that says what happened, where, and what to do.
 */
public class ProcessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception without a cause.
     *
     * @param message what happened, where, and what to do
     */
    public ProcessionException(String message) {
        super(message);
    }

    /**
     * An exception with a cause.
     *
     * @param message what happened, where, and what to do
     * @param cause what led to it
     */
    public ProcessionException(String message, Throwable cause) {
        super(message, cause);
    }
}
