package dev.procession.plugin.work;

import dev.procession.plugin.report.Shown;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Moves file names between the file system and Unicode. Under {@code LC_ALL=C} the JDK can neither make a Path from a
 * Cyrillic String nor the String from the Path, while a Path's URI carries every byte; so names that are not plain
 * ASCII go through the URI.
 */
public final class FileName {
    private static final String UNRESERVED = "-._~!$&'()*+,;=:@";

    private FileName() {}

    /**
     * A name for a file.
     *
     * @param base absolute and normalized
     * @param file absolute and normalized
     * @return the name of {@code file} relative to {@code base}, with '/' as separator
     */
    public static String of(Path base, Path file) {
        String text = base.relativize(file).toString();
        if (isAscii(text)) {
            return text.replace(file.getFileSystem().getSeparator(), "/");
        }
        if (!file.startsWith(base)) {
            return "../" + of(parentOf(base), file);
        }
        return decoded(rawPath(file).substring(rawPath(base).length() + 1));
    }

    /**
     * The file of a name.
     *
     * @param base where a relative name begins
     * @param name with '/' as separator
     * @return the file
     */
    public static Path resolve(Path base, String name) {
        if (isAscii(name)) {
            return base.resolve(name).normalize();
        }
        if (name.startsWith("/")) {
            return resolve(Path.of("/"), name.substring(1));
        }
        StringBuilder uri = new StringBuilder(base.toUri().toString());
        if (uri.charAt(uri.length() - 1) != '/') {
            uri.append('/');
        }
        return Path.of(URI.create(uri.append(encoded(name)).toString())).normalize();
    }

    /**
     * A text from which another process finds the same file, whatever its locale.
     *
     * @param file any file
     * @return to be given to {@link #path}
     */
    public static String portable(Path file) {
        String text = file.toString();
        return isAscii(text) ? text : file.toUri().toString();
    }

    /**
     * The file of a {@link #portable} text.
     *
     * @param portable what {@link #portable} returned
     * @return the file
     */
    public static Path path(String portable) {
        // An absolute path never begins with "file:".
        return portable.startsWith("file:") ? Path.of(URI.create(portable)) : Path.of(portable);
    }

    /**
     * The whole path for people.
     *
     * @param file any file
     * @return its path on one line
     */
    public static String shown(Path file) {
        return Shown.text(unicode(file));
    }

    /**
     * The whole path as text.
     *
     * @param file any file
     * @return its path in Unicode
     */
    public static String unicode(Path file) {
        String text = file.toString();
        return isAscii(text) ? text : decoded(rawPath(file));
    }

    /**
     * Percent-encodes all that is special in the path of a URI, keeping '/'.
     *
     * @param name a name with '/' as separator
     * @return ASCII without blanks
     */
    public static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c == '/'
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }

    private static Path parentOf(Path base) {
        Path parent = base.getParent();
        return parent == null ? base : parent;
    }

    private static String rawPath(Path file) {
        String raw = file.toUri().getRawPath();
        // A directory's URI ends with a slash.
        return raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    }

    /**
     * The name that {@link #encoded} made a text of.
     *
     * @param raw what {@link #encoded} returned
     * @return the name
     */
    public static String decoded(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Whether it is plain.
     *
     * @param text any text
     * @return whether all of it is ASCII
     */
    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
