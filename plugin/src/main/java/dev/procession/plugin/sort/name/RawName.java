package dev.procession.plugin.sort.name;

import dev.procession.plugin.report.Shown;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Raw names: texts in which each char is one byte of a file's name or path, with '/' between the parts. They compare
 * by bytes, survive any locale, and also hold names that are not valid UTF-8.
 *
 * <p>Under {@code LC_ALL=C} the JDK can neither make a Path from a Cyrillic String nor the String from the Path, while
 * a Path's URI carries every byte; so what is not plain ASCII goes through the URI. On Windows names are Unicode, and
 * the raw name is their UTF-8 form.
 */
public final class RawName {
    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final String UNRESERVED = "-._~!$&'()*+,;=:@/";

    private RawName() {}

    /** The raw name of a path, absolute or relative as the path is. */
    public static String of(Path path) {
        String text = path.toString();
        if (WINDOWS) {
            return ofUnicode(text.replace('\\', '/'));
        }
        if (isAscii(text)) {
            return text;
        }
        // toUri() looks whether it is a directory, and ends with a slash then.
        String raw = decoded(
                (path.isAbsolute() ? path : Path.of("/").resolve(path)).toUri().getRawPath());
        return raw.substring(path.isAbsolute() ? 0 : 1, raw.endsWith("/") ? raw.length() - 1 : raw.length());
    }

    /** The raw name of a text that a user typed. */
    public static String ofUnicode(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The path of an absolute raw name. */
    public static Path absolute(String raw) {
        if (WINDOWS) {
            return Path.of(unicode(raw).orElse(raw));
        }
        return isAscii(raw) ? Path.of(raw) : Path.of(URI.create("file://" + encoded(raw)));
    }

    /** The path of a raw name that is relative to an absolute directory, or is absolute itself. */
    public static Path resolve(Path directory, String raw) {
        if (WINDOWS || isAscii(raw)) {
            return directory.resolve(unicode(raw).orElse(raw));
        }
        if (raw.startsWith("/")) {
            return absolute(raw);
        }
        String base = of(directory);
        return absolute(base.endsWith("/") ? base + raw : base + "/" + raw);
    }

    /** The text that a raw name means, if it is valid UTF-8. */
    public static Optional<String> unicode(String raw) {
        if (isAscii(raw)) {
            return Optional.of(raw);
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(raw.getBytes(StandardCharsets.ISO_8859_1));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The part after the last '/'. */
    public static String last(String raw) {
        return raw.substring(raw.lastIndexOf('/') + 1);
    }

    /** For people: one line, and bytes that are no UTF-8 as {@code \xE9}. */
    public static String shown(String raw) {
        Optional<String> text = unicode(raw);
        if (text.isPresent()) {
            return Shown.text(text.get());
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < 128) {
                shown.append(c);
            } else {
                shown.append("\\x").append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return Shown.text(shown.toString());
    }

    public static String shown(Path path) {
        return shown(of(path));
    }

    /** Percent-encodes all that is special in a URI, so also blanks and line ends; keeps '/'. */
    public static String encoded(String raw) {
        StringBuilder encoded = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return encoded.toString();
    }

    /** The raw name that {@link #encoded} made a text of. */
    public static String decoded(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        StringBuilder raw = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                raw.append((char) Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                raw.append(c);
            }
        }
        return raw.toString();
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
