package dev.procession.shared;

import dev.procession.session.Session;
import java.nio.LongBuffer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A fixed number of longs that all processes of a session read and write. {@link SharedArray} says what holds for all
 * shared arrays; an element that can do all that {@link SharedLong} can is {@link #at at(index)}.
 */
public final class SharedLongArray extends SharedArray {
    private static final long serialVersionUID = 1L;

    SharedLongArray(Region region, int base, int length, boolean part) {
        super(region, base, length, part);
    }

    private static SharedLongArray whole(BlockRegion region) {
        return new SharedLongArray(
                region, region.shape().values(), region.shape().length(), false);
    }

    /**
     * Creates an anonymous array of zeros.
     *
     * @param length number of elements
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedLongArray create(Session session, int length) {
        return whole(BlockRegion.create(session, null, Shape.array(ElementType.LONG, length)));
    }

    /**
     * Creates a named array of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedLongArray create(Session session, String name, int length) {
        return whole(BlockRegion.create(session, name, Shape.array(ElementType.LONG, length)));
    }

    /** Creates an anonymous array of some values. */
    public static SharedLongArray of(Session session, long... values) {
        SharedLongArray array = create(session, values.length);
        array.copyFrom(0, values, 0, values.length);
        return array;
    }

    /**
     * Opens the array of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is of another type or length
     */
    public static SharedLongArray open(Session session, String name, int length) {
        return whole(BlockRegion.open(session, name, Shape.array(ElementType.LONG, length)));
    }

    /**
     * Attaches to the array of a name, whatever its length.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    public static SharedLongArray attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, Shape.array(ElementType.LONG, 0)));
    }

    @Override
    ElementType element() {
        return ElementType.LONG;
    }

    @Override
    ViewKind kind() {
        return ViewKind.LONGS;
    }

    /** {@return an element as a handle of its own, which travels too} */
    public SharedLong at(int index) {
        return new LongCell(region, offset(index, Long.BYTES), true);
    }

    /** {@return the elements from one index up to, not including, another: the same memory} */
    public SharedLongArray slice(int from, int to) {
        return new SharedLongArray(region, offset(from, to, Long.BYTES), to - from, true);
    }

    /** {@return an element, volatile} */
    public long get(int index) {
        return memory.getLongVolatile(offset(index, Long.BYTES));
    }

    /** {@return an element, plain} */
    public long getPlain(int index) {
        return memory.getLong(offset(index, Long.BYTES));
    }

    /** {@return an element, opaque} */
    public long getOpaque(int index) {
        return memory.getLongOpaque(offset(index, Long.BYTES));
    }

    /** {@return an element, with acquire} */
    public long getAcquire(int index) {
        return memory.getLongAcquire(offset(index, Long.BYTES));
    }

    /** Sets an element, volatile. */
    public void set(int index, long value) {
        memory.setLongVolatile(offset(index, Long.BYTES), value);
    }

    /** Sets an element, plain. */
    public void setPlain(int index, long value) {
        memory.setLong(offset(index, Long.BYTES), value);
    }

    /** Sets an element, opaque. */
    public void setOpaque(int index, long value) {
        memory.setLongOpaque(offset(index, Long.BYTES), value);
    }

    /** Sets an element, with release. */
    public void setRelease(int index, long value) {
        memory.setLongRelease(offset(index, Long.BYTES), value);
    }

    /** Sets an element if it is the expected one, volatile; returns what it was. */
    public long compareAndExchange(int index, long expected, long value) {
        return memory.compareAndExchangeLong(offset(index, Long.BYTES), expected, value);
    }

    /** Sets an element if it is the expected one, volatile; returns whether it was. */
    public boolean compareAndSet(int index, long expected, long value) {
        return memory.compareAndSetLong(offset(index, Long.BYTES), expected, value);
    }

    /** Sets an element, volatile; returns what it was. */
    public long getAndSet(int index, long value) {
        return memory.getAndSetLong(offset(index, Long.BYTES), value);
    }

    /** Adds to an element, volatile; returns what it was. */
    public long getAndAdd(int index, long delta) {
        return memory.getAndAddLong(offset(index, Long.BYTES), delta);
    }

    @Override
    Object boxed() {
        return toArray();
    }

    @Override
    void setBoxed(Object value) {
        long[] values = (long[]) value;
        copyFrom(0, values, 0, values.length);
    }

    /** Sets all elements, plain. */
    public void fill(long value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index up to, not including, another, plain. */
    public void fill(int from, int to, long value) {
        int end = offset(from, to, Long.BYTES) + (to - from) * Long.BYTES;
        for (int at = end - (to - from) * Long.BYTES; at < end; at += Long.BYTES) {
            memory.setLong(at, value);
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
    public void copyTo(int index, long[] into, int start, int count) {
        window(index, count, Long.BYTES).asLongBuffer().get(into, start, count);
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
    public void copyFrom(int index, long[] from, int start, int count) {
        window(index, count, Long.BYTES).asLongBuffer().put(from, start, count);
        copied();
    }

    /** {@return a copy of all elements, which does not follow later changes} */
    public long[] toArray() {
        long[] copy = new long[length()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }

    /** {@return the elements as they are when the stream reaches them, plain} */
    public LongStream stream() {
        return IntStream.range(0, length()).mapToLong(this::getPlain);
    }

    /** {@return a view of all elements, in the machine's byte order; see {@link SharedArray}} */
    public LongBuffer asLongBuffer() {
        return buffer().asLongBuffer();
    }
}
