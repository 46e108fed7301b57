package dev.procession.plugin.bundle;

import dev.procession.plugin.work.FileName;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the source map of a script or style sheet is, if its end names a file. */
final class InputMapName {
    /** The comment is the last line, or nearly so. */
    private static final int TAIL = 1024;

    private static final Pattern COMMENT = Pattern.compile("[#@] sourceMappingURL=([^\\s*]+)");

    private InputMapName() {}

    static Optional<Path> in(Path file, byte[] content) {
        int begin = Math.max(0, content.length - TAIL);
        String tail = new String(content, begin, content.length - begin, StandardCharsets.UTF_8);
        if (!tail.contains(" sourceMappingURL=")) {
            return Optional.empty();
        }
        Matcher comment = COMMENT.matcher(tail);
        String name = "";
        while (comment.find()) {
            name = comment.group(1);
        }
        if (name.isEmpty() || name.startsWith("data:") || name.contains("://") || file.getParent() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(FileName.resolve(file.getParent(), name.replace("%20", " ")));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
