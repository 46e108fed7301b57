package dev.procession.channel;

import dev.procession.EncodingException;
import dev.procession.internal.wire.FieldPath;
import dev.procession.internal.wire.ObjectCodec;
import dev.procession.internal.wire.SimpleValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Java serialization behind one byte, but for the simple values, which have their own form. */
final class ObjectsCodec<T> implements Codec<T> {
    private static final long serialVersionUID = 1L;

    private static final ObjectsCodec<Object> UNFILTERED = new ObjectsCodec<>(null, null);

    /** The first byte of what Java serialization wrote. */
    private static final int SERIALIZED = SimpleValue.FIRST_FREE_CODE;

    private final @Nullable String pattern;

    @SuppressWarnings("serial") // what a pattern is made into is not serializable, and is made again
    private final @Nullable ObjectInputFilter filter;

    ObjectsCodec(@Nullable String pattern, @Nullable ObjectInputFilter filter) {
        this.pattern = pattern;
        this.filter = filter;
    }

    @SuppressWarnings("unchecked") // it keeps nothing of a type
    static <T> Codec<T> unfiltered() {
        return (Codec<T>) UNFILTERED;
    }

    private Object writeReplace() {
        return pattern == null ? this : new Patterned(pattern);
    }

    @Override
    public void encode(T value, ByteSink out) throws IOException {
        if (SimpleValue.canEncode(value)) {
            out.putSimple(value);
            return;
        }
        out.put((byte) SERIALIZED);
        try {
            ObjectCodec.encode(value, out.stream());
        } catch (NotSerializableException e) {
            throw refused(value, e);
        } catch (StackOverflowError e) {
            throw new EncodingException(
                    "a value of " + value.getClass().getName()
                            + " cannot be serialized: its objects are nested too deeply for this thread's stack",
                    e);
        }
    }

    private static EncodingException refused(Object value, NotSerializableException e) {
        String className = String.valueOf(e.getMessage());
        String path = FieldPath.find(value, className);
        String where = path == null
                ? "somewhere in a value of " + value.getClass().getName()
                : "at " + path + " of a value of " + value.getClass().getName();
        return new EncodingException(
                "the class " + className + " is not serializable: " + where
                        + "; make it serializable, mark the field transient, or give the channel a codec of its own",
                e);
    }

    @Override
    @SuppressWarnings("unchecked") // what was put is what is taken
    public T decode(ByteBuffer in) throws IOException, ClassNotFoundException {
        if (in.hasRemaining() && in.get(in.position()) != SERIALIZED) {
            return (T) notNull(SimpleValue.read(in));
        }
        in.get();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return (T) notNull(ObjectCodec.decode(new BufferInputStream(in.duplicate()), context, filter));
        } catch (ClassNotFoundException e) {
            ClassLoader system = ClassLoader.getSystemClassLoader();
            if (context == null || context == system) {
                throw e;
            }
            try {
                return (T) notNull(ObjectCodec.decode(new BufferInputStream(in.duplicate()), system, filter));
            } catch (ClassNotFoundException again) {
                e.addSuppressed(again);
                throw e;
            }
        }
    }

    /** No value is null, but one whose class says so when it is read may become it. */
    private static Object notNull(@Nullable Object value) throws InvalidObjectException {
        if (value == null) {
            throw new InvalidObjectException("the value became null when it was read");
        }
        return value;
    }

    /** A codec with a pattern as it travels. */
    private record Patterned(String pattern) implements java.io.Serializable {
        private Object readResolve() {
            return Codec.objects(pattern);
        }
    }

    /** The bytes of a buffer as a stream. */
    private static final class BufferInputStream extends InputStream {
        private final ByteBuffer bytes;

        BufferInputStream(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.hasRemaining() ? bytes.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int start, int length) {
            if (length == 0) {
                return 0;
            }
            int step = Math.min(length, bytes.remaining());
            if (step == 0) {
                return -1;
            }
            bytes.get(into, start, step);
            return step;
        }

        @Override
        public int available() {
            return bytes.remaining();
        }
    }
}
