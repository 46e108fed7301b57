package dev.procession.pool;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A heap buffer that grows, for messages between a pool and its workers. One thread uses it. */
final class Bytes {
    private ByteBuffer buffer;

    Bytes(int capacity) {
        buffer = ByteBuffer.allocate(capacity);
    }

    void clear() {
        buffer.clear();
    }

    int length() {
        return buffer.position();
    }

    byte[] array() {
        return buffer.array();
    }

    byte[] toArray() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** {@return what was written, and nothing else} Nobody may write any more. */
    byte[] whole() {
        return length() == array().length ? array() : toArray();
    }

    /** Forgets what was written after a position. */
    void truncate(int length) {
        buffer.position(length);
    }

    Bytes putByte(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    Bytes putInt(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    Bytes putLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    Bytes put(byte[] bytes) {
        room(bytes.length).put(bytes);
        return this;
    }

    void setInt(int position, int value) {
        buffer.putInt(position, value);
    }

    void setLong(int position, long value) {
        buffer.putLong(position, value);
    }

    /** The buffer, with room for so many bytes more. */
    ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            int larger = (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, 2L * buffer.capacity()));
            buffer = ByteBuffer.allocate(larger).put(buffer.flip());
        }
        return buffer;
    }
}
