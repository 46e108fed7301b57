package dev.procession.pool;

import dev.procession.internal.wire.ObjectCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some values in a row as bytes. Rows of numbers, texts, byte arrays and nulls have a form of their own: Java serialization
 * would cost microseconds for each, and a fresh JVM tens of milliseconds for the first.
 *
 * <pre>
 *   form (byte) | count (int) | values
 * </pre>
 */
final class Column {
    private static final int NULLS = 0;
    private static final int INTS = 1;
    private static final int LONGS = 2;
    private static final int DOUBLES = 3;
    private static final int BOOLEANS = 4;
    private static final int TEXTS = 5;
    private static final int BYTE_ARRAYS = 6;
    private static final int OBJECTS = 7;

    private static final int LATIN_1 = 0;
    private static final int UTF_16 = 1;

    private Column() {}

    static void write(Bytes out, @Nullable Object[] values, int from, int to) throws IOException {
        int form = form(values, from, to);
        int count = to - from;
        int begin = out.length();
        out.putByte(form).putInt(count);
        switch (form) {
            case NULLS -> {
                // The count is all.
            }
            case INTS -> {
                ByteBuffer room = out.room(Integer.BYTES * count);
                for (int i = from; i < to; i++) {
                    room.putInt(cast(Integer.class, values[i]));
                }
            }
            case LONGS -> {
                ByteBuffer room = out.room(Long.BYTES * count);
                for (int i = from; i < to; i++) {
                    room.putLong(cast(Long.class, values[i]));
                }
            }
            case DOUBLES -> {
                ByteBuffer room = out.room(Double.BYTES * count);
                for (int i = from; i < to; i++) {
                    room.putDouble(cast(Double.class, values[i]));
                }
            }
            case BOOLEANS -> {
                ByteBuffer room = out.room(count);
                for (int i = from; i < to; i++) {
                    room.put((byte) (cast(Boolean.class, values[i]) ? 1 : 0));
                }
            }
            case TEXTS -> {
                for (int i = from; i < to; i++) {
                    writeText(out, cast(String.class, values[i]));
                }
            }
            case BYTE_ARRAYS -> {
                for (int i = from; i < to; i++) {
                    byte[] bytes = cast(byte[].class, values[i]);
                    out.putInt(bytes.length).put(bytes);
                }
            }
            default -> {
                byte[] bytes;
                try {
                    bytes = ObjectCodec.encode(Arrays.copyOfRange(values, from, to, Object[].class));
                } catch (IOException | RuntimeException | Error e) {
                    out.truncate(begin);
                    throw e;
                }
                out.putInt(bytes.length).put(bytes);
            }
        }
    }

    static @Nullable Object[] read(ByteBuffer in, @Nullable ClassLoader loader)
            throws IOException, ClassNotFoundException {
        int form = in.get();
        int count = in.getInt();
        if (form == OBJECTS) {
            byte[] bytes = new byte[in.getInt()];
            in.get(bytes);
            if (ObjectCodec.decode(bytes, loader) instanceof Object[] values && values.length == count) {
                return values;
            }
            throw new IOException("not a row of " + count + " values");
        }
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (form) {
                case NULLS -> null;
                case INTS -> in.getInt();
                case LONGS -> in.getLong();
                case DOUBLES -> in.getDouble();
                case BOOLEANS -> in.get() != 0;
                case TEXTS -> readText(in);
                case BYTE_ARRAYS -> readBytes(in);
                default -> throw new IOException("unknown form of values: form=" + form);
            };
        }
        return values;
    }

    private static int form(@Nullable Object[] values, int from, int to) {
        if (from == to) {
            return NULLS;
        }
        Class<?> common = values[from] == null ? Void.class : values[from].getClass();
        for (int i = from + 1; i < to; i++) {
            Object value = values[i];
            if ((value == null ? Void.class : value.getClass()) != common) {
                return OBJECTS;
            }
        }
        if (common == Void.class) {
            return NULLS;
        } else if (common == Integer.class) {
            return INTS;
        } else if (common == Long.class) {
            return LONGS;
        } else if (common == Double.class) {
            return DOUBLES;
        } else if (common == Boolean.class) {
            return BOOLEANS;
        } else if (common == String.class) {
            return TEXTS;
        } else if (common == byte[].class) {
            return BYTE_ARRAYS;
        }
        return OBJECTS;
    }

    /** The form says that it is one. */
    private static <T> T cast(Class<T> type, @Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("no " + type);
        }
        return type.cast(value);
    }

    // Not UTF-8: a lone surrogate is a legal part of a String, and would not survive it.
    private static void writeText(Bytes out, String text) {
        int length = text.length();
        int at = 0;
        while (at < length && text.charAt(at) < 0x100) {
            at++;
        }
        if (at == length) {
            out.putByte(LATIN_1).putInt(length).put(text.getBytes(StandardCharsets.ISO_8859_1));
            return;
        }
        ByteBuffer room = out.putByte(UTF_16).putInt(length).room(Math.multiplyExact(Character.BYTES, length));
        for (int i = 0; i < length; i++) {
            room.putChar(text.charAt(i));
        }
    }

    private static String readText(ByteBuffer in) {
        boolean latin = in.get() == LATIN_1;
        int length = in.getInt();
        if (latin) {
            String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.ISO_8859_1);
            in.position(in.position() + length);
            return text;
        }
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = in.getChar();
        }
        return new String(text);
    }

    private static byte[] readBytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }
}
