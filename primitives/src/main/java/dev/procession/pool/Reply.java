package dev.procession.pool;

import dev.procession.internal.child.RemoteFailure;
import dev.procession.internal.wire.ObjectCodec;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a worker sends back for a task: one byte that tells which, then the serialized result or the failure.
 *
 * @param value the serialized result; empty for a failure
 * @param failure what the task threw, or null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(byte[] value, @Nullable RemoteFailure failure) {
    private static final byte RESULT = 0;
    private static final byte FAILURE = 1;

    static byte[] ofResult(@Nullable Object result) throws IOException {
        return tagged(RESULT, ObjectCodec.encode(result));
    }

    static byte[] ofFailure(Throwable thrown) throws IOException {
        return tagged(FAILURE, RemoteFailure.of(thrown).encode());
    }

    static Reply decode(byte[] message) throws IOException {
        byte[] rest = Arrays.copyOfRange(message, 1, message.length);
        return message[0] == RESULT ? new Reply(rest, null) : new Reply(new byte[0], RemoteFailure.decode(rest));
    }

    private static byte[] tagged(byte tag, byte[] bytes) {
        byte[] message = new byte[1 + bytes.length];
        message[0] = tag;
        System.arraycopy(bytes, 0, message, 1, bytes.length);
        return message;
    }
}
