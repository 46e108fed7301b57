package dev.procession.plugin.bundle.read;

/**
 * What ends a line: ECMA-262's LineTerminatorSequence, which is LF, CR, CR LF, U+2028 or U+2029. Engines count lines so
 * in the stacks they report, and ECMA-426 splits lines so, hence a source map must.
 */
public final class LineBreak {
    private LineBreak() {}

    static boolean is(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }

    /** How many lines begin after another one in {@code text}. */
    public static int count(String text) {
        int breaks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (is(c) && !(c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n')) {
                breaks++;
            }
        }
        return breaks;
    }
}
