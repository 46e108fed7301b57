package dev.procession.plugin.bundle.read;

import dev.procession.plugin.bundle.read.Piece.Prologue;

/**
 * Reads a script up to its first statement that is no directive (ECMA-262, Directive Prologues). All before that is
 * comments, white space and string literals, so no full grammar is needed.
 */
public final class PrologueScanner {
    private final char[] chars;
    private final int length;
    private int at;
    private boolean newLine;
    private boolean open;

    private PrologueScanner(char[] chars, int length) {
        this.chars = chars;
        this.length = length;
    }

    public static Prologue scan(char[] chars, int length) {
        return new PrologueScanner(chars, length).scan();
    }

    /**
     * Whether a text is comments, white space and directives, and nothing that could swallow what follows it: a block
     * comment that is not closed would.
     */
    public static boolean isBanner(char[] chars, int length) {
        PrologueScanner scanner = new PrologueScanner(chars, length);
        scanner.scan();
        return scanner.at == length && !scanner.open && !(length >= 2 && chars[0] == '#');
    }

    private Prologue scan() {
        Prologue found = Prologue.PLAIN;
        // The start of a script is the start of a line, where "-->" begins a comment.
        newLine = true;
        if (starts("#!")) {
            skipLine();
        }
        skipTrivia();
        if (at == length) {
            return Prologue.NO_CODE;
        }
        while (at < length && (chars[at] == '"' || chars[at] == '\'')) {
            int start = at;
            if (!skipString()) {
                return found;
            }
            // A directive with an escape in it is another directive, so raw characters are compared.
            boolean strict = at - start == 12 && new String(chars, start + 1, 10).equals("use strict");
            newLine = false;
            skipTrivia();
            if (at < length && chars[at] == ';') {
                at++;
                skipTrivia();
            } else if (at < length && chars[at] != '}' && (!newLine || continuesExpression())) {
                return found;
            }
            if (strict) {
                found = Prologue.STRICT;
            } else if (found == Prologue.PLAIN) {
                found = Prologue.DIRECTIVE;
            }
        }
        return found;
    }

    /** Whether what comes on the next line belongs to the string before it, so that the string is no statement. */
    private boolean continuesExpression() {
        char c = chars[at];
        if (c == '!') {
            return starts("!=");
        }
        if (c == '+' || c == '-') {
            return at + 1 >= length || chars[at + 1] != c;
        }
        return "([.,*/%?:<>=&|^`".indexOf(c) >= 0 || startsWord("in") || startsWord("instanceof");
    }

    private boolean skipString() {
        char quote = chars[at++];
        while (at < length && chars[at] != quote) {
            if (chars[at] == '\n' || chars[at] == '\r') {
                return false;
            }
            // A line that goes on after a backslash may end with CR LF, which is one line break of two characters.
            at += chars[at] != '\\' ? 1 : starts("\\\r\n") ? 3 : 2;
        }
        if (at >= length) {
            at = length;
            return false;
        }
        at++;
        return true;
    }

    private void skipTrivia() {
        while (at < length) {
            char c = chars[at];
            if (LineBreak.is(c)) {
                newLine = true;
                at++;
            } else if (c <= ' '
                    || c == '\u00a0'
                    || c == '\ufeff'
                    || Character.getType(c) == Character.SPACE_SEPARATOR) {
                at++;
            } else if (starts("/*")) {
                at += 2;
                while (at < length && !starts("*/")) {
                    newLine |= LineBreak.is(chars[at]);
                    at++;
                }
                open = at >= length;
                at = Math.min(length, at + 2);
            } else if (starts("//") || starts("<!--") || (newLine && starts("-->"))) {
                skipLine();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (at < length && !LineBreak.is(chars[at])) {
            at++;
        }
    }

    private boolean starts(String token) {
        if (at + token.length() > length) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            if (chars[at + i] != token.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWord(String word) {
        int end = at + word.length();
        return starts(word) && (end == length || !Character.isJavaIdentifierPart(chars[end]));
    }
}
