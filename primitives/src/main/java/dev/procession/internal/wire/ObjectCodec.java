package dev.procession.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Java serialization to and from byte arrays, with the class loader that knows the receiver's classes. */
public final class ObjectCodec {
    private ObjectCodec() {}

    /**
     * Encodes a graph of objects.
     *
     * @throws java.io.NotSerializableException naming the class that cannot be serialized
     */
    public static byte[] encode(@Nullable Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        encode(value, bytes);
        return bytes.toByteArray();
    }

    /**
     * Encodes a graph of objects.
     *
     * @param stream where to; it is closed
     * @throws java.io.NotSerializableException naming the class that cannot be serialized
     */
    public static void encode(@Nullable Object value, OutputStream stream) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(stream)) {
            out.writeObject(value);
        }
    }

    /**
     * Decodes what {@link #encode} made.
     *
     * @param loader where classes are looked for; null means the system class loader
     */
    public static @Nullable Object decode(byte[] bytes, @Nullable ClassLoader loader)
            throws IOException, ClassNotFoundException {
        return decode(new ByteArrayInputStream(bytes), loader, null);
    }

    /**
     * Decodes what {@link #encode} made.
     *
     * @param stream where from; it is closed
     * @param loader where classes are looked for; null means the system class loader
     * @param filter what may be decoded; null means what this JVM's own filter lets pass
     * @throws java.io.InvalidClassException also if the filter refuses it
     */
    public static @Nullable Object decode(
            InputStream stream, @Nullable ClassLoader loader, @Nullable ObjectInputFilter filter)
            throws IOException, ClassNotFoundException {
        ClassLoader classes = loader != null ? loader : ClassLoader.getSystemClassLoader();
        try (LoaderObjectInputStream in = new LoaderObjectInputStream(stream, classes)) {
            if (filter != null) {
                in.setObjectInputFilter(filter);
            }
            try {
                return in.readObject();
            } catch (ClassCastException e) {
                // What a stream says when the class that a lambda was written in is missing.
                ClassNotFoundException missing = in.missing;
                if (missing != null) {
                    missing.addSuppressed(e);
                    throw missing;
                }
                throw e;
            }
        }
    }

    /** Resolves classes in one given loader, not in the nearest one on the stack, which may be this library's. */
    private static final class LoaderObjectInputStream extends ObjectInputStream {
        private final ClassLoader loader;

        /** The first class that was not found, which the stream itself may forget. */
        private @Nullable ClassNotFoundException missing;

        LoaderObjectInputStream(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                try {
                    // Primitive classes have no loader, and a library's own classes may be in another one.
                    return super.resolveClass(description);
                } catch (ClassNotFoundException notFound) {
                    if (missing == null) {
                        missing = notFound;
                    }
                    throw notFound;
                }
            }
        }

        @Override
        protected Class<?> resolveProxyClass(String[] names) throws IOException, ClassNotFoundException {
            Class<?>[] interfaces = new Class<?>[names.length];
            for (int i = 0; i < names.length; i++) {
                interfaces[i] = Class.forName(names[i], false, loader);
            }
            try {
                return Proxy.newProxyInstance(loader, interfaces, (proxy, method, arguments) -> null)
                        .getClass();
            } catch (IllegalArgumentException e) {
                throw new ClassNotFoundException(e.getMessage(), e);
            }
        }
    }
}
