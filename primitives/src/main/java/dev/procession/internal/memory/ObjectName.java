package dev.procession.internal.memory;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names of shared objects: 1 to 200 bytes of UTF-8 without {@code /} and NUL, so that every engine, present and future, can
 * make a file name of one.
 */
public final class ObjectName {
    static final int MAX_BYTES = 200;

    private static final String RULE = "name of a shared object ";

    private ObjectName() {}

    /**
     * Checks a name.
     *
     * @param name what the user gave
     * @return the same name
     * @throws IllegalArgumentException if it is against a rule; the message has the rule and the name
     */
    public static String check(String name) {
        utf8(name);
        return name;
    }

    /** The bytes of a name that keeps the rules. */
    static byte[] utf8(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(RULE + "must not be empty");
        }
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException(RULE + "must not contain '/': " + shown(name));
        }
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(RULE + "must not contain NUL: " + shown(name));
        }
        // Not getBytes: it makes '?' of half a character, and two names would be one.
        ByteBuffer encoded;
        try {
            encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(RULE + "must not contain half a surrogate pair: " + shown(name), e);
        }
        if (encoded.remaining() > MAX_BYTES) {
            throw new IllegalArgumentException(RULE + "must not be longer than " + MAX_BYTES + " bytes of UTF-8: "
                    + shown(name) + " has " + encoded.remaining());
        }
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    /**
     * A name as it may be printed: in quotes, shortened, control characters and the like as escapes.
     *
     * @param name any text
     * @return what can be put into a message
     */
    public static String shown(String name) {
        StringBuilder shown = new StringBuilder("\"");
        int end = name.offsetByCodePoints(0, Math.min(60, name.codePointCount(0, name.length())));
        name.codePoints().limit(60).forEach(c -> {
            if (Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.SURROGATE
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append(end < name.length() ? "...\"" : "\"").toString();
    }

    /** FNV-1a over the bytes. */
    static long hash(byte[] utf8) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : utf8) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
