package dev.procession.plugin.bundle.read;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The words of JavaScript that say what comes after them. */
final class ScriptWords {
    private ScriptWords() {}

    /** What a word means for what comes after it. */
    enum Meaning {
        /** It names a value. */
        VALUE,
        /** An expression comes. */
        BEFORE_EXPRESSION,
        /** A statement comes. */
        BEFORE_STATEMENT,
        /** A head in parentheses comes, and then a statement. */
        WITH_HEAD,
        /** An operator in some functions, and a name elsewhere. */
        BY_CONTEXT,
        FUNCTION,
        CLASS,
        ASYNC
    }

    /** By the first letter: a word is looked at without being copied. */
    private static final Keyword[][] KEYWORDS = keywords();

    private record Keyword(String text, Meaning meaning) {}

    private static Keyword[][] keywords() {
        Map<String, Meaning> meanings = new LinkedHashMap<>();
        for (String word : "return typeof case in instanceof new delete void throw extends".split(" ", -1)) {
            meanings.put(word, Meaning.BEFORE_EXPRESSION);
        }
        for (String word : "else do try finally default".split(" ", -1)) {
            meanings.put(word, Meaning.BEFORE_STATEMENT);
        }
        for (String word : "if while for with switch catch".split(" ", -1)) {
            meanings.put(word, Meaning.WITH_HEAD);
        }
        for (String word : "await yield of".split(" ", -1)) {
            meanings.put(word, Meaning.BY_CONTEXT);
        }
        meanings.put("function", Meaning.FUNCTION);
        meanings.put("class", Meaning.CLASS);
        meanings.put("async", Meaning.ASYNC);
        Keyword[][] byLetter = new Keyword[128][0];
        meanings.forEach((word, meaning) -> {
            Keyword[] before = byLetter[word.charAt(0)];
            Keyword[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = new Keyword(word, meaning);
            byLetter[word.charAt(0)] = after;
        });
        return byLetter;
    }

    /** What the word between two positions means. */
    static Meaning meaning(char[] chars, int from, int to) {
        char first = chars[from];
        if (first < 128) {
            for (Keyword keyword : KEYWORDS[first]) {
                String text = keyword.text();
                if (text.length() == to - from) {
                    int i = 1;
                    while (i < text.length() && text.charAt(i) == chars[from + i]) {
                        i++;
                    }
                    if (i == text.length()) {
                        return keyword.meaning();
                    }
                }
            }
        }
        return Meaning.VALUE;
    }
}
