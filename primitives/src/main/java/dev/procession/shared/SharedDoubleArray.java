package dev.procession.shared;

import dev.procession.session.Session;
import java.nio.DoubleBuffer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A fixed number of doubles that all processes of a session read and write. {@link SharedArray} says what holds for all
 * shared arrays; an element that can do all that {@link SharedDouble} can is {@link #at at(index)}.
 */
public final class SharedDoubleArray extends SharedArray {
    private static final long serialVersionUID = 1L;

    SharedDoubleArray(Region region, int base, int length, boolean part) {
        super(region, base, length, part);
    }

    private static SharedDoubleArray whole(BlockRegion region) {
        return new SharedDoubleArray(
                region, region.shape().values(), region.shape().length(), false);
    }

    /**
     * Creates an anonymous array of zeros.
     *
     * @param length number of elements
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedDoubleArray create(Session session, int length) {
        return whole(BlockRegion.create(session, null, Shape.array(ElementType.DOUBLE, length)));
    }

    /**
     * Creates a named array of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedDoubleArray create(Session session, String name, int length) {
        return whole(BlockRegion.create(session, name, Shape.array(ElementType.DOUBLE, length)));
    }

    /** Creates an anonymous array of some values. */
    public static SharedDoubleArray of(Session session, double... values) {
        SharedDoubleArray array = create(session, values.length);
        array.copyFrom(0, values, 0, values.length);
        return array;
    }

    /**
     * Opens the array of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is of another type or length
     */
    public static SharedDoubleArray open(Session session, String name, int length) {
        return whole(BlockRegion.open(session, name, Shape.array(ElementType.DOUBLE, length)));
    }

    /**
     * Attaches to the array of a name, whatever its length.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    public static SharedDoubleArray attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, Shape.array(ElementType.DOUBLE, 0)));
    }

    @Override
    ElementType element() {
        return ElementType.DOUBLE;
    }

    @Override
    ViewKind kind() {
        return ViewKind.DOUBLES;
    }

    /** {@return an element as a handle of its own, which travels too} */
    public SharedDouble at(int index) {
        return new DoubleCell(region, offset(index, Double.BYTES), true);
    }

    /** {@return the elements from one index up to, not including, another: the same memory} */
    public SharedDoubleArray slice(int from, int to) {
        return new SharedDoubleArray(region, offset(from, to, Double.BYTES), to - from, true);
    }

    /** {@return an element, volatile} */
    public double get(int index) {
        return Double.longBitsToDouble(memory.getLongVolatile(offset(index, Double.BYTES)));
    }

    /** {@return an element, plain} */
    public double getPlain(int index) {
        return Double.longBitsToDouble(memory.getLong(offset(index, Double.BYTES)));
    }

    /** {@return an element, opaque} */
    public double getOpaque(int index) {
        return Double.longBitsToDouble(memory.getLongOpaque(offset(index, Double.BYTES)));
    }

    /** {@return an element, with acquire} */
    public double getAcquire(int index) {
        return Double.longBitsToDouble(memory.getLongAcquire(offset(index, Double.BYTES)));
    }

    /** Sets an element, volatile. */
    public void set(int index, double value) {
        memory.setLongVolatile(offset(index, Double.BYTES), Double.doubleToRawLongBits(value));
    }

    /** Sets an element, plain. */
    public void setPlain(int index, double value) {
        memory.setLong(offset(index, Double.BYTES), Double.doubleToRawLongBits(value));
    }

    /** Sets an element, opaque. */
    public void setOpaque(int index, double value) {
        memory.setLongOpaque(offset(index, Double.BYTES), Double.doubleToRawLongBits(value));
    }

    /** Sets an element, with release. */
    public void setRelease(int index, double value) {
        memory.setLongRelease(offset(index, Double.BYTES), Double.doubleToRawLongBits(value));
    }

    /** Sets an element if it is the expected one, volatile; returns what it was. */
    public double compareAndExchange(int index, double expected, double value) {
        return Double.longBitsToDouble(memory.compareAndExchangeLong(
                offset(index, Double.BYTES), Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value)));
    }

    /** Sets an element if it is the expected one, volatile; returns whether it was. */
    public boolean compareAndSet(int index, double expected, double value) {
        return memory.compareAndSetLong(
                offset(index, Double.BYTES), Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
    }

    /** Sets an element, volatile; returns what it was. */
    public double getAndSet(int index, double value) {
        return Double.longBitsToDouble(
                memory.getAndSetLong(offset(index, Double.BYTES), Double.doubleToRawLongBits(value)));
    }

    /** Adds to an element, volatile; returns what it was. */
    public double getAndAdd(int index, double delta) {
        return at(index).getAndAdd(delta);
    }

    @Override
    Object boxed() {
        return toArray();
    }

    @Override
    void setBoxed(Object value) {
        double[] values = (double[]) value;
        copyFrom(0, values, 0, values.length);
    }

    /** Sets all elements, plain. */
    public void fill(double value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index up to, not including, another, plain. */
    public void fill(int from, int to, double value) {
        int end = offset(from, to, Double.BYTES) + (to - from) * Double.BYTES;
        for (int at = end - (to - from) * Double.BYTES; at < end; at += Double.BYTES) {
            memory.setLong(at, Double.doubleToRawLongBits(value));
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
    public void copyTo(int index, double[] into, int start, int count) {
        window(index, count, Double.BYTES).asDoubleBuffer().get(into, start, count);
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
    public void copyFrom(int index, double[] from, int start, int count) {
        window(index, count, Double.BYTES).asDoubleBuffer().put(from, start, count);
        copied();
    }

    /** {@return a copy of all elements, which does not follow later changes} */
    public double[] toArray() {
        double[] copy = new double[length()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }

    /** {@return the elements as they are when the stream reaches them, plain} */
    public DoubleStream stream() {
        return IntStream.range(0, length()).mapToDouble(this::getPlain);
    }

    /** {@return a view of all elements, in the machine's byte order; see {@link SharedArray}} */
    public DoubleBuffer asDoubleBuffer() {
        return buffer().asDoubleBuffer();
    }
}
