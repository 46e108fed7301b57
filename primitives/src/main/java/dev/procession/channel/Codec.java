package dev.procession.channel;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * How values of a type become bytes, and values again in another process.
 *
 * <p>{@link #objects()} is what is used where nothing else is said: it takes whatever Java serialization takes, and writes
 * texts, numbers, booleans and byte arrays in a short form of its own. The others take one type each and are faster.
 *
 * <p>A codec of one's own implements the two methods. It travels with the handles that use it, so it must be serializable,
 * and it is called by several threads at once, so it keeps no state of a call:
 *
 * <pre>{@code
 * record Point(int x, int y) {}
 *
 * final class Points implements Codec<Point> {
 *     public void encode(Point point, ByteSink out) {
 *         out.putInt(point.x()).putInt(point.y());
 *     }
 *
 *     public Point decode(ByteBuffer in) {
 *         return new Point(in.getInt(), in.getInt());
 *     }
 * }
 * }</pre>
 *
 * <p>No value is null: a channel refuses null before a codec is asked.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> extends Serializable {
    /**
     * Writes a value. An exception refuses it: the caller of the channel gets it as the cause of an
     * {@link dev.procession.EncodingException}, and nothing is sent.
     *
     * @param value the value; it may be referred to by {@code out} until the message is sent, and is not changed
     * @param out where to write; it is good for this call only
     * @throws IOException if the value cannot be encoded
     */
    void encode(T value, ByteSink out) throws IOException;

    /**
     * Reads a value.
     *
     * @param in what {@link #encode} wrote, neither more nor less, in big endian; it is good for this call only, so the value
     *     must not refer to it
     * @return the value
     * @throws IOException if the bytes are no value
     * @throws ClassNotFoundException if the value's class is not here
     */
    T decode(ByteBuffer in) throws IOException, ClassNotFoundException;

    /** {@return the codec for byte arrays, which travel as they are} */
    static Codec<byte[]> bytes() {
        return BasicCodec.of(BasicCodec.BYTES);
    }

    /** {@return the codec for texts, which travel char by char: lone surrogates included} */
    static Codec<String> strings() {
        return BasicCodec.of(BasicCodec.STRINGS);
    }

    /** {@return the codec for {@code Integer}} */
    static Codec<Integer> integers() {
        return BasicCodec.of(BasicCodec.INTEGERS);
    }

    /** {@return the codec for {@code Long}} */
    static Codec<Long> longs() {
        return BasicCodec.of(BasicCodec.LONGS);
    }

    /** {@return the codec for {@code Double}} */
    static Codec<Double> doubles() {
        return BasicCodec.of(BasicCodec.DOUBLES);
    }

    /** {@return the codec for {@code Float}} */
    static Codec<Float> floats() {
        return BasicCodec.of(BasicCodec.FLOATS);
    }

    /** {@return the codec for {@code Boolean}} */
    static Codec<Boolean> booleans() {
        return BasicCodec.of(BasicCodec.BOOLEANS);
    }

    /** {@return the codec for {@code Character}} */
    static Codec<Character> characters() {
        return BasicCodec.of(BasicCodec.CHARACTERS);
    }

    /** {@return the codec for {@code Short}} */
    static Codec<Short> shorts() {
        return BasicCodec.of(BasicCodec.SHORTS);
    }

    /** {@return the codec for {@code Byte}; for byte arrays see {@link #bytes()}} */
    static Codec<Byte> singleBytes() {
        return BasicCodec.of(BasicCodec.SINGLE_BYTES);
    }

    /**
     * {@return the codec for everything that Java serialization takes} Classes are looked for in the context class loader of
     * the receiving thread, then in the system's. What may be decoded is for the JVM's own filter to say
     * ({@code jdk.serialFilter}).
     *
     * @param <T> the type of the values
     */
    static <T> Codec<T> objects() {
        return ObjectsCodec.unfiltered();
    }

    /**
     * {@return the same, that decodes only what a filter lets pass} Texts, numbers, booleans and byte arrays have no class
     * that could do harm, and pass unasked.
     *
     * @param <T> the type of the values
     * @param pattern in the syntax of {@link ObjectInputFilter.Config#createFilter}, for example
     *     {@code "com.example.*;java.base/*;!*"}
     * @throws IllegalArgumentException if it is no such pattern
     */
    static <T> Codec<T> objects(String pattern) {
        return new ObjectsCodec<>(pattern, ObjectInputFilter.Config.createFilter(pattern));
    }

    /**
     * {@return the same, that decodes only what a filter lets pass}
     *
     * @param <T> the type of the values
     * @param filter the filter; to travel with a handle it must be serializable
     */
    static <T> Codec<T> objects(ObjectInputFilter filter) {
        return new ObjectsCodec<>(null, filter);
    }
}
