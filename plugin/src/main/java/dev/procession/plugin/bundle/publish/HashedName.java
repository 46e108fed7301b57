package dev.procession.plugin.bundle.publish;

import dev.procession.plugin.work.FileName;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names of outputs that hold {@code [hash]}: it becomes eight characters of the content's hash, so that browsers may
 * keep the file for ever.
 */
public final class HashedName {
    public static final String PLACEHOLDER = "[hash]";

    /** What the engine writes for modules too: Base32, which survives file systems that ignore case. */
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static final int LENGTH = 8;

    private HashedName() {}

    public static boolean isHashed(Path pattern) {
        return nameOf(pattern).contains(PLACEHOLDER);
    }

    /** The file that a pattern means for a hash. */
    public static Path of(Path pattern, MessageDigest content) {
        Path directory = pattern.getParent();
        return directory == null || !isHashed(pattern)
                ? pattern
                : FileName.resolve(directory, nameOf(pattern).replace(PLACEHOLDER, text(content.digest())));
    }

    /** The one of these files that a pattern means; the pattern itself when there is none. */
    public static Path among(Path pattern, List<Path> files) {
        if (isHashed(pattern)) {
            String[] around = nameOf(pattern).split(Pattern.quote(PLACEHOLDER), -1);
            StringBuilder name = new StringBuilder(Pattern.quote(around[0]));
            for (int i = 1; i < around.length; i++) {
                name.append("[A-Z2-7]{8}").append(Pattern.quote(around[i]));
            }
            Pattern names = Pattern.compile(name.toString());
            for (Path file : files) {
                if (Objects.equals(file.getParent(), pattern.getParent())
                        && names.matcher(nameOf(file)).matches()) {
                    return file;
                }
            }
        }
        return pattern;
    }

    /** The name without its hash: what stays the same from version to version. */
    public static String without(String name) {
        String bare = name.replaceAll("[-._]?\\[hash\\]", "");
        String file = bare.substring(bare.lastIndexOf('/') + 1);
        return file.isEmpty() || file.startsWith(".") ? name : bare;
    }

    private static String nameOf(Path pattern) {
        Path directory = pattern.getParent();
        return directory == null ? "" : FileName.of(directory, pattern);
    }

    private static String text(byte[] hash) {
        StringBuilder text = new StringBuilder();
        long bits = 0;
        for (int i = 0; i < 5; i++) {
            bits = (bits << 8) | (hash[i] & 0xFF);
        }
        for (int i = LENGTH - 1; i >= 0; i--) {
            text.append(DIGITS.charAt((int) (bits >>> (5 * i)) & 31));
        }
        return text.toString();
    }
}
