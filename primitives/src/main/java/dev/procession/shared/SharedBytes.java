package dev.procession.shared;

import dev.procession.session.Session;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A fixed number of bytes that all processes of a session read and write. {@link SharedArray} says what holds for all
 * shared arrays; an element that can do all that {@link SharedByte} can is {@link #at at(index)}.
 *
 * <p>Beside single bytes it gives access to values of other types at any offset: plain by {@code getInt(offset)} and the
 * like, in the machine's byte order, and atomic by {@code intAt(offset)} and the like, where the offset is a multiple of the
 * value's size. Who mixes sizes at one place gets what the machine makes of it.
 */
public final class SharedBytes extends SharedArray {
    private static final long serialVersionUID = 1L;

    SharedBytes(Region region, int base, int length, boolean part) {
        super(region, base, length, part);
    }

    private static SharedBytes whole(BlockRegion region) {
        return new SharedBytes(region, region.shape().values(), region.shape().length(), false);
    }

    /**
     * Creates an anonymous array of zeros.
     *
     * @param length number of elements
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedBytes create(Session session, int length) {
        return whole(BlockRegion.create(session, null, Shape.array(ElementType.BYTE, length)));
    }

    /**
     * Creates a named array of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedBytes create(Session session, String name, int length) {
        return whole(BlockRegion.create(session, name, Shape.array(ElementType.BYTE, length)));
    }

    /** Creates an anonymous array of some values. */
    public static SharedBytes of(Session session, byte... values) {
        SharedBytes array = create(session, values.length);
        array.copyFrom(0, values, 0, values.length);
        return array;
    }

    /**
     * Opens the array of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is of another type or length
     */
    public static SharedBytes open(Session session, String name, int length) {
        return whole(BlockRegion.open(session, name, Shape.array(ElementType.BYTE, length)));
    }

    /**
     * Attaches to the array of a name, whatever its length.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    public static SharedBytes attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, Shape.array(ElementType.BYTE, 0)));
    }

    @Override
    ElementType element() {
        return ElementType.BYTE;
    }

    @Override
    ViewKind kind() {
        return ViewKind.BYTES;
    }

    /** {@return an element as a handle of its own, which travels too} */
    public SharedByte at(int index) {
        return new ByteCell(region, offset(index, Byte.BYTES), true);
    }

    /** {@return the elements from one index up to, not including, another: the same memory} */
    public SharedBytes slice(int from, int to) {
        return new SharedBytes(region, offset(from, to, Byte.BYTES), to - from, true);
    }

    /** {@return an element, volatile} */
    public byte get(int index) {
        return (byte) Packed.getVolatile(memory, offset(index, Byte.BYTES), Byte.BYTES);
    }

    /** {@return an element, plain} */
    public byte getPlain(int index) {
        return memory.getByte(offset(index, Byte.BYTES));
    }

    /** {@return an element, opaque} */
    public byte getOpaque(int index) {
        return (byte) Packed.getOpaque(memory, offset(index, Byte.BYTES), Byte.BYTES);
    }

    /** {@return an element, with acquire} */
    public byte getAcquire(int index) {
        return (byte) Packed.getAcquire(memory, offset(index, Byte.BYTES), Byte.BYTES);
    }

    /** Sets an element, volatile. */
    public void set(int index, byte value) {
        Packed.setVolatile(memory, offset(index, Byte.BYTES), Byte.BYTES, value);
    }

    /** Sets an element, plain. */
    public void setPlain(int index, byte value) {
        memory.setByte(offset(index, Byte.BYTES), value);
    }

    /** Sets an element, opaque. */
    public void setOpaque(int index, byte value) {
        Packed.setRelease(memory, offset(index, Byte.BYTES), Byte.BYTES, value);
    }

    /** Sets an element, with release. */
    public void setRelease(int index, byte value) {
        Packed.setRelease(memory, offset(index, Byte.BYTES), Byte.BYTES, value);
    }

    /** Sets an element if it is the expected one, volatile; returns what it was. */
    public byte compareAndExchange(int index, byte expected, byte value) {
        return (byte) Packed.compareAndExchange(memory, offset(index, Byte.BYTES), Byte.BYTES, expected, value);
    }

    /** Sets an element if it is the expected one, volatile; returns whether it was. */
    public boolean compareAndSet(int index, byte expected, byte value) {
        return Packed.compareAndSet(memory, offset(index, Byte.BYTES), Byte.BYTES, expected, value);
    }

    /** Sets an element, volatile; returns what it was. */
    public byte getAndSet(int index, byte value) {
        return (byte) Packed.getAndSet(memory, offset(index, Byte.BYTES), Byte.BYTES, value);
    }

    /** Adds to an element, volatile; returns what it was. */
    public byte getAndAdd(int index, byte delta) {
        return (byte) Packed.getAndAdd(memory, offset(index, Byte.BYTES), Byte.BYTES, delta);
    }

    @Override
    Object boxed() {
        return toArray();
    }

    @Override
    void setBoxed(Object value) {
        byte[] values = (byte[]) value;
        copyFrom(0, values, 0, values.length);
    }

    /** Sets all elements, plain. */
    public void fill(byte value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index up to, not including, another, plain. */
    public void fill(int from, int to, byte value) {
        int end = offset(from, to, Byte.BYTES) + (to - from) * Byte.BYTES;
        for (int at = end - (to - from) * Byte.BYTES; at < end; at += Byte.BYTES) {
            memory.setByte(at, value);
        }
    }

    /**
     * Copies elements out, plain.
     *
     * @param index the first of them
     * @param into where to
     * @param start where the first of them goes
     * @param count their number
     */
    public void copyTo(int index, byte[] into, int start, int count) {
        window(index, count, Byte.BYTES).get(into, start, count);
        copied();
    }

    /**
     * Copies elements in, plain.
     *
     * @param index where the first of them goes
     * @param from where from
     * @param start the first of them
     * @param count their number
     */
    public void copyFrom(int index, byte[] from, int start, int count) {
        window(index, count, Byte.BYTES).put(from, start, count);
        copied();
    }

    /** {@return a copy of all elements, which does not follow later changes} */
    public byte[] toArray() {
        byte[] copy = new byte[length()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }

    /** {@return a view of all elements, in the machine's byte order; see {@link SharedArray}} */
    public ByteBuffer asByteBuffer() {
        return buffer();
    }

    private int unaligned(int offset, int width) {
        region.requireOpen();
        return base + Objects.checkFromIndexSize(offset, width, length());
    }

    private int aligned(int offset, int width) {
        int at = unaligned(offset, width);
        if (at % width != 0) {
            throw new IllegalArgumentException("the offset of a value of " + width
                    + " bytes with atomic access must be a multiple of that: offset=" + offset);
        }
        return at;
    }

    /** {@return the short at an offset, plain} */
    public short getShort(int offset) {
        return memory.getShort(unaligned(offset, Short.BYTES));
    }

    /** Sets the short at an offset, plain. */
    public void setShort(int offset, short value) {
        memory.setShort(unaligned(offset, Short.BYTES), value);
    }

    /** {@return the short at an offset as a handle of its own, which travels too} */
    public SharedShort shortAt(int offset) {
        return new ShortCell(region, aligned(offset, Short.BYTES), true);
    }

    /** {@return the char at an offset, plain} */
    public char getChar(int offset) {
        return memory.getChar(unaligned(offset, Character.BYTES));
    }

    /** Sets the char at an offset, plain. */
    public void setChar(int offset, char value) {
        memory.setChar(unaligned(offset, Character.BYTES), value);
    }

    /** {@return the char at an offset as a handle of its own, which travels too} */
    public SharedChar charAt(int offset) {
        return new CharCell(region, aligned(offset, Character.BYTES), true);
    }

    /** {@return the int at an offset, plain} */
    public int getInt(int offset) {
        return memory.getInt(unaligned(offset, Integer.BYTES));
    }

    /** Sets the int at an offset, plain. */
    public void setInt(int offset, int value) {
        memory.setInt(unaligned(offset, Integer.BYTES), value);
    }

    /** {@return the int at an offset as a handle of its own, which travels too} */
    public SharedInt intAt(int offset) {
        return new IntCell(region, aligned(offset, Integer.BYTES), true);
    }

    /** {@return the long at an offset, plain} */
    public long getLong(int offset) {
        return memory.getLong(unaligned(offset, Long.BYTES));
    }

    /** Sets the long at an offset, plain. */
    public void setLong(int offset, long value) {
        memory.setLong(unaligned(offset, Long.BYTES), value);
    }

    /** {@return the long at an offset as a handle of its own, which travels too} */
    public SharedLong longAt(int offset) {
        return new LongCell(region, aligned(offset, Long.BYTES), true);
    }

    /** {@return the float at an offset, plain} */
    public float getFloat(int offset) {
        return Float.intBitsToFloat(memory.getInt(unaligned(offset, Float.BYTES)));
    }

    /** Sets the float at an offset, plain. */
    public void setFloat(int offset, float value) {
        memory.setInt(unaligned(offset, Float.BYTES), Float.floatToRawIntBits(value));
    }

    /** {@return the float at an offset as a handle of its own, which travels too} */
    public SharedFloat floatAt(int offset) {
        return new FloatCell(region, aligned(offset, Float.BYTES), true);
    }

    /** {@return the double at an offset, plain} */
    public double getDouble(int offset) {
        return Double.longBitsToDouble(memory.getLong(unaligned(offset, Double.BYTES)));
    }

    /** Sets the double at an offset, plain. */
    public void setDouble(int offset, double value) {
        memory.setLong(unaligned(offset, Double.BYTES), Double.doubleToRawLongBits(value));
    }

    /** {@return the double at an offset as a handle of its own, which travels too} */
    public SharedDouble doubleAt(int offset) {
        return new DoubleCell(region, aligned(offset, Double.BYTES), true);
    }
}
