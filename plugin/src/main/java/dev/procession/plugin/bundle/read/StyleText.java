package dev.procession.plugin.bundle.read;

import java.util.Locale;

/** The characters of a style sheet, and where its tokens end (CSS Syntax Module Level 3). */
public final class StyleText {
    final char[] chars;
    final int length;

    StyleText(char[] chars, int length) {
        this.chars = chars;
        this.length = length;
    }

    /** Whether the bracket at {@code i} opens an address without quotes. */
    boolean isAddress(int i) {
        if (i < 3 || !new String(chars, i - 3, 3).equalsIgnoreCase("url") || (i > 3 && isName(chars[i - 4]))) {
            return false;
        }
        int next = i + 1;
        while (next < length && isSpace(chars[next])) {
            next++;
        }
        return next < length && chars[next] != '"' && chars[next] != '\'';
    }

    int endOfAddress(int from) {
        int i = from;
        while (i < length && chars[i] != ')') {
            i += chars[i] == '\\' ? 2 : 1;
        }
        return Math.min(length, i + 1);
    }

    int endOfString(int from) {
        int i = from + 1;
        while (i < length && chars[i] != chars[from] && !isLineBreak(chars[i])) {
            if (chars[i] == '\\') {
                i += starts(i + 1, "\r\n") ? 3 : 2;
            } else {
                i++;
            }
        }
        return Math.min(length, i < length && isLineBreak(chars[i]) ? i : i + 1);
    }

    int endOfComment(int from) {
        int i = from + 2;
        while (i < length && !starts(i, "*/")) {
            i++;
        }
        return Math.min(length, i + 2);
    }

    String name(int from) {
        int end = from;
        while (end < length && isName(chars[end])) {
            end++;
        }
        return new String(chars, from, end - from);
    }

    String nameBefore(int end) {
        int from = end;
        while (from > 0 && isName(chars[from - 1])) {
            from--;
        }
        return new String(chars, from, end - from).toLowerCase(Locale.ROOT);
    }

    static boolean isName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c >= 128;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || isLineBreak(c);
    }

    public static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\f';
    }

    boolean starts(int from, String token) {
        if (from + token.length() > length) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            if (chars[from + i] != token.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
