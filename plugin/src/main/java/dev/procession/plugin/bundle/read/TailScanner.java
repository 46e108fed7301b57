package dev.procession.plugin.bundle.read;

import dev.procession.plugin.bundle.read.Piece.Ending;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Looks at the end of a script: what must stand between it and the next one, and which of its last comments speak to
 * the browser about the whole file.
 */
final class TailScanner {
    /** {@code sourceMappingURL} is ECMA-426's; {@code sourceURL} would rename the whole bundle in every stack trace. */
    private static final Pattern SPEAKS_FOR_FILE =
            Pattern.compile("//[#@]\\s*(sourceMappingURL|sourceURL)=.*", Pattern.DOTALL);

    private static final String MAP = "sourceMappingURL=";

    private final char[] chars;
    private final int length;

    TailScanner(char[] chars, int length) {
        this.chars = chars;
        this.length = length;
    }

    /** Whether a comment claims a source map or a name for the whole file. */
    static boolean speaksForFile(char[] chars, int from, int to) {
        return to - from > 2
                && (chars[from + 2] == '#' || chars[from + 2] == '@')
                && SPEAKS_FOR_FILE.matcher(new String(chars, from, to - from)).matches();
    }

    Ending ending() {
        char last = length == 0 ? '\n' : chars[length - 1];
        // A lone CR would melt with an LF at the start of the next file into one line break.
        return new Ending(length > 0 && LineBreak.is(last), last == '\r', certainSemicolon());
    }

    /**
     * Whether the last token is certainly ';'. The last character of a script that can stand alone is inside a comment
     * only if that is a line comment, and inside no string, template or regular expression, since those would be open.
     */
    private boolean certainSemicolon() {
        int end = length;
        while (end > 0 && (chars[end - 1] <= ' ' || LineBreak.is(chars[end - 1]))) {
            end--;
        }
        if (end == 0 || chars[end - 1] != ';') {
            return false;
        }
        int start = lineStart(end);
        String line = new String(chars, start, end - start);
        return !line.contains("//") && !line.contains("<!--") && !line.contains("-->") && !line.startsWith("#!");
    }

    /**
     * Where the comments at the end that claim a source map or a name for the whole file have their '#', in ascending
     * order. Follows ECMA-426, JavaScriptExtractSourceMapURL without parsing: what it finds is a comment in every script
     * that parses, never the inside of a template.
     */
    private int[] lastClaims() {
        int[] found = new int[4];
        int count = 0;
        int end = length;
        while (true) {
            int start = lineStart(end);
            int text = start;
            while (text < end && (chars[text] <= ' ' || Character.isWhitespace(chars[text]))) {
                text++;
            }
            if (text < end) {
                if (text + 1 >= end || chars[text] != '/' || chars[text + 1] != '/') {
                    break;
                }
                String comment = new String(chars, text, end - text);
                if (comment.indexOf('"') >= 0
                        || comment.indexOf('\'') >= 0
                        || comment.indexOf('`') >= 0
                        || comment.contains("*/")) {
                    break;
                }
                if (SPEAKS_FOR_FILE.matcher(comment).matches()) {
                    if (count == found.length) {
                        found = Arrays.copyOf(found, 2 * count);
                    }
                    found[count++] = text + 2;
                }
            }
            if (start == 0) {
                break;
            }
            end = start - 1;
        }
        int[] ascending = new int[count];
        for (int i = 0; i < count; i++) {
            ascending[i] = found[count - 1 - i];
        }
        return ascending;
    }

    /**
     * All comments that claim a source map or a name for the whole file. Engines follow those ahead of code as well, as
     * they stand in a file that was itself joined of others, and those behind code in a line.
     */
    ScriptScanner.Claims claims() {
        int[] last = lastClaims();
        if (mentions() > last.length) {
            ScriptScanner.Claims all = ScriptScanner.claims(chars, length);
            if (all != null) {
                return all;
            }
        }
        return new ScriptScanner.Claims(last, 0);
    }

    /** How often the text has the words of such a comment, be it in a comment or not. */
    private int mentions() {
        int count = 0;
        for (int i = 8; i < length; i++) {
            if (chars[i] == '=' && chars[i - 1] == 'L' && chars[i - 2] == 'R' && chars[i - 3] == 'U') {
                count++;
            }
        }
        return count;
    }

    /**
     * Where the file says that its source map is.
     *
     * @param claims what {@link #claims} found
     * @return the index of the last claim that names a map and has no code behind it, or -1
     */
    int mapClaim(ScriptScanner.Claims claims) {
        for (int i = claims.at().length - 1; i >= 0 && claims.at()[i] >= claims.codeEnd(); i--) {
            int at = claims.at()[i] + 1;
            while (at < length && chars[at] <= ' ') {
                at++;
            }
            if (at + MAP.length() <= length && new String(chars, at, MAP.length()).equals(MAP)) {
                return i;
            }
        }
        return -1;
    }

    /** The address in a claim that {@link #mapClaim} found. */
    String address(int claim) {
        int end = lineEnd(claim);
        String comment = new String(chars, claim, end - claim);
        return comment.substring(comment.indexOf('=') + 1).strip();
    }

    int lineEnd(int from) {
        int end = from;
        while (end < length && !LineBreak.is(chars[end])) {
            end++;
        }
        return end;
    }

    private int lineStart(int end) {
        int start = end;
        while (start > 0 && !LineBreak.is(chars[start - 1])) {
            start--;
        }
        return start;
    }
}
