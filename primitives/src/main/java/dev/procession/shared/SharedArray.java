package dev.procession.shared;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What all shared arrays are: a fixed number of elements of one primitive type that all processes of a session read and
 * write. Lengths and indexes count elements, not bytes. A new array holds zeros. An array has at most 2 GiB, less headers.
 *
 * <p><b>Elements</b> have the memory modes of {@code java.util.concurrent.atomic}: {@code get} and {@code set} are
 * volatile, and no element is ever seen half-written. What else an atomic variable can do, {@code at(index)} can, which is
 * the element as a handle of its own. {@code fill}, the copies, streams and buffers are plain: who needs an order between
 * processes makes it with a lock, an event, or a volatile element.
 *
 * <p><b>A slice</b> is a part of the same memory, not a copy, and travels like the array.
 *
 * <p><b>A buffer</b> is a view for fast plain access. It stays valid after {@link #close}: the memory is not given to others
 * as long as the buffer or another one made of it is reachable.
 *
 * <p>These are classes and no interfaces: a bulk copy or a buffer of what is not shared memory would be another type with
 * other costs, for which a remote engine shall have a name of its own.
 */
public abstract sealed class SharedArray extends FieldView
        permits SharedBytes,
                SharedShortArray,
                SharedCharArray,
                SharedIntArray,
                SharedLongArray,
                SharedFloatArray,
                SharedDoubleArray,
                SharedBooleanArray {
    private static final long serialVersionUID = 1L;

    private final transient int length;

    SharedArray(Region region, int base, int length, boolean part) {
        super(region, base, part);
        this.length = length;
    }

    /** {@return the number of elements} */
    public final int length() {
        return length;
    }

    /** The element type. */
    abstract ElementType element();

    abstract ViewKind kind();

    /** The first byte of an element. */
    final int offset(int index, int width) {
        region.requireOpen();
        return base + Objects.checkIndex(index, length) * width;
    }

    /** The first byte of some elements. */
    final int offset(int from, int to, int width) {
        region.requireOpen();
        return base + Objects.checkFromToIndex(from, to, length) * width;
    }

    /** The bytes of some elements, for a copy: the caller ends with {@link #copied}. */
    final ByteBuffer window(int index, int count, int width) {
        region.requireOpen();
        return memory.slice(base + Objects.checkFromIndexSize(index, count, length) * width, count * width);
    }

    /** The handle is in use up to here: the block must not be freed during a copy. */
    @SuppressWarnings("ReachabilityFenceUsage") // a copy that throws has thrown before it touched a byte
    final void copied() {
        Reference.reachabilityFence(memory.anchor());
    }

    final ByteBuffer buffer() {
        return region.buffer(base, length * element().bytes());
    }

    @Override
    final Object form() {
        return form(kind(), length);
    }

    @Override
    public final String toString() {
        return element().label() + "[" + length + "] " + name() + (isClosed() ? " (closed)" : "");
    }
}
