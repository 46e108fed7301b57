package dev.procession.shared;

import dev.procession.session.Session;
import java.nio.ShortBuffer;

/**
 * A fixed number of shorts that all processes of a session read and write. {@link SharedArray} says what holds for all
 * shared arrays; an element that can do all that {@link SharedShort} can is {@link #at at(index)}.
 */
public final class SharedShortArray extends SharedArray {
    private static final long serialVersionUID = 1L;

    SharedShortArray(Region region, int base, int length, boolean part) {
        super(region, base, length, part);
    }

    private static SharedShortArray whole(BlockRegion region) {
        return new SharedShortArray(
                region, region.shape().values(), region.shape().length(), false);
    }

    /**
     * Creates an anonymous array of zeros.
     *
     * @param length number of elements
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedShortArray create(Session session, int length) {
        return whole(BlockRegion.create(session, null, Shape.array(ElementType.SHORT, length)));
    }

    /**
     * Creates a named array of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedShortArray create(Session session, String name, int length) {
        return whole(BlockRegion.create(session, name, Shape.array(ElementType.SHORT, length)));
    }

    /** Creates an anonymous array of some values. */
    public static SharedShortArray of(Session session, short... values) {
        SharedShortArray array = create(session, values.length);
        array.copyFrom(0, values, 0, values.length);
        return array;
    }

    /**
     * Opens the array of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is of another type or length
     */
    public static SharedShortArray open(Session session, String name, int length) {
        return whole(BlockRegion.open(session, name, Shape.array(ElementType.SHORT, length)));
    }

    /**
     * Attaches to the array of a name, whatever its length.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    public static SharedShortArray attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, Shape.array(ElementType.SHORT, 0)));
    }

    @Override
    ElementType element() {
        return ElementType.SHORT;
    }

    @Override
    ViewKind kind() {
        return ViewKind.SHORTS;
    }

    /** {@return an element as a handle of its own, which travels too} */
    public SharedShort at(int index) {
        return new ShortCell(region, offset(index, Short.BYTES), true);
    }

    /** {@return the elements from one index up to, not including, another: the same memory} */
    public SharedShortArray slice(int from, int to) {
        return new SharedShortArray(region, offset(from, to, Short.BYTES), to - from, true);
    }

    /** {@return an element, volatile} */
    public short get(int index) {
        return (short) Packed.getVolatile(memory, offset(index, Short.BYTES), Short.BYTES);
    }

    /** {@return an element, plain} */
    public short getPlain(int index) {
        return memory.getShort(offset(index, Short.BYTES));
    }

    /** {@return an element, opaque} */
    public short getOpaque(int index) {
        return (short) Packed.getOpaque(memory, offset(index, Short.BYTES), Short.BYTES);
    }

    /** {@return an element, with acquire} */
    public short getAcquire(int index) {
        return (short) Packed.getAcquire(memory, offset(index, Short.BYTES), Short.BYTES);
    }

    /** Sets an element, volatile. */
    public void set(int index, short value) {
        Packed.setVolatile(memory, offset(index, Short.BYTES), Short.BYTES, value);
    }

    /** Sets an element, plain. */
    public void setPlain(int index, short value) {
        memory.setShort(offset(index, Short.BYTES), value);
    }

    /** Sets an element, opaque. */
    public void setOpaque(int index, short value) {
        Packed.setRelease(memory, offset(index, Short.BYTES), Short.BYTES, value);
    }

    /** Sets an element, with release. */
    public void setRelease(int index, short value) {
        Packed.setRelease(memory, offset(index, Short.BYTES), Short.BYTES, value);
    }

    /** Sets an element if it is the expected one, volatile; returns what it was. */
    public short compareAndExchange(int index, short expected, short value) {
        return (short) Packed.compareAndExchange(memory, offset(index, Short.BYTES), Short.BYTES, expected, value);
    }

    /** Sets an element if it is the expected one, volatile; returns whether it was. */
    public boolean compareAndSet(int index, short expected, short value) {
        return Packed.compareAndSet(memory, offset(index, Short.BYTES), Short.BYTES, expected, value);
    }

    /** Sets an element, volatile; returns what it was. */
    public short getAndSet(int index, short value) {
        return (short) Packed.getAndSet(memory, offset(index, Short.BYTES), Short.BYTES, value);
    }

    /** Adds to an element, volatile; returns what it was. */
    public short getAndAdd(int index, short delta) {
        return (short) Packed.getAndAdd(memory, offset(index, Short.BYTES), Short.BYTES, delta);
    }

    @Override
    Object boxed() {
        return toArray();
    }

    @Override
    void setBoxed(Object value) {
        short[] values = (short[]) value;
        copyFrom(0, values, 0, values.length);
    }

    /** Sets all elements, plain. */
    public void fill(short value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index up to, not including, another, plain. */
    public void fill(int from, int to, short value) {
        int end = offset(from, to, Short.BYTES) + (to - from) * Short.BYTES;
        for (int at = end - (to - from) * Short.BYTES; at < end; at += Short.BYTES) {
            memory.setShort(at, value);
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
    public void copyTo(int index, short[] into, int start, int count) {
        window(index, count, Short.BYTES).asShortBuffer().get(into, start, count);
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
    public void copyFrom(int index, short[] from, int start, int count) {
        window(index, count, Short.BYTES).asShortBuffer().put(from, start, count);
        copied();
    }

    /** {@return a copy of all elements, which does not follow later changes} */
    public short[] toArray() {
        short[] copy = new short[length()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }

    /** {@return a view of all elements, in the machine's byte order; see {@link SharedArray}} */
    public ShortBuffer asShortBuffer() {
        return buffer().asShortBuffer();
    }
}
