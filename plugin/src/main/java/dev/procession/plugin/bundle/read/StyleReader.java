package dev.procession.plugin.bundle.read;

import dev.procession.plugin.bundle.map.Segments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a style sheet for being joined, by its tokens (CSS Syntax Module Level 3): takes out what must stand ahead of
 * all rules, and rewrites addresses. All else stays as it is, comments too. Used once.
 */
public final class StyleReader {
    /** With comments, what may stand before the address of an import. */
    private static final int LONGEST_IMPORT = 1024;

    private final char[] chars;
    private final int length;
    private final StyleText text;
    private final String prefix;
    private final StringBuilder body = new StringBuilder();
    private final Segments segments = new Segments();
    private final List<StylePiece.Head> heads = new ArrayList<>();
    private final List<String> legal = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private String mapAddress = "";
    private @Nullable OpenEnd openEnd;

    /** Where the next character stands in the file. */
    private int at;

    private int line;
    private int lineStart;

    /** Where the next character goes in the body. */
    private int bodyLine;

    private int bodyLineStart;

    /** How the statement that was not finished yet begins: '\0' with nothing, '@' with a keyword, else 'a'. */
    private char statement;

    private boolean withRules;

    /** A bracket, with the name of its function. */
    private record Open(char bracket, String function, int line) {}

    private StyleReader(char[] chars, int length, String prefix) {
        this.chars = chars;
        this.length = length;
        this.text = new StyleText(chars, length);
        this.prefix = prefix;
    }

    /**
     * Prepares a style sheet.
     *
     * @param prefix what relative addresses need before them, see {@link StyleUrls#prefix}
     */
    static StylePiece read(char[] chars, int length, byte[] utf8, byte[] sha256, String prefix) {
        StyleReader reader = new StyleReader(chars, length, prefix);
        List<StyleHeads.Statement> ahead = new StyleHeads(reader.text).ahead();
        reader.copy(ahead);
        return new StylePiece(
                utf8,
                sha256,
                reader.heads,
                reader.body.toString(),
                reader.segments,
                reader.bodyLine,
                reader.statement == '\0' ? "" : reader.statement == '@' ? ";" : "{}",
                reader.withRules,
                reader.mapAddress,
                reader.legal.toArray(String[]::new),
                reader.openEnd);
    }

    /** Whether a text is comments and white space only, all of them closed. */
    public static boolean isBanner(String text) {
        StyleReader reader = new StyleReader(text.toCharArray(), text.length(), "");
        reader.copy(List.of());
        return !reader.withRules && reader.openEnd == null;
    }

    private void copy(List<StyleHeads.Statement> ahead) {
        int next = 0;
        while (at < length) {
            if (next < ahead.size() && at == ahead.get(next).from()) {
                takeOut(ahead.get(next++));
            } else {
                token();
            }
        }
        if (openEnd == null && !open.isEmpty()) {
            Open last = open.getLast();
            openEnd = new OpenEnd("a block, " + last.bracket(), last.line() + 1, true);
        }
    }

    private void takeOut(StyleHeads.Statement taken) {
        if (!taken.keyword().equals("charset")) {
            boolean namespace = taken.keyword().equals("namespace");
            StyleReader inside = new StyleReader(
                    java.util.Arrays.copyOfRange(chars, taken.from(), taken.to()),
                    taken.to() - taken.from(),
                    namespace ? "" : prefix);
            inside.copy(List.of());
            String oneLine =
                    inside.body.toString().replaceAll("\r\n|[\n\r\f]", " ").strip();
            heads.add(new StylePiece.Head(
                    oneLine.endsWith(";") ? oneLine : oneLine + ";",
                    line,
                    at - lineStart,
                    namespace,
                    taken.keyword().equals("import")));
            if (inside.openEnd != null) {
                openEnd = new OpenEnd(inside.openEnd.what(), line + inside.openEnd.line(), true);
            }
        }
        skip(taken.to());
    }

    private void token() {
        char c = chars[at];
        if (StyleText.isSpace(c)) {
            put(at + 1, false);
        } else if (text.starts(at, "/*")) {
            comment();
        } else if (text.starts(at, "<!--") || text.starts(at, "-->")) {
            put(at + (c == '<' ? 4 : 3), true);
        } else if (c == '"' || c == '\'') {
            begin('a');
            string();
        } else if (c == '(' || c == '[' || c == '{') {
            bracket(c);
        } else if (c == ')' || c == ']' || c == '}') {
            close(c);
        } else if (c == ';') {
            put(at + 1, true);
            if (open.isEmpty()) {
                statement = '\0';
            }
        } else if (c == '@') {
            begin('@');
            put(Math.min(length, at + 1 + text.name(at + 1).length()), true);
        } else if (c == '\\') {
            begin('a');
            put(Math.min(length, at + 2), true);
        } else if (StyleText.isName(c)) {
            begin('a');
            put(at + text.name(at).length(), true);
        } else {
            begin('a');
            put(at + 1, true);
        }
    }

    private void begin(char kind) {
        withRules = true;
        if (open.isEmpty() && statement == '\0') {
            statement = kind;
        }
    }

    private void comment() {
        int end = text.endOfComment(at);
        if (end == length && (length - at < 4 || !text.starts(length - 2, "*/"))) {
            openEnd = new OpenEnd("a comment, /*", line + 1, true);
        }
        LegalComment.of(chars, at, end).ifPresent(legal::add);
        String comment = new String(chars, at, end - at);
        if (comment.matches("(?s)/\\*[#@]\\s*sourceMappingURL=.*\\*/")) {
            mapAddress = comment.substring(comment.indexOf('=') + 1, comment.length() - 2)
                    .strip();
            skip(end);
        } else {
            put(end, true);
        }
    }

    private void string() {
        int end = text.endOfString(at);
        boolean closed = end - at >= 2 && chars[end - 1] == chars[at];
        if (!closed && end == length) {
            openEnd = new OpenEnd("a string, " + chars[at], line + 1, true);
        }
        if (closed && isAddressString()) {
            String address = new String(chars, at + 1, end - at - 2);
            put(at + 1, true);
            replace(end - 1, StyleAddress.moved(address, prefix));
            put(end, false);
        } else {
            put(end, true);
        }
    }

    private boolean isAddressString() {
        Open around = open.peekLast();
        if (around == null) {
            // @import "x"; everywhere else strings are no addresses.
            return statement == '@'
                    && body.length() < LONGEST_IMPORT
                    && body.toString().replaceAll("(?s)/\\*.*?\\*/", "").strip().equalsIgnoreCase("@import");
        }
        return switch (around.function()) {
            case "url", "src", "image-set", "-webkit-image-set" -> true;
            default -> false;
        };
    }

    private void bracket(char c) {
        begin('a');
        boolean address = c == '(' && text.isAddress(at);
        String function = c == '(' ? text.nameBefore(at) : "";
        int openLine = line;
        put(at + 1, true);
        if (!address) {
            open.addLast(new Open(c, function, openLine));
            return;
        }
        int end = text.endOfAddress(at);
        boolean closed = end > at && chars[end - 1] == ')';
        if (!closed) {
            openEnd = new OpenEnd("an address, url(", openLine + 1, true);
            put(end, true);
            return;
        }
        while (StyleText.isSpace(chars[at])) {
            put(at + 1, false);
        }
        String address2 = new String(chars, at, end - 1 - at);
        replace(end - 1, StyleAddress.moved(address2.stripTrailing(), prefix));
        put(end, true);
    }

    private void close(char c) {
        put(at + 1, true);
        char opener = c == ')' ? '(' : c == ']' ? '[' : '{';
        Open last = open.peekLast();
        if (last == null || last.bracket() != opener) {
            // It closes nothing, and makes what comes next invalid.
            begin('a');
            return;
        }
        open.removeLast();
        if (c == '}' && open.isEmpty()) {
            statement = '\0';
        }
    }

    /** Copies up to {@code end}. */
    private void put(int end, boolean mapped) {
        if (mapped) {
            map();
        }
        while (at < end) {
            char c = chars[at];
            if (StyleText.isLineBreak(c) && !(c == '\r' && at + 1 < length && chars[at + 1] == '\n')) {
                body.append(c);
                at++;
                line++;
                lineStart = at;
                bodyLine++;
                bodyLineStart = body.length();
                if (mapped && at < end) {
                    map();
                }
            } else {
                body.append(c);
                at++;
            }
        }
    }

    private void map() {
        segments.add(bodyLine, body.length() - bodyLineStart, 0, line, at - lineStart, -1);
    }

    /** Leaves out what stands up to {@code end}, but for its line breaks. */
    private void skip(int end) {
        while (at < end) {
            if (StyleText.isLineBreak(chars[at])) {
                put(at + 1, false);
            } else {
                at++;
            }
        }
    }

    private void replace(int end, String with) {
        map();
        body.append(with);
        while (at < end) {
            if (StyleText.isLineBreak(chars[at]) && !(chars[at] == '\r' && text.starts(at + 1, "\n"))) {
                line++;
                lineStart = at + 1;
            }
            at++;
        }
        for (int i = 0; i < with.length(); i++) {
            if (StyleText.isLineBreak(with.charAt(i))) {
                bodyLine++;
                bodyLineStart = body.length() - with.length() + i + 1;
            }
        }
    }
}
