package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.Build;
import java.util.List;

/** A first look for what {@link ForeignNames} finds, one that costs a JVM little that has just started. */
final class ForeignMark {
    private static final String[] BEHIND_DOT = {".env.", ".glob", ".context"};
    private static final String[] RULES = {"@tailwind", "@apply", "@include", "@extend"};

    private ForeignMark() {}

    /** Whether a bundle has any word that such a name has. */
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
            if ((text[i] == '.' && hasOneOf(BEHIND_DOT, text, i)) || (text[i] == '@' && hasOneOf(RULES, text, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOneOf(String[] words, byte[] text, int from) {
        for (String word : words) {
            if (has(text, from, word)) {
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
