package dev.procession.shared;

import dev.procession.session.Session;
import java.util.Objects;

/**
 * A fixed number of booleans that all processes of a session read and write. {@link SharedArray} says what holds for all
 * shared arrays; an element that can do all that {@link SharedBoolean} can is {@link #at at(index)}.
 */
public final class SharedBooleanArray extends SharedArray {
    private static final long serialVersionUID = 1L;

    SharedBooleanArray(Region region, int base, int length, boolean part) {
        super(region, base, length, part);
    }

    private static SharedBooleanArray whole(BlockRegion region) {
        return new SharedBooleanArray(
                region, region.shape().values(), region.shape().length(), false);
    }

    /**
     * Creates an anonymous array of zeros.
     *
     * @param length number of elements
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedBooleanArray create(Session session, int length) {
        return whole(BlockRegion.create(session, null, Shape.array(ElementType.BOOLEAN, length)));
    }

    /**
     * Creates a named array of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedBooleanArray create(Session session, String name, int length) {
        return whole(BlockRegion.create(session, name, Shape.array(ElementType.BOOLEAN, length)));
    }

    /** Creates an anonymous array of some values. */
    public static SharedBooleanArray of(Session session, boolean... values) {
        SharedBooleanArray array = create(session, values.length);
        array.copyFrom(0, values, 0, values.length);
        return array;
    }

    /**
     * Opens the array of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is of another type or length
     */
    public static SharedBooleanArray open(Session session, String name, int length) {
        return whole(BlockRegion.open(session, name, Shape.array(ElementType.BOOLEAN, length)));
    }

    /**
     * Attaches to the array of a name, whatever its length.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    public static SharedBooleanArray attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, Shape.array(ElementType.BOOLEAN, 0)));
    }

    @Override
    ElementType element() {
        return ElementType.BOOLEAN;
    }

    @Override
    ViewKind kind() {
        return ViewKind.BOOLEANS;
    }

    /** {@return an element as a handle of its own, which travels too} */
    public SharedBoolean at(int index) {
        return new BooleanCell(region, offset(index, Byte.BYTES), true);
    }

    /** {@return the elements from one index up to, not including, another: the same memory} */
    public SharedBooleanArray slice(int from, int to) {
        return new SharedBooleanArray(region, offset(from, to, Byte.BYTES), to - from, true);
    }

    /** {@return an element, volatile} */
    public boolean get(int index) {
        return Packed.getVolatile(memory, offset(index, Byte.BYTES), Byte.BYTES) != 0;
    }

    /** {@return an element, plain} */
    public boolean getPlain(int index) {
        return memory.getByte(offset(index, Byte.BYTES)) != 0;
    }

    /** {@return an element, opaque} */
    public boolean getOpaque(int index) {
        return Packed.getOpaque(memory, offset(index, Byte.BYTES), Byte.BYTES) != 0;
    }

    /** {@return an element, with acquire} */
    public boolean getAcquire(int index) {
        return Packed.getAcquire(memory, offset(index, Byte.BYTES), Byte.BYTES) != 0;
    }

    /** Sets an element, volatile. */
    public void set(int index, boolean value) {
        Packed.setVolatile(memory, offset(index, Byte.BYTES), Byte.BYTES, value ? 1 : 0);
    }

    /** Sets an element, plain. */
    public void setPlain(int index, boolean value) {
        memory.setByte(offset(index, Byte.BYTES), (byte) (value ? 1 : 0));
    }

    /** Sets an element, opaque. */
    public void setOpaque(int index, boolean value) {
        Packed.setRelease(memory, offset(index, Byte.BYTES), Byte.BYTES, value ? 1 : 0);
    }

    /** Sets an element, with release. */
    public void setRelease(int index, boolean value) {
        Packed.setRelease(memory, offset(index, Byte.BYTES), Byte.BYTES, value ? 1 : 0);
    }

    /** Sets an element if it is the expected one, volatile; returns what it was. */
    public boolean compareAndExchange(int index, boolean expected, boolean value) {
        return Packed.compareAndExchange(memory, offset(index, Byte.BYTES), Byte.BYTES, expected ? 1 : 0, value ? 1 : 0)
                != 0;
    }

    /** Sets an element if it is the expected one, volatile; returns whether it was. */
    public boolean compareAndSet(int index, boolean expected, boolean value) {
        return Packed.compareAndSet(memory, offset(index, Byte.BYTES), Byte.BYTES, expected ? 1 : 0, value ? 1 : 0);
    }

    /** Sets an element, volatile; returns what it was. */
    public boolean getAndSet(int index, boolean value) {
        return Packed.getAndSet(memory, offset(index, Byte.BYTES), Byte.BYTES, value ? 1 : 0) != 0;
    }

    @Override
    Object boxed() {
        return toArray();
    }

    @Override
    void setBoxed(Object value) {
        boolean[] values = (boolean[]) value;
        copyFrom(0, values, 0, values.length);
    }

    /** Sets all elements, plain. */
    public void fill(boolean value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index up to, not including, another, plain. */
    public void fill(int from, int to, boolean value) {
        int end = offset(from, to, Byte.BYTES) + (to - from) * Byte.BYTES;
        for (int at = end - (to - from) * Byte.BYTES; at < end; at += Byte.BYTES) {
            memory.setByte(at, (byte) (value ? 1 : 0));
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
    public void copyTo(int index, boolean[] into, int start, int count) {
        Objects.checkFromIndexSize(start, count, into.length);
        int at = offset(index, index + count, Byte.BYTES);
        for (int i = 0; i < count; i++) {
            into[start + i] = memory.getByte(at + i) != 0;
        }
    }

    /**
     * Copies elements in, plain.
     *
     * @param index where the first of them goes
     * @param from where from
     * @param start the first of them
     * @param count their number
     */
    public void copyFrom(int index, boolean[] from, int start, int count) {
        Objects.checkFromIndexSize(start, count, from.length);
        int at = offset(index, index + count, Byte.BYTES);
        for (int i = 0; i < count; i++) {
            memory.setByte(at + i, (byte) (from[start + i] ? 1 : 0));
        }
    }

    /** {@return a copy of all elements, which does not follow later changes} */
    public boolean[] toArray() {
        boolean[] copy = new boolean[length()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }
}
