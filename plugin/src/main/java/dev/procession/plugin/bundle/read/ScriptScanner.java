package dev.procession.plugin.bundle.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the tokens of a script, as far as is needed to know comments, strings, templates and regular expressions
 * from one another. What a slash means depends on what stands before it: after a value it divides, elsewhere a regular
 * expression begins. So the scanner keeps track of brackets and of what they are for (ECMA-262, 12 and 14).
 */
final class ScriptScanner {
    private enum Body {
        NONE,
        EXPRESSION,
        DECLARATION
    }

    /** A bracket that is open. */
    private static final class Frame {
        private final char open;
        private boolean head;
        private boolean value;
        private Body function = Body.NONE;
        private Body pendingClass = Body.NONE;
        private boolean arrow;
        private int conditionals;
        private int line;

        Frame(char open) {
            this.open = open;
        }
    }

    private final char[] chars;
    private final int length;
    private final List<String> legal = new ArrayList<>();
    private final List<Integer> claims = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int at;
    private int codeEnd;
    private int line = 1;
    private boolean newLine = true;

    /** Whether the last token ends a value: then a slash divides. */
    private boolean value;

    private boolean statement = true;
    private boolean uncertain;
    private boolean broken;
    private boolean nextHead;
    private boolean afterArrow;
    private boolean afterDot;
    private boolean asyncStatement;
    private Body nextFunction = Body.NONE;
    private @Nullable Frame closed;

    private ScriptScanner(char[] chars, int length) {
        this.chars = chars;
        this.length = length;
        frames.push(new Frame('\0'));
    }

    /**
     * What is open at the end of a script, or null.
     *
     * @param legal takes the comments that speak of rights
     */
    static @Nullable OpenEnd scan(char[] chars, int length, List<String> legal) {
        ScriptScanner scanner = new ScriptScanner(chars, length);
        OpenEnd end = scanner.scan();
        legal.addAll(scanner.legal);
        return end;
    }

    /**
     * Where the comments that claim a source map or a name for the whole file have their '#', wherever they stand.
     *
     * @return null where only a full parser could tell what is a comment
     */
    static @Nullable Claims claims(char[] chars, int length) {
        ScriptScanner scanner = new ScriptScanner(chars, length);
        boolean whole = scanner.scan() == null && !scanner.broken && !scanner.uncertain;
        return whole
                ? new Claims(scanner.claims.stream().mapToInt(Integer::intValue).toArray(), scanner.codeEnd)
                : null;
    }

    /**
     * What speaks for the whole file.
     *
     * @param at where the comments have their '#', in ascending order
     * @param codeEnd where the last token of the script ends
     */
    // Handed over once, and compared by nobody.
    @SuppressWarnings("ArrayRecordComponent")
    record Claims(int[] at, int codeEnd) {}

    /** Whether something may be open at the end, by a look that costs little. */
    static boolean mayBeOpen(char[] chars, int length) {
        for (int i = 0; i < length; i++) {
            if (chars[i] == '`') {
                return true;
            }
        }
        return mayBeOpenComment(chars, length) || mayBeOpenString(chars, length);
    }

    private static boolean mayBeOpenComment(char[] chars, int length) {
        // From the end: whichever is met first decides. The sign of a comment's end may be that of its beginning too.
        for (int i = length - 2; i >= 0; i--) {
            if (chars[i] == '*' && chars[i + 1] == '/') {
                return i > 0 && chars[i - 1] == '/';
            }
            if (chars[i] == '/' && chars[i + 1] == '*') {
                return true;
            }
        }
        return false;
    }

    private static boolean mayBeOpenString(char[] chars, int length) {
        for (int i = length - 1; i >= 0; i--) {
            char c = chars[i];
            if (c == '"' || c == '\'') {
                return true;
            }
            boolean lineBreak = c == '\n' || c == '\r';
            if (lineBreak && !(i > 0 && (chars[i - 1] == '\\' || (c == '\n' && chars[i - 1] == '\r')))) {
                return false;
            }
        }
        return false;
    }

    private @Nullable OpenEnd scan() {
        if (starts("#!")) {
            skipLine();
        }
        while (at < length) {
            char c = chars[at];
            OpenEnd open = null;
            if (c == ' ' || c == '\t') {
                at++;
            } else if (LineBreak.is(c)) {
                lineBreak();
            } else if (c == '/' && starts("/*")) {
                open = comment();
            } else if ((c == '/' && starts("//")) || (c == '<' && starts("<!--")) || (newLine && starts("-->"))) {
                lineComment();
            } else if (c <= ' ' || c == '\u00a0' || c == '\ufeff') {
                at++;
            } else {
                open = token(c);
                newLine = false;
                codeEnd = at;
            }
            if (open != null) {
                return open;
            }
            if (broken) {
                return null;
            }
        }
        return null;
    }

    private @Nullable OpenEnd token(char c) {
        if (c == '"' || c == '\'') {
            return string(c);
        }
        if (c == '`') {
            at++;
            return template(line);
        }
        if (c == '/') {
            slash();
        } else if (isWordStart(c)) {
            word();
        } else {
            return punctuator(c);
        }
        return null;
    }

    private void lineBreak() {
        if (!(chars[at] == '\r' && at + 1 < length && chars[at + 1] == '\n')) {
            line++;
        }
        at++;
        newLine = true;
    }

    private @Nullable OpenEnd comment() {
        int start = at;
        int startLine = line;
        at += 2;
        while (at < length && !starts("*/")) {
            if (LineBreak.is(chars[at])) {
                lineBreak();
            } else {
                at++;
            }
        }
        if (at >= length) {
            return open("a comment, /*", startLine);
        }
        at += 2;
        LegalComment.of(chars, start, at).ifPresent(legal::add);
        return null;
    }

    private void lineComment() {
        int start = at;
        skipLine();
        LegalComment.of(chars, start, at).ifPresent(legal::add);
        if (TailScanner.speaksForFile(chars, start, at)) {
            claims.add(start + 2);
        }
    }

    private OpenEnd open(String what, int startLine) {
        return new OpenEnd(what, startLine, !uncertain);
    }

    private @Nullable OpenEnd string(char quote) {
        int startLine = line;
        at++;
        while (at < length && chars[at] != quote) {
            char c = chars[at];
            if (c == '\n' || c == '\r') {
                // Open until the end of its line only: the engines will say so.
                broken = true;
                return null;
            }
            if (c == '\\' && at + 1 < length && LineBreak.is(chars[at + 1])) {
                at++;
                lineBreak();
                if (at < length && chars[at] == '\n' && chars[at - 1] == '\r') {
                    at++;
                    line++;
                }
            } else {
                at += c == '\\' ? 2 : 1;
            }
        }
        if (at >= length) {
            return open("a string, " + quote, startLine);
        }
        at++;
        operand();
        return null;
    }

    /** The characters of a template up to its end, or to an expression in it. */
    private @Nullable OpenEnd template(int startLine) {
        while (at < length) {
            char c = chars[at];
            if (c == '`') {
                at++;
                operand();
                return null;
            }
            if (c == '$' && at + 1 < length && chars[at + 1] == '{') {
                at += 2;
                Frame frame = new Frame('`');
                frame.line = startLine;
                frames.push(frame);
                operator(false);
                return null;
            }
            if (LineBreak.is(c)) {
                lineBreak();
            } else {
                at += c == '\\' && at + 1 < length && !LineBreak.is(chars[at + 1]) ? 2 : 1;
            }
        }
        return open("a template, `", startLine);
    }

    private void slash() {
        if (value) {
            if (afterArrow) {
                uncertain = true;
            }
            at++;
            operator(false);
            return;
        }
        int end = regularExpression();
        if (end < 0) {
            uncertain = true;
            at++;
            operator(false);
        } else {
            at = end;
            operand();
        }
    }

    /** Where a regular expression that begins here ends, or -1 when the line ends first. */
    private int regularExpression() {
        boolean inClass = false;
        for (int i = at + 1; i < length && !LineBreak.is(chars[i]); i++) {
            char c = chars[i];
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                inClass = true;
            } else if (c == ']') {
                inClass = false;
            } else if (c == '/' && !inClass) {
                int end = i + 1;
                while (end < length && isWordPart(chars[end])) {
                    end++;
                }
                return end;
            }
        }
        return -1;
    }

    private void word() {
        int start = at;
        if (!isWordPart(chars[at])) {
            // The sign of a private name, or of a decorator.
            at++;
        }
        while (at < length && isWordPart(chars[at])) {
            // A number may hold a point and a sign: 1.5e-3. Neither changes what comes next.
            at += chars[at] == '\\' ? 2 : 1;
        }
        at = Math.min(at, length);
        boolean atStatement = statement;
        boolean async = asyncStatement;
        boolean await = nextHead;
        Body function = nextFunction;
        ScriptWords.Meaning meaning = afterDot ? ScriptWords.Meaning.VALUE : ScriptWords.meaning(chars, start, at);
        switch (meaning) {
            case BEFORE_EXPRESSION -> operator(false);
            case BEFORE_STATEMENT -> operator(true);
            case WITH_HEAD -> {
                operator(false);
                nextHead = true;
            }
            case FUNCTION -> {
                operator(false);
                nextFunction = atStatement || async ? Body.DECLARATION : Body.EXPRESSION;
            }
            case CLASS -> {
                operator(false);
                top().pendingClass = atStatement ? Body.DECLARATION : Body.EXPRESSION;
            }
            case BY_CONTEXT -> {
                boolean slash = nextIsSlash();
                uncertain |= slash;
                if (slash) {
                    operator(false);
                } else {
                    operand();
                }
                // "for await (...)" has a head like "for (...)".
                nextHead = await;
            }
            case VALUE, ASYNC -> {
                operand();
                nextFunction = function;
                asyncStatement = atStatement && meaning == ScriptWords.Meaning.ASYNC;
            }
        }
    }

    private boolean nextIsSlash() {
        int next = at;
        while (next < length && (chars[next] == ' ' || chars[next] == '\t')) {
            next++;
        }
        return next < length && chars[next] == '/' && !(next + 1 < length && "/*".indexOf(chars[next + 1]) >= 0);
    }

    private @Nullable OpenEnd punctuator(char c) {
        at++;
        switch (c) {
            case '(', '[' -> {
                Frame frame = new Frame(c);
                frame.head = c == '(' && nextHead;
                frame.function = c == '(' ? nextFunction : Body.NONE;
                frames.push(frame);
                operator(false);
            }
            case ')', ']' -> {
                Frame frame = pop();
                operand();
                closed = frame;
                value = !frame.head;
                statement = frame.head;
            }
            case '{' -> brace();
            case '}' -> {
                Frame frame = pop();
                if (frame.open == '`') {
                    return template(frame.line);
                }
                operand();
                value = frame.value || frame.arrow;
                afterArrow = frame.arrow;
                statement = !frame.value;
            }
            case '+', '-' -> {
                if (at < length && chars[at] == c) {
                    // After a value it belongs to the value, before one it says nothing yet: it stays as it was.
                    at++;
                } else {
                    operator(false);
                }
            }
            case '.' -> {
                boolean spread = starts("..");
                at += spread ? 2 : 0;
                operator(false);
                afterDot = !spread;
            }
            case '?' -> {
                if (starts("?") || (starts(".") && !(at + 1 < length && Character.isDigit(chars[at + 1])))) {
                    afterDotOf(chars[at]);
                } else {
                    top().conditionals++;
                    operator(false);
                }
            }
            case ':' -> {
                boolean conditional = top().conditionals > 0;
                if (conditional) {
                    top().conditionals--;
                }
                operator(!conditional && !(top().open == '{' && top().value) && top().open != '(' && top().open != '[');
            }
            case '=' -> {
                boolean arrow = starts(">");
                at += arrow ? 1 : 0;
                operator(false);
                afterArrow = arrow;
            }
            default -> operator(c == ';');
        }
        return null;
    }

    private void afterDotOf(char next) {
        at++;
        operator(false);
        afterDot = next == '.';
    }

    private void brace() {
        Frame frame = new Frame('{');
        Frame around = top();
        Frame parentheses = closed;
        if (afterArrow) {
            frame.arrow = true;
        } else if (around.pendingClass != Body.NONE && !statement) {
            frame.value = around.pendingClass == Body.EXPRESSION;
            around.pendingClass = Body.NONE;
        } else if (parentheses != null) {
            frame.value = parentheses.function == Body.EXPRESSION;
        } else {
            // After an operator an object begins, after a value (a name in a class) or a statement a block does.
            frame.value = !value && !statement;
        }
        frames.push(frame);
        boolean block = !frame.value || parentheses != null;
        operator(block);
    }

    private Frame top() {
        return frames.element();
    }

    private Frame pop() {
        // One bracket too many: the script is broken, and the engines will say so.
        return frames.size() == 1 ? new Frame('\0') : frames.pop();
    }

    private void operand() {
        clear();
        value = true;
        statement = false;
    }

    private void operator(boolean beginsStatement) {
        clear();
        value = false;
        statement = beginsStatement;
    }

    private void clear() {
        closed = null;
        afterArrow = false;
        afterDot = false;
        asyncStatement = false;
        nextHead = false;
        nextFunction = Body.NONE;
    }

    private void skipLine() {
        while (at < length && !LineBreak.is(chars[at])) {
            at++;
        }
    }

    private static boolean isWordStart(char c) {
        return isWordPart(c) || c == '#' || c == '@' || c == '\\';
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '$'
                || c == '\\'
                || (c >= 128 && !LineBreak.is(c) && c != '\u00a0' && c != '\ufeff');
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
}
