package dev.procession.channel;

import java.io.IOException;

/** A message did not fit into the array that it was to be received into. It is here: nothing is lost. */
public final class BufferTooShortException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient byte[] message;

    /**
     * A message that was received.
     *
     * @param message all of it
     * @param room how many bytes there was room for
     */
    public BufferTooShortException(byte[] message, int room) {
        super("a message of " + message.length + " bytes does not fit into " + room
                + ": it is in this exception's message(), or use receiveBytes()");
        this.message = message;
    }

    /** {@return the whole message} */
    public byte[] message() {
        return message;
    }
}
