package dev.procession.plugin.sort.scan;

import dev.procession.plugin.sort.name.RawName;
import java.io.File;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.codehaus.plexus.util.MatchPatterns;

/**
 * Which files of the source are sorted; all, when nothing was said. The others are passed by: they are neither touched
 * nor failures.
 *
 * <p>Globs mean what they mean in every Maven plugin. They are compared with names as characters, in the composed form, so
 * that {@code ?} is one letter of any alphabet; names that are no valid UTF-8 are compared byte by byte.
 *
 * @param includes a file is sorted only if one of these matches its path relative to the source; empty for all
 * @param excludes a file that one of these matches is passed by
 * @param minSize bytes, inclusive
 * @param maxSize bytes, inclusive
 * @param notBeforeNanos the earliest time of modification, since the epoch
 * @param notAfterNanos the latest time of modification, since the epoch
 * @param hidden whether hidden files, and files in hidden directories, are sorted
 */
public record FileFilter(
        Globs includes,
        Globs excludes,
        long minSize,
        long maxSize,
        long notBeforeNanos,
        long notAfterNanos,
        boolean hidden) {

    /** All files. */
    public static final FileFilter ALL = new FileFilter(
            Globs.of(List.of()), Globs.of(List.of()), 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, true);

    /**
     * Whether a file is sorted.
     *
     * @param path its raw path, relative to the source
     * @param attributes what the file system says of it
     */
    boolean accepts(String path, BasicFileAttributes attributes) {
        long size = attributes.size();
        long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        return size >= minSize
                && size <= maxSize
                && modified >= notBeforeNanos
                && modified <= notAfterNanos
                && (hidden || !isHidden(path, attributes))
                && (includes.isEmpty() || includes.match(path))
                && !excludes.match(path);
    }

    /**
     * Whether a directory is looked into.
     *
     * @param path its raw path, relative to the source; not that of the source itself
     * @param attributes what the file system says of it
     */
    boolean enters(String path, BasicFileAttributes attributes) {
        return (hidden || !isHidden(path, attributes)) && !excludes.matchAllBelow(path);
    }

    /** The directories above were asked before. */
    private static boolean isHidden(String path, BasicFileAttributes attributes) {
        return path.startsWith(".", path.lastIndexOf('/') + 1)
                || (attributes instanceof DosFileAttributes dos && dos.isHidden());
    }

    /**
     * Some globs, compiled.
     *
     * @param letters all of them, for names that are characters
     * @param bytes all of them, for other names
     * @param trees those that match all that is below what they match
     */
    public record Globs(boolean isEmpty, MatchPatterns letters, MatchPatterns bytes, MatchPatterns trees) {

        /** Compiles what the user typed, which must be valid. */
        public static Globs of(List<String> typed) {
            List<String> patterns = typed.stream().map(Globs::full).toList();
            List<String> composed = patterns.stream().map(Globs::composed).toList();
            return new Globs(
                    typed.isEmpty(),
                    MatchPatterns.from(composed),
                    MatchPatterns.from(patterns.stream().map(RawName::ofUnicode).toList()),
                    MatchPatterns.from(composed.stream()
                            .filter(pattern -> !pattern.startsWith("%") && pattern.endsWith("**"))
                            .toList()));
        }

        boolean match(String path) {
            if (isEmpty) {
                return false;
            }
            Optional<String> text = RawName.unicode(path);
            return text.isPresent()
                    ? letters.matches(slashed(composed(text.get())), true)
                    : bytes.matches(slashed(path), true);
        }

        /** Whether all that is below a directory matches: then nobody needs to look there. */
        boolean matchAllBelow(String directory) {
            Optional<String> text = RawName.unicode(directory);
            return !isEmpty && text.isPresent() && trees.matches(slashed(composed(text.get())), true);
        }

        private static String full(String typed) {
            String pattern = typed.trim();
            if (pattern.startsWith("%")) {
                return pattern;
            }
            pattern = pattern.replace('\\', '/');
            return slashed(pattern.endsWith("/") ? pattern + "**" : pattern);
        }

        private static String composed(String text) {
            return Normalizer.normalize(text, Normalizer.Form.NFC);
        }

        private static String slashed(String path) {
            return path.replace('/', File.separatorChar);
        }
    }
}
