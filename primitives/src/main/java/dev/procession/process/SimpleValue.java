package dev.procession.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The values that have a small encoding of their own: null, texts, and what boxes a primitive. */
final class SimpleValue {
    /** Above it, Java serialization costs no more. */
    private static final int LONGEST_TEXT = 64 * 1024;

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

    private SimpleValue() {}

    static boolean canEncode(@Nullable Object value) {
        // Not Number in general: BigDecimal and AtomicInteger are Numbers.
        return value == null
                || (value instanceof String text && text.length() <= LONGEST_TEXT)
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof Float
                || value instanceof Character
                || value instanceof Short
                || value instanceof Byte;
    }

    static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof String text) {
            // As chars: a lone surrogate is a legal part of a String, and would not survive an encoding.
            out.writeByte(TEXT);
            out.writeInt(text.length());
            out.writeChars(text);
        } else if (value instanceof Integer number) {
            out.writeByte(INT);
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte(LONG);
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte(DOUBLE);
            out.writeDouble(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte(BOOLEAN);
            out.writeBoolean(flag);
        } else if (value instanceof Float number) {
            out.writeByte(FLOAT);
            out.writeFloat(number);
        } else if (value instanceof Character character) {
            out.writeByte(CHAR);
            out.writeChar(character);
        } else if (value instanceof Short number) {
            out.writeByte(SHORT);
            out.writeShort(number);
        } else if (value instanceof Byte number) {
            out.writeByte(BYTE);
            out.writeByte(number);
        } else {
            throw new IllegalArgumentException("no simple value: " + value.getClass());
        }
    }

    static @Nullable Object read(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        return switch (type) {
            case NULL -> null;
            case TEXT -> readText(in);
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case BOOLEAN -> in.readBoolean();
            case FLOAT -> in.readFloat();
            case CHAR -> in.readChar();
            case SHORT -> in.readShort();
            case BYTE -> in.readByte();
            default -> throw new IOException("unknown value: type=" + type);
        };
    }

    private static String readText(DataInputStream in) throws IOException {
        char[] text = new char[in.readInt()];
        for (int i = 0; i < text.length; i++) {
            text[i] = in.readChar();
        }
        return new String(text);
    }
}
