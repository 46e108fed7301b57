package dev.procession.plugin.npm;

import dev.procession.plugin.work.FileName;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for a name in an archive, the same on every system. */
final class EntryName {
    private EntryName() {}

    /** Compiled when a jar is unpacked: every build folds names. */
    private static final class Forbidden {
        static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
        static final Pattern DEVICE =
                Pattern.compile("(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\\..*)?", Pattern.CASE_INSENSITIVE);
    }

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
            if (Forbidden.DRIVE.matcher(segment).matches()) {
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
            if (Forbidden.DEVICE.matcher(segment).matches()) {
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
        String composed = FileName.isAscii(name) ? name : Normalizer.normalize(name, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
