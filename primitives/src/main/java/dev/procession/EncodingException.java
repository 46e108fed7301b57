package dev.procession;

/**
 * A value cannot travel: it, or something that it refers to, cannot be turned into bytes. Thrown by the very call that was
 * given the value, and nothing was sent. The message names the class and, where it can be seen, the fields that lead to it.
 */
public final class EncodingException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    /**
     * A value that cannot travel.
     *
     * @param message what cannot be encoded, and where in the value it is
     * @param cause what the encoding said
     */
    public EncodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
