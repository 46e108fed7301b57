package dev.procession.channel;

import dev.procession.internal.wire.SimpleValue;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Codec} writes a value: bytes that grow as they must, numbers in big endian. It is good for one call of
 * {@link Codec#encode}, and one thread.
 */
public final class ByteSink {
    private static final int FIRST_LENGTH = 256;

    /** A larger buffer is not kept for the next message: one large message must not cost memory for ever. */
    private static final int LARGEST_KEPT = 256 * 1024;

    /** From here on, an array that is the whole message is not copied before it is copied into the channel. */
    private static final int WORTH_BORROWING = 4096;

    /** The longest message, as for arrays. */
    private static final int LONGEST = Integer.MAX_VALUE - 64;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_LENGTH);
    private byte @Nullable [] borrowed; // the whole message so far, and then bytes is empty

    /** An empty one: for tests of a codec. Channels have theirs. */
    public ByteSink() {}

    /** {@return a copy of what was written} */
    public byte[] toByteArray() {
        return Arrays.copyOf(array(), length());
    }

    /** Makes it empty for the next message. */
    void clear() {
        borrowed = null;
        if (bytes.capacity() > LARGEST_KEPT) {
            bytes = ByteBuffer.allocate(FIRST_LENGTH);
        } else {
            bytes.clear();
        }
    }

    /** {@return how many bytes were written} */
    public int length() {
        return borrowed != null ? borrowed.length : bytes.position();
    }

    /** {@return the array that the message is at the beginning of; good until {@link #clear}} */
    byte[] array() {
        return borrowed != null ? borrowed : bytes.array();
    }

    private ByteBuffer room(long more) {
        byte[] whole = borrowed;
        if (whole != null) {
            borrowed = null;
            room((long) whole.length + more).put(whole);
        }
        if (bytes.remaining() < more) {
            grow(bytes.position() + more);
        }
        return bytes;
    }

    private void grow(long needed) {
        if (needed > LONGEST) {
            throw new IllegalArgumentException("a message has at most " + LONGEST + " bytes: bytes=" + needed);
        }
        long doubled = Math.min(LONGEST, bytes.capacity() * 2L);
        ByteBuffer larger = ByteBuffer.allocate((int) Math.max(doubled, needed));
        larger.put(bytes.flip());
        bytes = larger;
    }

    /** Writes one byte. */
    public ByteSink put(byte value) {
        room(Byte.BYTES).put(value);
        return this;
    }

    /** Writes an array. A large one that is all of the message is not copied here: it must not change meanwhile. */
    public ByteSink put(byte[] values) {
        if (values.length >= WORTH_BORROWING && borrowed == null && bytes.position() == 0) {
            borrowed = values;
        } else {
            room(values.length).put(values);
        }
        return this;
    }

    /**
     * Writes a part of an array.
     *
     * @throws IndexOutOfBoundsException if it has no such part
     */
    public ByteSink put(byte[] values, int start, int length) {
        Objects.checkFromIndexSize(start, length, values.length);
        room(length).put(values, start, length);
        return this;
    }

    /** Writes what remains of a buffer, and moves its position to its limit. */
    public ByteSink put(ByteBuffer values) {
        room(values.remaining()).put(values);
        return this;
    }

    /** Writes two bytes. */
    public ByteSink putShort(short value) {
        room(Short.BYTES).putShort(value);
        return this;
    }

    /** Writes two bytes. */
    public ByteSink putChar(char value) {
        room(Character.BYTES).putChar(value);
        return this;
    }

    /** Writes four bytes. */
    public ByteSink putInt(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    /** Writes eight bytes. */
    public ByteSink putLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /** Writes four bytes. */
    public ByteSink putFloat(float value) {
        room(Float.BYTES).putFloat(value);
        return this;
    }

    /** Writes eight bytes. */
    public ByteSink putDouble(double value) {
        room(Double.BYTES).putDouble(value);
        return this;
    }

    /**
     * Writes a text in UTF-8 behind its length in bytes, four bytes. A lone surrogate, which is no character, becomes
     * {@code ?}.
     */
    public ByteSink putString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room((long) Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
        return this;
    }

    void putSimple(@Nullable Object value) {
        SimpleValue.write(room(SimpleValue.maxLength(value)), value);
    }

    /** {@return this sink as a stream} Closing it does nothing. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                put((byte) value);
            }

            @Override
            public void write(byte[] values, int start, int length) {
                put(values, start, length);
            }
        };
    }
}
