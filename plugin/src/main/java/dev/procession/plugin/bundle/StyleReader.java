package dev.procession.plugin.bundle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a style sheet for being joined, by its tokens (CSS Syntax Module Level 3): takes out what must stand ahead of
 * all rules, and rewrites addresses. All else stays as it is, comments too. Used once.
 */
final class StyleReader {
    private final char[] chars;
    private final int length;
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
        this.prefix = prefix;
    }

    /**
     * Prepares a style sheet.
     *
     * @param prefix what relative addresses need before them, see {@link StyleUrls#prefix}
     */
    static StylePiece read(char[] chars, int length, byte[] utf8, byte[] sha256, String prefix) {
        StyleReader reader = new StyleReader(chars, length, prefix);
        List<Statement> ahead = reader.ahead();
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
    static boolean isBanner(String text) {
        StyleReader reader = new StyleReader(text.toCharArray(), text.length(), "");
        reader.copy(List.of());
        return !reader.withRules && reader.openEnd == null;
    }

    private record Statement(String keyword, int from, int to) {}

    /**
     * The statements at the start that cannot stay there: {@code @charset}, {@code @import}, {@code @namespace}, and
     * {@code @layer} ahead of an import, since the first mention of a layer decides its rank.
     */
    private List<Statement> ahead() {
        List<Statement> found = new ArrayList<>();
        int lastImport = -1;
        int i = 0;
        while (i < length) {
            char c = chars[i];
            if (isSpace(c)) {
                i++;
            } else if (starts(i, "/*")) {
                i = endOfComment(i);
            } else if (starts(i, "<!--") || starts(i, "-->")) {
                i += c == '<' ? 4 : 3;
            } else if (c == '@') {
                String keyword = name(i + 1).toLowerCase(Locale.ROOT);
                int end = endOfStatement(i);
                boolean known = keyword.equals("charset")
                        || keyword.equals("import")
                        || keyword.equals("namespace")
                        || keyword.equals("layer");
                if (!known || end < 0) {
                    break;
                }
                if (keyword.equals("import")) {
                    lastImport = found.size();
                }
                found.add(new Statement(keyword, i, end));
                i = end;
            } else {
                break;
            }
        }
        List<Statement> taken = new ArrayList<>();
        for (int n = 0; n < found.size(); n++) {
            if (!found.get(n).keyword().equals("layer") || n < lastImport) {
                taken.add(found.get(n));
            }
        }
        return taken;
    }

    /** Where a statement ends that has no block, behind its semicolon; -1 when it has one. */
    private int endOfStatement(int from) {
        int depth = 0;
        int i = from;
        while (i < length) {
            char c = chars[i];
            if (c == '"' || c == '\'') {
                i = endOfString(i);
            } else if (starts(i, "/*")) {
                i = endOfComment(i);
            } else if (c == '\\') {
                i += 2;
            } else if (c == '(' && isAddress(i)) {
                i = endOfAddress(i + 1);
            } else {
                depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
                if (c == '{' || c == '}') {
                    return -1;
                }
                i++;
                if (c == ';' && depth <= 0) {
                    return i;
                }
            }
        }
        return length;
    }

    /** Whether the bracket at {@code i} opens an address without quotes. */
    private boolean isAddress(int i) {
        if (i < 3 || !new String(chars, i - 3, 3).equalsIgnoreCase("url") || (i > 3 && isName(chars[i - 4]))) {
            return false;
        }
        int next = i + 1;
        while (next < length && isSpace(chars[next])) {
            next++;
        }
        return next < length && chars[next] != '"' && chars[next] != '\'';
    }

    private int endOfAddress(int from) {
        int i = from;
        while (i < length && chars[i] != ')') {
            i += chars[i] == '\\' ? 2 : 1;
        }
        return Math.min(length, i + 1);
    }

    private int endOfString(int from) {
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

    private int endOfComment(int from) {
        int i = from + 2;
        while (i < length && !starts(i, "*/")) {
            i++;
        }
        return Math.min(length, i + 2);
    }

    private void copy(List<Statement> ahead) {
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

    private void takeOut(Statement statement) {
        if (!statement.keyword().equals("charset")) {
            boolean namespace = statement.keyword().equals("namespace");
            StyleReader inside = new StyleReader(
                    java.util.Arrays.copyOfRange(chars, statement.from(), statement.to()),
                    statement.to() - statement.from(),
                    namespace ? "" : prefix);
            inside.copy(List.of());
            String text = inside.body.toString().replaceAll("\r\n|[\n\r\f]", " ").strip();
            heads.add(new StylePiece.Head(
                    text.endsWith(";") ? text : text + ";",
                    line,
                    at - lineStart,
                    namespace,
                    statement.keyword().equals("import")));
            if (inside.openEnd != null) {
                openEnd = new OpenEnd(inside.openEnd.what(), line + inside.openEnd.line(), true);
            }
        }
        skip(statement.to());
    }

    private void token() {
        char c = chars[at];
        if (isSpace(c)) {
            put(at + 1, false);
        } else if (starts(at, "/*")) {
            comment();
        } else if (starts(at, "<!--") || starts(at, "-->")) {
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
            put(Math.min(length, at + 1 + name(at + 1).length()), true);
        } else if (c == '\\') {
            begin('a');
            put(Math.min(length, at + 2), true);
        } else if (isName(c)) {
            begin('a');
            put(at + name(at).length(), true);
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
        int end = endOfComment(at);
        if (end == length && (length - at < 4 || !starts(length - 2, "*/"))) {
            openEnd = new OpenEnd("a comment, /*", line + 1, true);
        }
        LegalComment.of(chars, at, end).ifPresent(legal::add);
        String text = new String(chars, at, end - at);
        if (text.matches("(?s)/\\*[#@]\\s*sourceMappingURL=.*\\*/")) {
            mapAddress = text.substring(text.indexOf('=') + 1, text.length() - 2).strip();
            skip(end);
        } else {
            put(end, true);
        }
    }

    private void string() {
        int end = endOfString(at);
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
            return statement == '@' && body.length() < 64 && body.toString().strip().equalsIgnoreCase("@import");
        }
        return switch (around.function()) {
            case "url", "src", "image-set", "-webkit-image-set" -> true;
            default -> false;
        };
    }

    private void bracket(char c) {
        begin('a');
        boolean address = c == '(' && isAddress(at);
        String function = c == '(' ? nameBefore(at) : "";
        int openLine = line;
        put(at + 1, true);
        if (!address) {
            open.addLast(new Open(c, function, openLine));
            return;
        }
        int end = endOfAddress(at);
        boolean closed = end > at && chars[end - 1] == ')';
        if (!closed) {
            openEnd = new OpenEnd("an address, url(", openLine + 1, true);
            put(end, true);
            return;
        }
        while (isSpace(chars[at])) {
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
            if (isLineBreak(c) && !(c == '\r' && at + 1 < length && chars[at + 1] == '\n')) {
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
            if (isLineBreak(chars[at])) {
                put(at + 1, false);
            } else {
                at++;
            }
        }
    }

    private void replace(int end, String text) {
        map();
        body.append(text);
        while (at < end) {
            if (isLineBreak(chars[at]) && !(chars[at] == '\r' && starts(at + 1, "\n"))) {
                line++;
                lineStart = at + 1;
            }
            at++;
        }
        for (int i = 0; i < text.length(); i++) {
            if (isLineBreak(text.charAt(i))) {
                bodyLine++;
                bodyLineStart = body.length() - text.length() + i + 1;
            }
        }
    }

    private String name(int from) {
        int end = from;
        while (end < length && isName(chars[end])) {
            end++;
        }
        return new String(chars, from, end - from);
    }

    private String nameBefore(int end) {
        int from = end;
        while (from > 0 && isName(chars[from - 1])) {
            from--;
        }
        return new String(chars, from, end - from).toLowerCase(Locale.ROOT);
    }

    private static boolean isName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c >= 128;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || isLineBreak(c);
    }

    static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\f';
    }

    private boolean starts(int from, String token) {
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
