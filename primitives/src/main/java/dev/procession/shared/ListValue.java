package dev.procession.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value of a list as bytes. */
final class ListValue {
    // The numbers stand in shared memory.
    private static final int NULL = 0;
    private static final int BOOLEAN = 1;
    private static final int LONG = 2;
    private static final int DOUBLE = 3;
    private static final int STRING = 4;
    private static final int BYTES = 5;

    private final int type;
    private final byte[] bytes;

    ListValue(int type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    int type() {
        return type;
    }

    byte[] bytes() {
        return bytes;
    }

    static ListValue of(@Nullable Object value) {
        if (value == null) {
            return new ListValue(NULL, new byte[0]);
        } else if (value instanceof Boolean bool) {
            return new ListValue(BOOLEAN, new byte[] {(byte) (bool ? 1 : 0)});
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return new ListValue(LONG, eight(((Number) value).longValue()));
        } else if (value instanceof Double || value instanceof Float) {
            return new ListValue(DOUBLE, eight(Double.doubleToRawLongBits(((Number) value).doubleValue())));
        } else if (value instanceof String text) {
            return new ListValue(STRING, text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            return new ListValue(BYTES, bytes);
        }
        throw new IllegalArgumentException(
                "a shared list holds null, booleans, whole numbers of up to 64 bits, doubles,"
                        + " strings and byte arrays: type=" + value.getClass().getName());
    }

    private static byte[] eight(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    @Nullable
    Object value() {
        return switch (type) {
            case NULL -> null;
            case BOOLEAN -> bytes[0] != 0;
            case LONG -> ByteBuffer.wrap(bytes).getLong();
            case DOUBLE -> Double.longBitsToDouble(ByteBuffer.wrap(bytes).getLong());
            case STRING -> new String(bytes, StandardCharsets.UTF_8);
            case BYTES -> bytes;
            default -> throw new IllegalStateException("no type of value has the code " + type);
        };
    }

    /** The same type and the same bytes: arrays by what is in them, doubles by their bits. */
    boolean isSame(ListValue other) {
        return type == other.type && Arrays.equals(bytes, other.bytes);
    }
}
