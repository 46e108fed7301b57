package dev.procession.internal.wire;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The values that have a small encoding of their own: null, texts, bytes, and what boxes a primitive. One byte says which it
 * is; the rest of the buffer is the value, so whoever writes several of them says how long each one is.
 */
public final class SimpleValue {
    private static final int NULL = 0;
    private static final int TEXT = 1;
    private static final int INT = 2;
    private static final int LONG = 3;
    private static final int DOUBLE = 4;
    private static final int BOOLEAN = 5;
    private static final int FLOAT = 6;
    private static final int CHAR = 7;
    private static final int SHORT = 8;
    private static final int BYTE = 9;
    private static final int LATIN_TEXT = 10;
    private static final int BYTES = 11;

    /** The first code that is not used here: others may mark their own encodings with it and those above. */
    public static final int FIRST_FREE_CODE = 32;

    private SimpleValue() {}

    /** {@return whether a value is one of these} */
    public static boolean canEncode(@Nullable Object value) {
        // Not Number in general: BigDecimal and AtomicInteger are Numbers.
        return value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof byte[]
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof Float
                || value instanceof Character
                || value instanceof Short
                || value instanceof Byte;
    }

    /** {@return how many bytes a value needs at most; it may exceed what a buffer can have} */
    public static long maxLength(@Nullable Object value) {
        if (value instanceof String text) {
            return 1 + 2L * text.length();
        }
        return value instanceof byte[] bytes ? 1L + bytes.length : 1 + Long.BYTES;
    }

    /**
     * Writes a value.
     *
     * @param out big endian, with room for {@link #maxLength} bytes
     */
    public static void write(ByteBuffer out, @Nullable Object value) {
        if (value == null) {
            out.put((byte) NULL);
        } else if (value instanceof String text) {
            writeText(out, text);
        } else if (value instanceof Integer number) {
            out.put((byte) INT).putInt(number);
        } else if (value instanceof Long number) {
            out.put((byte) LONG).putLong(number);
        } else if (value instanceof byte[] bytes) {
            out.put((byte) BYTES).put(bytes);
        } else if (value instanceof Double number) {
            out.put((byte) DOUBLE).putDouble(number);
        } else if (value instanceof Boolean flag) {
            out.put((byte) BOOLEAN).put((byte) (flag ? 1 : 0));
        } else if (value instanceof Float number) {
            out.put((byte) FLOAT).putFloat(number);
        } else if (value instanceof Character character) {
            out.put((byte) CHAR).putChar(character);
        } else if (value instanceof Short number) {
            out.put((byte) SHORT).putShort(number);
        } else if (value instanceof Byte number) {
            out.put((byte) BYTE).put(number);
        } else {
            throw new IllegalArgumentException("no simple value: " + value.getClass());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in big endian; all of it is the value
     * @throws IOException if it is none
     */
    public static @Nullable Object read(ByteBuffer in) throws IOException {
        int type = in.get();
        Object value = switch (type) {
            case NULL -> null;
            case TEXT, LATIN_TEXT -> readText(type, in);
            case INT -> in.getInt();
            case LONG -> in.getLong();
            case DOUBLE -> in.getDouble();
            case BOOLEAN -> in.get() != 0;
            case FLOAT -> in.getFloat();
            case CHAR -> in.getChar();
            case SHORT -> in.getShort();
            case BYTE -> in.get();
            case BYTES -> rest(in);
            default -> throw new StreamCorruptedException("unknown value: type=" + type);
        };
        if (in.hasRemaining()) {
            throw new StreamCorruptedException("bytes behind a value: type=" + type + " bytes=" + in.remaining());
        }
        return value;
    }

    private static void writeText(ByteBuffer out, String text) {
        int length = text.length();
        int start = out.position();
        out.put((byte) LATIN_TEXT);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                // As chars: a lone surrogate is a legal part of a String, and would not survive an encoding.
                out.position(start).put((byte) TEXT);
                for (int j = 0; j < length; j++) {
                    out.putChar(text.charAt(j));
                }
                return;
            }
            out.put((byte) c);
        }
    }

    private static String readText(int type, ByteBuffer in) {
        if (type == LATIN_TEXT) {
            if (in.hasArray()) {
                int length = in.remaining();
                int start = in.arrayOffset() + in.position();
                in.position(in.limit());
                return new String(in.array(), start, length, StandardCharsets.ISO_8859_1);
            }
            return new String(rest(in), StandardCharsets.ISO_8859_1);
        }
        char[] text = new char[in.remaining() / Character.BYTES];
        in.asCharBuffer().get(text);
        in.position(in.position() + text.length * Character.BYTES);
        return new String(text);
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }
}
