package dev.procession.manager;

import dev.procession.channel.ByteSink;
import dev.procession.channel.Codec;
import dev.procession.internal.wire.SimpleValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one message that is being written, and the numbers that both sides use. Values are simple ones, lists of values,
 * references to objects of the manager, and whatever Java serialization takes.
 */
final class Frame {
    /** To the server, first on each connection: client id (2 longs), pid, name, whether it is the control connection. */
    static final byte HELLO = 1;

    /** To the server: object id, thread id, method, arguments. Answered by VALUE, HANDED, THROWN or CANCELLED. */
    static final byte CALL = 2;

    /** To the server: the thread that waits for an answer on this connection was interrupted. */
    static final byte CANCEL = 3;

    /** To the server on the control connection: count, then ids and how often the client was given each. */
    static final byte RELEASE = 4;

    /** To the server on the control connection: thread id and name of a thread that has ended. */
    static final byte ENDED = 5;

    /** To the server: HANDED has arrived, and what is in it is the client's. */
    static final byte TAKEN = 6;

    static final byte VALUE = 10;
    static final byte THROWN = 11;
    static final byte CANCELLED = 12;

    /** As VALUE; the server takes it back if the client goes before it has said TAKEN. */
    static final byte HANDED = 13;

    static final byte SIMPLE = 1;
    static final byte OBJECT = 2;
    static final byte LIST = 3;
    static final byte REFERENCE = 4;

    private ByteBuffer bytes = ByteBuffer.allocate(512);

    /** Writes those objects that are not to be copied. */
    interface References {
        /** Returns false if the value is to be copied; else it has written a reference. */
        boolean write(Object value, Frame out);
    }

    Frame clear() {
        if (bytes.capacity() > 256 * 1024) {
            bytes = ByteBuffer.allocate(512);
        }
        bytes.clear();
        return this;
    }

    byte[] array() {
        return bytes.array();
    }

    int length() {
        return bytes.position();
    }

    private ByteBuffer room(long more) {
        if (bytes.remaining() < more) {
            long size = Math.max(bytes.position() + more, Math.min(2L * bytes.capacity(), Integer.MAX_VALUE - 64));
            if (size > Integer.MAX_VALUE - 64) {
                throw new IllegalArgumentException("a call with " + size + " bytes is too long");
            }
            bytes = ByteBuffer.allocate((int) size).put(bytes.flip());
        }
        return bytes;
    }

    Frame put(byte value) {
        room(1).put(value);
        return this;
    }

    Frame putInt(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    Frame putLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    Frame putText(String text) {
        return putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Frame putBytes(byte[] value) {
        room((long) Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    Frame putValue(@Nullable Object value, References references) {
        return putValue(value, references, 0);
    }

    private Frame putValue(@Nullable Object value, References references, int depth) {
        if (SimpleValue.canEncode(value)) {
            ByteBuffer out = room(1 + Integer.BYTES + SimpleValue.maxLength(value));
            out.put(SIMPLE);
            int at = out.position();
            out.putInt(0);
            SimpleValue.write(out, value);
            out.putInt(at, out.position() - at - Integer.BYTES);
            return this;
        }
        if (value == null || references.write(value, this)) {
            return this;
        }
        if (value.getClass() == ArrayList.class) {
            List<?> list = (List<?>) value;
            if (depth == FrameSource.MOST_NESTING) {
                throw new dev.procession.EncodingException(
                        "lists are nested deeper than " + FrameSource.MOST_NESTING
                                + ", or one is in itself: give the manager lists of its own",
                        new java.io.NotSerializableException(value.getClass().getName()));
            }
            put(LIST).putInt(list.size());
            for (Object each : list) {
                putValue(each, references, depth + 1);
            }
            return this;
        }
        ByteSink sink = new ByteSink();
        try {
            Codec.objects().encode(value, sink);
        } catch (IOException e) {
            throw new dev.procession.EncodingException(
                    "a value of " + value.getClass().getName() + " cannot be serialized: " + e.getMessage(), e);
        }
        return put(OBJECT).putBytes(sink.toByteArray());
    }
}
