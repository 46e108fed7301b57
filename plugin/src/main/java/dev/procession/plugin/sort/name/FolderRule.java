package dev.procession.plugin.sort.name;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells by a file's name into which folder it goes. */
public final class FolderRule {
    /** For names without an extension. No extension holds a blank, so no extension's folder has this name. */
    static final String NO_EXTENSION = "no extension";

    /** For names that begin with a dot, whatever follows. */
    static final String DOT_FILES = "dot files";

    /** Longer ones, in bytes, are the end of a sentence rather than a kind of file. */
    private static final int LONGEST = 32;

    private static final Set<String> COMPRESSIONS = Set.of("gz", "bz2", "xz", "zst", "lz", "lz4", "lzma", "z", "br");

    private FolderRule() {}

    /** The raw name of the folder for a file with this raw name. */
    public static String folderOf(String name) {
        if (name.startsWith(".")) {
            return DOT_FILES;
        }
        int dot = extensionDot(name);
        return dot < 0 ? NO_EXTENSION : folded(name.substring(dot + 1));
    }

    /** Where the extension of a raw name begins, at its dot; -1 when it has none. */
    public static int extensionDot(String name) {
        int dot = name.lastIndexOf('.');
        if (dot <= 0 || !isExtension(name.substring(dot + 1))) {
            return -1;
        }
        // x.tar.gz is an archive, not a compressed "x.tar"; but "tar.gz" alone is a file called tar.
        int inner = name.lastIndexOf('.', dot - 1);
        return inner > 0
                        && name.substring(inner + 1, dot).equalsIgnoreCase("tar")
                        && COMPRESSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))
                ? inner
                : dot;
    }

    private static boolean isExtension(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        // What is a blank or a control character in Unicode has no place in a folder's name either.
        return RawName.unicode(text)
                .orElse(text)
                .codePoints()
                .noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c));
    }

    /** {@code TXT} and {@code txt}, and the two forms of an accented letter, are one extension. */
    private static String folded(String extension) {
        Optional<String> text = RawName.unicode(extension);
        if (text.isPresent()) {
            // Twice: lower case can undo a composition (I with dot above).
            String lower = Normalizer.normalize(text.get(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            return RawName.ofUnicode(Normalizer.normalize(lower, Normalizer.Form.NFC));
        }
        StringBuilder lower = new StringBuilder(extension.length());
        for (int i = 0; i < extension.length(); i++) {
            char c = extension.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }
}
