package dev.procession.plugin.npm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Any text as a word without blanks, so that the lines of records can be split at blanks. */
final class Escaped {
    private static final String EMPTY = "%";

    private Escaped() {}

    static String of(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        StringBuilder word = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 127 && b != '%') {
                word.append((char) b);
            } else {
                word.append('%').append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
        }
        return word.toString();
    }

    /** The text that {@link #of} made the word of. */
    static String plain(String word) {
        if (word.indexOf('%') < 0) {
            return word;
        }
        if (word.equals(EMPTY)) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(word, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
