package dev.procession.pool;

import dev.procession.internal.child.ParentLink;
import java.io.IOException;

/** In a worker: one message to the pool, which leaves in one piece. */
final class Answer {
    private final Bytes bytes;

    Answer(int kind, int sequence, long nanos) {
        this(new Bytes(128), kind, sequence, nanos);
    }

    /** @param bytes a buffer that was used before */
    Answer(Bytes bytes, int kind, int sequence, long nanos) {
        this.bytes = bytes;
        bytes.clear();
        bytes.putByte(kind).putInt(sequence).putLong(nanos);
    }

    Bytes bytes() {
        return bytes;
    }

    void nanos(long value) {
        bytes.setLong(1 + Integer.BYTES, value);
    }

    void send(ParentLink link) throws IOException {
        link.send(bytes.array(), 0, bytes.length());
    }
}
