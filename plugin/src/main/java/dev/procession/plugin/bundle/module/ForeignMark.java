package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.Build;
import java.util.List;

/** A first look for what {@link ForeignNames} finds, one that costs a JVM little that has just started. */
final class ForeignMark {
    private ForeignMark() {}

    /** Whether a bundle has any word behind a dot that such a name has. */
    static boolean isIn(List<Build.OutputFile> files) {
        for (Build.OutputFile file : files) {
            if (!file.path().endsWith(".map") && isIn(file.content())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '.' && (has(text, i, ".env.") || has(text, i, ".glob") || has(text, i, ".context"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(byte[] text, int from, String word) {
        if (text.length - from < word.length()) {
            return false;
        }
        for (int i = 1; i < word.length(); i++) {
            if (text[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
