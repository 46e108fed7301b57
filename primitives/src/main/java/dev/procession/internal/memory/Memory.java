package dev.procession.internal.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Fields in bytes that other processes map too, by offset and memory mode.
 *
 * <p>The Java language specification promises nothing between processes. What is relied on: every mode of a
 * {@link VarHandle} view of a direct buffer is compiled to the same instructions as for an array, so that on one machine
 * it holds between processes as it does between threads, because the pages are the same. Longs lie at multiples of
 * eight, ints at multiples of four.
 */
public final class Memory {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ByteBuffer bytes;

    /**
     * Fields over a buffer.
     *
     * @param bytes a direct buffer; its byte order becomes the machine's
     */
    public Memory(ByteBuffer bytes) {
        if (!bytes.isDirect()) {
            throw new IllegalArgumentException("a heap buffer has no atomic access to its fields: " + bytes);
        }
        this.bytes = bytes.duplicate().order(ByteOrder.nativeOrder());
    }

    /**
     * {@return the bytes, for a fast path that cannot afford one more field to load: see {@link #compareAndSetLong(ByteBuffer,
     * int, long, long)}}
     */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** The same as {@link #compareAndSetLong(int, long, long)} for the bytes of a memory. */
    public static boolean compareAndSetLong(ByteBuffer bytes, int offset, long expected, long value) {
        return LONG.compareAndSet(bytes, offset, expected, value);
    }

    /** {@return the number of bytes} */
    public int size() {
        return bytes.capacity();
    }

    /** {@return a view of some of the bytes, with position 0 and the machine's byte order} */
    public ByteBuffer slice(int offset, int length) {
        return bytes.slice(offset, length).order(ByteOrder.nativeOrder());
    }

    /**
     * Some of the bytes, as fields whose offsets begin with 0 there.
     *
     * @param offset the first byte
     * @param length their number
     * @return a view with an {@link #anchor} of its own
     */
    public Memory part(int offset, int length) {
        return new Memory(bytes.slice(offset, length));
    }

    /**
     * {@return what is reachable while a thread is in a method of this object} It is what a cleaner of the bytes must be
     * registered with: a handle that leads here may be found dead while its last access is still under way.
     */
    public Object anchor() {
        return bytes;
    }

    public long getLong(int offset) {
        return (long) LONG.get(bytes, offset);
    }

    public void setLong(int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    public long getLongOpaque(int offset) {
        return (long) LONG.getOpaque(bytes, offset);
    }

    public void setLongOpaque(int offset, long value) {
        LONG.setOpaque(bytes, offset, value);
    }

    public long getLongAcquire(int offset) {
        return (long) LONG.getAcquire(bytes, offset);
    }

    public void setLongRelease(int offset, long value) {
        LONG.setRelease(bytes, offset, value);
    }

    public long getLongVolatile(int offset) {
        return (long) LONG.getVolatile(bytes, offset);
    }

    public void setLongVolatile(int offset, long value) {
        LONG.setVolatile(bytes, offset, value);
    }

    public boolean compareAndSetLong(int offset, long expected, long value) {
        return LONG.compareAndSet(bytes, offset, expected, value);
    }

    public long compareAndExchangeLong(int offset, long expected, long value) {
        return (long) LONG.compareAndExchange(bytes, offset, expected, value);
    }

    public long getAndSetLong(int offset, long value) {
        return (long) LONG.getAndSet(bytes, offset, value);
    }

    public long getAndAddLong(int offset, long delta) {
        return (long) LONG.getAndAdd(bytes, offset, delta);
    }

    public long getAndOrLong(int offset, long mask) {
        return (long) LONG.getAndBitwiseOr(bytes, offset, mask);
    }

    public long getAndAndLong(int offset, long mask) {
        return (long) LONG.getAndBitwiseAnd(bytes, offset, mask);
    }

    public int getInt(int offset) {
        return (int) INT.get(bytes, offset);
    }

    public void setInt(int offset, int value) {
        INT.set(bytes, offset, value);
    }

    public int getIntOpaque(int offset) {
        return (int) INT.getOpaque(bytes, offset);
    }

    public void setIntOpaque(int offset, int value) {
        INT.setOpaque(bytes, offset, value);
    }

    public int getIntAcquire(int offset) {
        return (int) INT.getAcquire(bytes, offset);
    }

    public void setIntRelease(int offset, int value) {
        INT.setRelease(bytes, offset, value);
    }

    public int getIntVolatile(int offset) {
        return (int) INT.getVolatile(bytes, offset);
    }

    public void setIntVolatile(int offset, int value) {
        INT.setVolatile(bytes, offset, value);
    }

    public boolean compareAndSetInt(int offset, int expected, int value) {
        return INT.compareAndSet(bytes, offset, expected, value);
    }

    public int compareAndExchangeInt(int offset, int expected, int value) {
        return (int) INT.compareAndExchange(bytes, offset, expected, value);
    }

    public int getAndSetInt(int offset, int value) {
        return (int) INT.getAndSet(bytes, offset, value);
    }

    public int getAndAddInt(int offset, int delta) {
        return (int) INT.getAndAdd(bytes, offset, delta);
    }

    public byte getByte(int offset) {
        return bytes.get(offset);
    }

    public void setByte(int offset, byte value) {
        bytes.put(offset, value);
    }

    public short getShort(int offset) {
        return bytes.getShort(offset);
    }

    public void setShort(int offset, short value) {
        bytes.putShort(offset, value);
    }

    public char getChar(int offset) {
        return bytes.getChar(offset);
    }

    public void setChar(int offset, char value) {
        bytes.putChar(offset, value);
    }

    /** Copies bytes out; plain. */
    public void getBytes(int offset, byte[] into, int start, int length) {
        bytes.get(offset, into, start, length);
    }

    /** Copies bytes in; plain. */
    public void setBytes(int offset, byte[] from, int start, int length) {
        bytes.put(offset, from, start, length);
    }

    /** Sets bytes to zero; plain. */
    public void clear(int offset, int length) {
        ByteBuffer zeros = ZEROS.duplicate();
        for (int done = 0; done < length; ) {
            int step = Math.min(length - done, zeros.capacity());
            bytes.put(offset + done, zeros, 0, step);
            done += step;
        }
    }

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(8192);
}
