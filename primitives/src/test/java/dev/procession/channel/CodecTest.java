package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.EncodingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** X15, and what of issue 5 is about codecs. */
class CodecTest {
    private static <T> T there(Codec<T> codec, T value) throws Exception {
        return codec.decode(ByteBuffer.wrap(encoded(codec, value)).asReadOnlyBuffer());
    }

    private static <T> byte[] encoded(Codec<T> codec, T value) throws IOException {
        ByteSink sink = new ByteSink();
        codec.encode(value, sink);
        return sink.toByteArray();
    }

    @Test
    void basicCodecs_everyValue_comesBackEqual() throws Exception {
        for (String text : List.of(
                "",
                "a",
                "\u00ff",
                "\u0100",
                "\u0430\u0431\u0432",
                "\ud83d\ude00",
                "lone \ud83d",
                "x".repeat(100_000))) {
            assertEquals(text, there(Codec.strings(), text));
            assertEquals(text, there(Codec.objects(), text));
        }
        for (int length : new int[] {0, 1, 4095, 4096, 300_000}) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) -7);
            assertArrayEquals(bytes, there(Codec.bytes(), bytes));
            assertArrayEquals(bytes, Codec.<byte[]>objects().decode(ByteBuffer.wrap(encoded(Codec.objects(), bytes))));
        }
        assertEquals(Integer.MIN_VALUE, there(Codec.integers(), Integer.MIN_VALUE));
        assertEquals(Long.MIN_VALUE, there(Codec.longs(), Long.MIN_VALUE));
        assertEquals(-0.0, there(Codec.doubles(), -0.0));
        assertEquals(Float.NaN, there(Codec.floats(), Float.NaN));
        assertEquals(true, there(Codec.booleans(), true));
        assertEquals('\uffff', there(Codec.characters(), '\uffff'));
        assertEquals((short) -1, there(Codec.shorts(), (short) -1));
        assertEquals((byte) -1, there(Codec.singleBytes(), (byte) -1));
        for (Object value : List.of(1, 2L, 3.5, 4.5f, false, 'c', (short) 6, (byte) 7)) {
            byte[] bytes = encoded(Codec.objects(), value);
            assertTrue(bytes.length <= 9, () -> value + " takes " + bytes.length);
            assertEquals(value, there(Codec.objects(), value));
        }
    }

    @Test
    void objects_graphWithCycle_comesBack() throws Exception {
        List<Object> list = new ArrayList<>(List.of("a", 1, Map.of("k", List.of(2.5))));
        list.add(list);
        List<?> back = assertInstanceOf(List.class, there(Codec.objects(), (Object) list));
        assertEquals(list.subList(0, 3), back.subList(0, 3));
        assertSame(back, back.get(3));
    }

    @Test
    void decode_bytesOfAnotherCodec_isAnException() throws Exception {
        assertThrows(IOException.class, () -> Codec.longs().decode(ByteBuffer.wrap(encoded(Codec.integers(), 1))));
        assertThrows(IOException.class, () -> Codec.strings().decode(ByteBuffer.wrap(encoded(Codec.objects(), 1))));
        assertThrows(IOException.class, () -> Codec.objects().decode(ByteBuffer.wrap(new byte[] {31, 0})));
    }

    private static final class Connection {}

    private static final class Customer implements Serializable {
        private static final long serialVersionUID = 1L;
        final String name = "n";
        final List<Object> connections = new ArrayList<>(List.of("first", 2));
    }

    private static final class Order implements Serializable {
        private static final long serialVersionUID = 1L;
        final transient Connection ignored = new Connection();
        final Map<String, Customer> customers = Map.of("main", new Customer());
    }

    @Test // X15
    void objects_notSerializableDeepInside_namesClassAndPath() {
        Order order = new Order();
        order.customers.get("main").connections.add(new Connection());
        EncodingException e = assertThrows(EncodingException.class, () -> encoded(Codec.objects(), order));
        assertInstanceOf(NotSerializableException.class, e.getCause());
        assertEquals(
                "the class " + Connection.class.getName()
                        + " is not serializable: at CodecTest$Order.customers[main].connections[2] of a value of "
                        + Order.class.getName()
                        + "; make it serializable, mark the field transient, or give the channel a codec of its own",
                e.getMessage());
    }

    @Test // X15
    void objects_valueItselfOrCapturedByLambda_isNamed() {
        EncodingException direct =
                assertThrows(EncodingException.class, () -> encoded(Codec.objects(), new Connection()));
        assertTrue(direct.getMessage().contains("at CodecTest$Connection of a value of"), direct::getMessage);
        Connection connection = new Connection();
        Callable<String> lambda = (Callable<String> & Serializable) () -> String.valueOf(connection.hashCode());
        EncodingException captured = assertThrows(EncodingException.class, () -> encoded(Codec.objects(), lambda));
        assertTrue(captured.getMessage().contains(Connection.class.getName()), captured::getMessage);
    }

    @Test
    void objects_nestedTooDeeply_isAnEncodingException() {
        Object nested = "end";
        for (int i = 0; i < 200_000; i++) {
            nested = new Object[] {nested};
        }
        Object deep = nested;
        assertThrows(EncodingException.class, () -> encoded(Codec.objects(), deep));
    }

    @Test
    void objects_filter_letsPassWhatItNames() throws Exception {
        Codec<Object> codec = Codec.objects("java.util.ArrayList;java.lang.*;!*");
        assertEquals(List.of(1), there(codec, new ArrayList<>(List.of(1))));
        assertEquals("text", there(codec, "text"));
        assertThrows(InvalidClassException.class, () -> there(codec, new java.util.HashSet<>(List.of(1))));
        Codec<Object> copy = copied(codec);
        assertThrows(InvalidClassException.class, () -> there(copy, new java.util.HashSet<>(List.of(1))));
        assertThrows(IllegalArgumentException.class, () -> Codec.objects("a=b"));
    }

    @SuppressWarnings("unchecked")
    private static <T> Codec<T> copied(Codec<T> codec) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(codec);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Codec<T>) in.readObject();
        }
    }

    @Test
    void codecs_travel() throws Exception {
        assertSame(Codec.strings(), copied(Codec.strings()));
        assertEquals("x", there(copied(Codec.objects()), "x"));
    }

    @Test
    void objects_contextClassLoaderWithoutTheClass_usesTheSystems() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader blind = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(blind);
            assertInstanceOf(Customer.class, there(Codec.objects(), (Object) new Customer()));
            Thread.currentThread().setContextClassLoader(null);
            assertInstanceOf(Customer.class, there(Codec.objects(), (Object) new Customer()));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void sink_mixOfEverything_isWrittenInOrder() {
        byte[] large = new byte[5000];
        large[0] = 9;
        ByteSink sink = new ByteSink();
        assertEquals(5000, sink.put(large).length());
        sink.put((byte) 1)
                .putShort((short) 2)
                .putChar('c')
                .putInt(3)
                .putLong(4)
                .putFloat(5)
                .putDouble(6);
        sink.put(ByteBuffer.wrap(new byte[] {7, 8}))
                .put(new byte[] {1, 2, 3}, 1, 1)
                .putString("\u0430");
        ByteBuffer in = ByteBuffer.wrap(sink.toByteArray());
        assertEquals(9, in.get());
        in.position(5000);
        assertEquals(1, in.get());
        assertEquals(2, in.getShort());
        assertEquals('c', in.getChar());
        assertEquals(3, in.getInt());
        assertEquals(4, in.getLong());
        assertEquals(5, in.getFloat());
        assertEquals(6, in.getDouble());
        assertEquals(0x0708, in.getShort());
        assertEquals(2, in.get());
        assertEquals(2, in.getInt());
        byte[] text = new byte[2];
        in.get(text);
        assertEquals("\u0430", new String(text, StandardCharsets.UTF_8));
        assertEquals(0, in.remaining());
        assertThrows(IndexOutOfBoundsException.class, () -> sink.put(new byte[3], 2, 2));
    }
}
