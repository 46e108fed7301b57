package dev.procession.plugin.engine;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packets that the engine exchanges over its standard streams when it runs as a service: the way in which its own
 * JavaScript library speaks to it.
 *
 * <pre>
 *   packet   length of the rest : u32 | id * 2 + (answer ? 1 : 0) : u32 | value
 *   value    0 | 1 bool : u8 | 2 number : u32 | 3 string | 4 bytes | 5 count : u32, values | 6 count : u32, (string, value)...
 *   string, bytes   length : u32 | content
 * </pre>
 *
 * <p>Numbers are little-endian. A value is null, a Boolean, an Integer, a String, a byte[], a List or a Map with String
 * keys.
 */
final class Wire {
    /** More than any build makes; a length beyond it means that somebody else is speaking. */
    private static final int MOST = 1 << 30;

    /** Room is made at once for a packet up to this length; for more only as it comes. */
    private static final int USUAL = 1 << 26;

    private static final int PIPE = 1 << 16;

    private Wire() {}

    /**
     * A packet.
     *
     * @param id of the request
     * @param request whether it asks; else it answers
     * @param value what it says
     */
    record Packet(int id, boolean request, @Nullable Object value) {}

    static byte[] encode(Packet packet) {
        Bytes out = new Bytes();
        out.number(0);
        out.number(packet.id() << 1 | (packet.request() ? 0 : 1));
        out.value(packet.value());
        byte[] bytes = out.toByteArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, bytes.length - Integer.BYTES);
        return bytes;
    }

    /** The bytes of the next packet, or nothing at the end of the stream. */
    static Optional<byte[]> read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = first | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16 | in.readUnsignedByte() << 24;
        if (length < 0 || length > MOST) {
            throw new IOException("a packet of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] bytes = length > USUAL ? in.readNBytes(length) : readAtOnce(in, length);
        if (bytes.length < length) {
            throw new EOFException("the stream ends within a packet");
        }
        return Optional.of(bytes);
    }

    /** As much at a time as a pipe holds: the JDK takes room from the system for as much as it is asked for. */
    private static byte[] readAtOnce(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int have = 0; have < length; ) {
            int read = in.read(bytes, have, Math.min(PIPE, length - have));
            if (read < 0) {
                return Arrays.copyOf(bytes, have);
            }
            have += read;
        }
        return bytes;
    }

    static Packet decode(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            int id = in.getInt();
            return new Packet(id >>> 1, (id & 1) == 0, value(in));
        } catch (BufferUnderflowException e) {
            throw new IOException("a packet that ends too early", e);
        }
    }

    private static @Nullable Object value(ByteBuffer in) throws IOException {
        byte kind = in.get();
        return switch (kind) {
            case 0 -> null;
            case 1 -> in.get() != 0;
            case 2 -> in.getInt();
            case 3 -> string(in);
            case 4 -> bytes(in);
            case 5 -> {
                int count = in.getInt();
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    list.add(value(in));
                }
                yield list;
            }
            case 6 -> {
                int count = in.getInt();
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = 0; i < count; i++) {
                    String key = string(in);
                    map.put(key, value(in));
                }
                yield map;
            }
            default -> throw new IOException("a value of the unknown kind " + kind);
        };
    }

    private static String string(ByteBuffer in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in) throws IOException {
        byte[] bytes = new byte[length(in)];
        in.get(bytes);
        return bytes;
    }

    private static int length(ByteBuffer in) throws IOException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException("a value that is longer than its packet");
        }
        return length;
    }

    private static final class Bytes extends ByteArrayOutputStream {
        void number(int number) {
            write(number);
            write(number >>> 8);
            write(number >>> 16);
            write(number >>> 24);
        }

        void bytes(byte[] bytes) {
            number(bytes.length);
            writeBytes(bytes);
        }

        void string(String text) {
            bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        void value(@Nullable Object value) {
            if (value == null) {
                write(0);
            } else if (value instanceof Boolean flag) {
                write(1);
                write(flag ? 1 : 0);
            } else if (value instanceof Integer number) {
                write(2);
                number(number);
            } else if (value instanceof String text) {
                write(3);
                string(text);
            } else if (value instanceof byte[] content) {
                write(4);
                bytes(content);
            } else if (value instanceof List<?> list) {
                write(5);
                number(list.size());
                for (Object member : list) {
                    value(member);
                }
            } else if (value instanceof Map<?, ?> map) {
                write(6);
                number(map.size());
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    string(String.valueOf(member.getKey()));
                    value(member.getValue());
                }
            } else {
                throw new IllegalArgumentException("no kind for " + value.getClass());
            }
        }
    }
}
