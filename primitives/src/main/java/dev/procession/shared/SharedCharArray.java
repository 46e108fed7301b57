package dev.procession.shared;

import dev.procession.session.Session;
import java.nio.CharBuffer;

/**
 * A fixed number of chars that all processes of a session read and write. {@link SharedArray} says what holds for all
 * shared arrays; an element that can do all that {@link SharedChar} can is {@link #at at(index)}.
 */
public final class SharedCharArray extends SharedArray {
    private static final long serialVersionUID = 1L;

    SharedCharArray(Region region, int base, int length, boolean part) {
        super(region, base, length, part);
    }

    private static SharedCharArray whole(BlockRegion region) {
        return new SharedCharArray(
                region, region.shape().values(), region.shape().length(), false);
    }

    /**
     * Creates an anonymous array of zeros.
     *
     * @param length number of elements
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedCharArray create(Session session, int length) {
        return whole(BlockRegion.create(session, null, Shape.array(ElementType.CHAR, length)));
    }

    /**
     * Creates a named array of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedCharArray create(Session session, String name, int length) {
        return whole(BlockRegion.create(session, name, Shape.array(ElementType.CHAR, length)));
    }

    /** Creates an anonymous array of some values. */
    public static SharedCharArray of(Session session, char... values) {
        SharedCharArray array = create(session, values.length);
        array.copyFrom(0, values, 0, values.length);
        return array;
    }

    /**
     * Opens the array of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is of another type or length
     */
    public static SharedCharArray open(Session session, String name, int length) {
        return whole(BlockRegion.open(session, name, Shape.array(ElementType.CHAR, length)));
    }

    /**
     * Attaches to the array of a name, whatever its length.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    public static SharedCharArray attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, Shape.array(ElementType.CHAR, 0)));
    }

    @Override
    ElementType element() {
        return ElementType.CHAR;
    }

    @Override
    ViewKind kind() {
        return ViewKind.CHARS;
    }

    /** {@return an element as a handle of its own, which travels too} */
    public SharedChar at(int index) {
        return new CharCell(region, offset(index, Character.BYTES), true);
    }

    /** {@return the elements from one index up to, not including, another: the same memory} */
    public SharedCharArray slice(int from, int to) {
        return new SharedCharArray(region, offset(from, to, Character.BYTES), to - from, true);
    }

    /** {@return an element, volatile} */
    public char get(int index) {
        return (char) Packed.getVolatile(memory, offset(index, Character.BYTES), Character.BYTES);
    }

    /** {@return an element, plain} */
    public char getPlain(int index) {
        return memory.getChar(offset(index, Character.BYTES));
    }

    /** {@return an element, opaque} */
    public char getOpaque(int index) {
        return (char) Packed.getOpaque(memory, offset(index, Character.BYTES), Character.BYTES);
    }

    /** {@return an element, with acquire} */
    public char getAcquire(int index) {
        return (char) Packed.getAcquire(memory, offset(index, Character.BYTES), Character.BYTES);
    }

    /** Sets an element, volatile. */
    public void set(int index, char value) {
        Packed.setVolatile(memory, offset(index, Character.BYTES), Character.BYTES, value);
    }

    /** Sets an element, plain. */
    public void setPlain(int index, char value) {
        memory.setChar(offset(index, Character.BYTES), value);
    }

    /** Sets an element, opaque. */
    public void setOpaque(int index, char value) {
        Packed.setRelease(memory, offset(index, Character.BYTES), Character.BYTES, value);
    }

    /** Sets an element, with release. */
    public void setRelease(int index, char value) {
        Packed.setRelease(memory, offset(index, Character.BYTES), Character.BYTES, value);
    }

    /** Sets an element if it is the expected one, volatile; returns what it was. */
    public char compareAndExchange(int index, char expected, char value) {
        return (char)
                Packed.compareAndExchange(memory, offset(index, Character.BYTES), Character.BYTES, expected, value);
    }

    /** Sets an element if it is the expected one, volatile; returns whether it was. */
    public boolean compareAndSet(int index, char expected, char value) {
        return Packed.compareAndSet(memory, offset(index, Character.BYTES), Character.BYTES, expected, value);
    }

    /** Sets an element, volatile; returns what it was. */
    public char getAndSet(int index, char value) {
        return (char) Packed.getAndSet(memory, offset(index, Character.BYTES), Character.BYTES, value);
    }

    @Override
    Object boxed() {
        return toArray();
    }

    @Override
    void setBoxed(Object value) {
        char[] values = (char[]) value;
        copyFrom(0, values, 0, values.length);
    }

    /** Sets all elements, plain. */
    public void fill(char value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index up to, not including, another, plain. */
    public void fill(int from, int to, char value) {
        int end = offset(from, to, Character.BYTES) + (to - from) * Character.BYTES;
        for (int at = end - (to - from) * Character.BYTES; at < end; at += Character.BYTES) {
            memory.setChar(at, value);
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
    public void copyTo(int index, char[] into, int start, int count) {
        window(index, count, Character.BYTES).asCharBuffer().get(into, start, count);
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
    public void copyFrom(int index, char[] from, int start, int count) {
        window(index, count, Character.BYTES).asCharBuffer().put(from, start, count);
        copied();
    }

    /** {@return a copy of all elements, which does not follow later changes} */
    public char[] toArray() {
        char[] copy = new char[length()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }

    /** {@return a view of all elements, in the machine's byte order; see {@link SharedArray}} */
    public CharBuffer asCharBuffer() {
        return buffer().asCharBuffer();
    }
}
