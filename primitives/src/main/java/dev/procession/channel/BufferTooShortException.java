package dev.procession.channel;

import java.io.IOException;

/** A message did not fit into the buffer that was given for it. It was received, and is here: {@link #message}. */
public final class BufferTooShortException extends IOException {
    private static final long serialVersionUID = 1L;

    private final byte[] message;

    BufferTooShortException(String pipe, int room, byte[] message) {
        super(pipe + ": a message of " + message.length + " bytes came for a buffer with room for " + room
                + "; it is in this exception");
        this.message = message;
    }

    /** {@return the whole message} */
    public byte[] message() {
        return message;
    }
}
