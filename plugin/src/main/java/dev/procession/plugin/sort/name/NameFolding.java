package dev.procession.plugin.sort.name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Which different names are one file in the output's file system. Asked of the file system itself: the same system has
 * both kinds mounted, and some have them side by side.
 *
 * @param cases whether {@code A} and {@code a} are one
 * @param forms whether the composed and the decomposed form of an accented letter are one
 */
public record NameFolding(boolean cases, boolean forms) {

    /** Tries it in a directory of the goal's own. */
    public static NameFolding of(Path own) throws IOException {
        return new NameFolding(areOne(own, "probe-case", "PROBE-CASE"), areOne(own, "probe-\u00e9", "probe-e\u0301"));
    }

    private static boolean areOne(Path own, String name, String other) throws IOException {
        Path file = RawName.resolve(own, RawName.ofUnicode(name));
        Files.deleteIfExists(file);
        Files.createFile(file);
        try {
            return Files.exists(RawName.resolve(own, RawName.ofUnicode(other)), LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(file);
        }
    }

    /** The same text for all raw names that are one file. */
    public String key(String raw) {
        if (!cases && !forms) {
            return raw;
        }
        Optional<String> unicode = RawName.unicode(raw);
        String text = unicode.orElse(raw);
        if (forms && unicode.isPresent()) {
            text = Normalizer.normalize(text, Normalizer.Form.NFC);
        }
        if (cases) {
            // Both ways: several small letters share one capital, and the other way round.
            text = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        }
        return unicode.isPresent() ? RawName.ofUnicode(text) : text;
    }
}
