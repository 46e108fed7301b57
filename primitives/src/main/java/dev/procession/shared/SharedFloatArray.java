package dev.procession.shared;

import dev.procession.session.Session;
import java.nio.FloatBuffer;

/**
 * A fixed number of floats that all processes of a session read and write. {@link SharedArray} says what holds for all
 * shared arrays; an element that can do all that {@link SharedFloat} can is {@link #at at(index)}.
 */
public final class SharedFloatArray extends SharedArray {
    private static final long serialVersionUID = 1L;

    SharedFloatArray(Region region, int base, int length, boolean part) {
        super(region, base, length, part);
    }

    private static SharedFloatArray whole(BlockRegion region) {
        return new SharedFloatArray(
                region, region.shape().values(), region.shape().length(), false);
    }

    /**
     * Creates an anonymous array of zeros.
     *
     * @param length number of elements
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedFloatArray create(Session session, int length) {
        return whole(BlockRegion.create(session, null, Shape.array(ElementType.FLOAT, length)));
    }

    /**
     * Creates a named array of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedFloatArray create(Session session, String name, int length) {
        return whole(BlockRegion.create(session, name, Shape.array(ElementType.FLOAT, length)));
    }

    /** Creates an anonymous array of some values. */
    public static SharedFloatArray of(Session session, float... values) {
        SharedFloatArray array = create(session, values.length);
        array.copyFrom(0, values, 0, values.length);
        return array;
    }

    /**
     * Opens the array of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is of another type or length
     */
    public static SharedFloatArray open(Session session, String name, int length) {
        return whole(BlockRegion.open(session, name, Shape.array(ElementType.FLOAT, length)));
    }

    /**
     * Attaches to the array of a name, whatever its length.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    public static SharedFloatArray attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, Shape.array(ElementType.FLOAT, 0)));
    }

    @Override
    ElementType element() {
        return ElementType.FLOAT;
    }

    @Override
    ViewKind kind() {
        return ViewKind.FLOATS;
    }

    /** {@return an element as a handle of its own, which travels too} */
    public SharedFloat at(int index) {
        return new FloatCell(region, offset(index, Float.BYTES), true);
    }

    /** {@return the elements from one index up to, not including, another: the same memory} */
    public SharedFloatArray slice(int from, int to) {
        return new SharedFloatArray(region, offset(from, to, Float.BYTES), to - from, true);
    }

    /** {@return an element, volatile} */
    public float get(int index) {
        return Float.intBitsToFloat(memory.getIntVolatile(offset(index, Float.BYTES)));
    }

    /** {@return an element, plain} */
    public float getPlain(int index) {
        return Float.intBitsToFloat(memory.getInt(offset(index, Float.BYTES)));
    }

    /** {@return an element, opaque} */
    public float getOpaque(int index) {
        return Float.intBitsToFloat(memory.getIntOpaque(offset(index, Float.BYTES)));
    }

    /** {@return an element, with acquire} */
    public float getAcquire(int index) {
        return Float.intBitsToFloat(memory.getIntAcquire(offset(index, Float.BYTES)));
    }

    /** Sets an element, volatile. */
    public void set(int index, float value) {
        memory.setIntVolatile(offset(index, Float.BYTES), Float.floatToRawIntBits(value));
    }

    /** Sets an element, plain. */
    public void setPlain(int index, float value) {
        memory.setInt(offset(index, Float.BYTES), Float.floatToRawIntBits(value));
    }

    /** Sets an element, opaque. */
    public void setOpaque(int index, float value) {
        memory.setIntOpaque(offset(index, Float.BYTES), Float.floatToRawIntBits(value));
    }

    /** Sets an element, with release. */
    public void setRelease(int index, float value) {
        memory.setIntRelease(offset(index, Float.BYTES), Float.floatToRawIntBits(value));
    }

    /** Sets an element if it is the expected one, volatile; returns what it was. */
    public float compareAndExchange(int index, float expected, float value) {
        return Float.intBitsToFloat(memory.compareAndExchangeInt(
                offset(index, Float.BYTES), Float.floatToRawIntBits(expected), Float.floatToRawIntBits(value)));
    }

    /** Sets an element if it is the expected one, volatile; returns whether it was. */
    public boolean compareAndSet(int index, float expected, float value) {
        return memory.compareAndSetInt(
                offset(index, Float.BYTES), Float.floatToRawIntBits(expected), Float.floatToRawIntBits(value));
    }

    /** Sets an element, volatile; returns what it was. */
    public float getAndSet(int index, float value) {
        return Float.intBitsToFloat(memory.getAndSetInt(offset(index, Float.BYTES), Float.floatToRawIntBits(value)));
    }

    /** Adds to an element, volatile; returns what it was. */
    public float getAndAdd(int index, float delta) {
        return at(index).getAndAdd(delta);
    }

    @Override
    Object boxed() {
        return toArray();
    }

    @Override
    void setBoxed(Object value) {
        float[] values = (float[]) value;
        copyFrom(0, values, 0, values.length);
    }

    /** Sets all elements, plain. */
    public void fill(float value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index up to, not including, another, plain. */
    public void fill(int from, int to, float value) {
        int end = offset(from, to, Float.BYTES) + (to - from) * Float.BYTES;
        for (int at = end - (to - from) * Float.BYTES; at < end; at += Float.BYTES) {
            memory.setInt(at, Float.floatToRawIntBits(value));
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
    public void copyTo(int index, float[] into, int start, int count) {
        window(index, count, Float.BYTES).asFloatBuffer().get(into, start, count);
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
    public void copyFrom(int index, float[] from, int start, int count) {
        window(index, count, Float.BYTES).asFloatBuffer().put(from, start, count);
        copied();
    }

    /** {@return a copy of all elements, which does not follow later changes} */
    public float[] toArray() {
        float[] copy = new float[length()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }

    /** {@return a view of all elements, in the machine's byte order; see {@link SharedArray}} */
    public FloatBuffer asFloatBuffer() {
        return buffer().asFloatBuffer();
    }
}
