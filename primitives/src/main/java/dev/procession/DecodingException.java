package dev.procession;

/**
 * A value arrived and cannot be made of its bytes here: its class is missing or another one in this process, a filter refused
 * it, or its own reading code threw.
 */
public final class DecodingException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    /**
     * A value that cannot be read.
     *
     * @param message what cannot be decoded, and why
     * @param cause what the decoding said
     */
    public DecodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
