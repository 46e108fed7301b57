package dev.procession.shared;

import dev.procession.session.Session;
import java.nio.IntBuffer;
import java.util.stream.IntStream;

/**
 * A fixed number of ints that all processes of a session read and write. {@link SharedArray} says what holds for all
 * shared arrays; an element that can do all that {@link SharedInt} can is {@link #at at(index)}.
 */
public final class SharedIntArray extends SharedArray {
    private static final long serialVersionUID = 1L;

    SharedIntArray(Region region, int base, int length, boolean part) {
        super(region, base, length, part);
    }

    private static SharedIntArray whole(BlockRegion region) {
        return new SharedIntArray(
                region, region.shape().values(), region.shape().length(), false);
    }

    /**
     * Creates an anonymous array of zeros.
     *
     * @param length number of elements
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedIntArray create(Session session, int length) {
        return whole(BlockRegion.create(session, null, Shape.array(ElementType.INT, length)));
    }

    /**
     * Creates a named array of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedIntArray create(Session session, String name, int length) {
        return whole(BlockRegion.create(session, name, Shape.array(ElementType.INT, length)));
    }

    /** Creates an anonymous array of some values. */
    public static SharedIntArray of(Session session, int... values) {
        SharedIntArray array = create(session, values.length);
        array.copyFrom(0, values, 0, values.length);
        return array;
    }

    /**
     * Opens the array of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is of another type or length
     */
    public static SharedIntArray open(Session session, String name, int length) {
        return whole(BlockRegion.open(session, name, Shape.array(ElementType.INT, length)));
    }

    /**
     * Attaches to the array of a name, whatever its length.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    public static SharedIntArray attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, Shape.array(ElementType.INT, 0)));
    }

    @Override
    ElementType element() {
        return ElementType.INT;
    }

    @Override
    ViewKind kind() {
        return ViewKind.INTS;
    }

    /** {@return an element as a handle of its own, which travels too} */
    public SharedInt at(int index) {
        return new IntCell(region, offset(index, Integer.BYTES), true);
    }

    /** {@return the elements from one index up to, not including, another: the same memory} */
    public SharedIntArray slice(int from, int to) {
        return new SharedIntArray(region, offset(from, to, Integer.BYTES), to - from, true);
    }

    /** {@return an element, volatile} */
    public int get(int index) {
        return memory.getIntVolatile(offset(index, Integer.BYTES));
    }

    /** {@return an element, plain} */
    public int getPlain(int index) {
        return memory.getInt(offset(index, Integer.BYTES));
    }

    /** {@return an element, opaque} */
    public int getOpaque(int index) {
        return memory.getIntOpaque(offset(index, Integer.BYTES));
    }

    /** {@return an element, with acquire} */
    public int getAcquire(int index) {
        return memory.getIntAcquire(offset(index, Integer.BYTES));
    }

    /** Sets an element, volatile. */
    public void set(int index, int value) {
        memory.setIntVolatile(offset(index, Integer.BYTES), value);
    }

    /** Sets an element, plain. */
    public void setPlain(int index, int value) {
        memory.setInt(offset(index, Integer.BYTES), value);
    }

    /** Sets an element, opaque. */
    public void setOpaque(int index, int value) {
        memory.setIntOpaque(offset(index, Integer.BYTES), value);
    }

    /** Sets an element, with release. */
    public void setRelease(int index, int value) {
        memory.setIntRelease(offset(index, Integer.BYTES), value);
    }

    /** Sets an element if it is the expected one, volatile; returns what it was. */
    public int compareAndExchange(int index, int expected, int value) {
        return memory.compareAndExchangeInt(offset(index, Integer.BYTES), expected, value);
    }

    /** Sets an element if it is the expected one, volatile; returns whether it was. */
    public boolean compareAndSet(int index, int expected, int value) {
        return memory.compareAndSetInt(offset(index, Integer.BYTES), expected, value);
    }

    /** Sets an element, volatile; returns what it was. */
    public int getAndSet(int index, int value) {
        return memory.getAndSetInt(offset(index, Integer.BYTES), value);
    }

    /** Adds to an element, volatile; returns what it was. */
    public int getAndAdd(int index, int delta) {
        return memory.getAndAddInt(offset(index, Integer.BYTES), delta);
    }

    @Override
    Object boxed() {
        return toArray();
    }

    @Override
    void setBoxed(Object value) {
        int[] values = (int[]) value;
        copyFrom(0, values, 0, values.length);
    }

    /** Sets all elements, plain. */
    public void fill(int value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index up to, not including, another, plain. */
    public void fill(int from, int to, int value) {
        int end = offset(from, to, Integer.BYTES) + (to - from) * Integer.BYTES;
        for (int at = end - (to - from) * Integer.BYTES; at < end; at += Integer.BYTES) {
            memory.setInt(at, value);
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
    public void copyTo(int index, int[] into, int start, int count) {
        window(index, count, Integer.BYTES).asIntBuffer().get(into, start, count);
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
    public void copyFrom(int index, int[] from, int start, int count) {
        window(index, count, Integer.BYTES).asIntBuffer().put(from, start, count);
        copied();
    }

    /** {@return a copy of all elements, which does not follow later changes} */
    public int[] toArray() {
        int[] copy = new int[length()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }

    /** {@return the elements as they are when the stream reaches them, plain} */
    public IntStream stream() {
        return IntStream.range(0, length()).map(this::getPlain);
    }

    /** {@return a view of all elements, in the machine's byte order; see {@link SharedArray}} */
    public IntBuffer asIntBuffer() {
        return buffer().asIntBuffer();
    }
}
