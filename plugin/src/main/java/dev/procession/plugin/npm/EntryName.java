package dev.procession.plugin.npm;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for a name in an archive, the same on every system, and its way to a file. Under {@code LC_ALL=C} the JDK cannot
 * make a Path of a String that is not ASCII, while a URI carries every byte.
 */
final class EntryName {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final Pattern DEVICE =
            Pattern.compile("(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\\..*)?", Pattern.CASE_INSENSITIVE);
    private static final String UNRESERVED = "/-._~!$&'()*+,;=:@";

    private EntryName() {}

    /** How a name would lead out of the folder that it is unpacked to, on some system; empty when it does not. */
    static Optional<String> escape(String name) {
        if (name.startsWith("/")) {
            return Optional.of("it is an absolute path");
        }
        if (name.indexOf('\\') >= 0) {
            return Optional.of("it holds a backslash, which is a separator on Windows");
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return Optional.of("it holds a control character");
            }
        }
        for (String segment : name.split("/", -1)) {
            if (segment.equals("..")) {
                return Optional.of("it leads out of its folder");
            }
            if (DRIVE.matcher(segment).matches()) {
                return Optional.of("it names a drive");
            }
        }
        return Optional.empty();
    }

    /** Why some system cannot hold a file of this name; empty when all can. */
    static Optional<String> unportable(String name) {
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".")) {
                return Optional.of("an empty name in the path");
            }
            if (DEVICE.matcher(segment).matches()) {
                return Optional.of("a name that Windows keeps for a device");
            }
            if (segment.endsWith(".") || segment.endsWith(" ")) {
                return Optional.of("a name that ends with a dot or a blank, which Windows drops");
            }
            for (int i = 0; i < segment.length(); i++) {
                if ("<>:\"|?*".indexOf(segment.charAt(i)) >= 0) {
                    return Optional.of("a character that Windows does not allow");
                }
            }
        }
        return Optional.empty();
    }

    /** The same text for all names that some file system takes for one file. */
    static String folded(String name) {
        // Both ways: several small letters share one capital, and the other way round.
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** The file with a name, '/' as separator, below {@code base}. */
    static Path resolve(Path base, String name) {
        if (isAscii(name)) {
            return base.resolve(name);
        }
        StringBuilder uri = new StringBuilder(base.toUri().toString());
        if (uri.charAt(uri.length() - 1) != '/') {
            uri.append('/');
        }
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                uri.append(c);
            } else {
                uri.append('%')
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.forDigit(c & 15, 16));
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** The name of a file below {@code base}, with '/' as separator. */
    static String of(Path base, Path file) {
        String text = base.relativize(file).toString();
        if (isAscii(text)) {
            return text.replace(file.getFileSystem().getSeparator(), "/");
        }
        String root = base.toUri().getRawPath();
        String raw = file.toUri().getRawPath().substring(root.endsWith("/") ? root.length() : root.length() + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
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
