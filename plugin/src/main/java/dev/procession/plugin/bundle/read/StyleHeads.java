package dev.procession.plugin.bundle.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the statements at the start of a style sheet that cannot stay there when it is joined to others. */
final class StyleHeads {
    private final StyleText text;

    StyleHeads(StyleText text) {
        this.text = text;
    }

    /** A statement without a block, from its '@' to behind its semicolon. */
    record Statement(String keyword, int from, int to) {}

    /**
     * The statements at the start that cannot stay there: {@code @charset}, {@code @import}, {@code @namespace}, and
     * {@code @layer} ahead of all imports, since the first mention of a layer decides its rank. Behind a {@code @layer} that
     * follows an import, and behind a namespace, browsers obey no further import.
     */
    List<Statement> ahead() {
        List<Statement> found = new ArrayList<>();
        int lastImport = -1;
        boolean late = false;
        int i = 0;
        while (i < text.length) {
            char c = text.chars[i];
            if (StyleText.isSpace(c)) {
                i++;
            } else if (text.starts(i, "/*")) {
                i = text.endOfComment(i);
            } else if (text.starts(i, "<!--") || text.starts(i, "-->")) {
                i += c == '<' ? 4 : 3;
            } else if (c == '@') {
                String keyword = text.name(i + 1).toLowerCase(Locale.ROOT);
                int end = endOfStatement(i);
                boolean known = keyword.equals("charset")
                        || keyword.equals("import")
                        || keyword.equals("namespace")
                        || keyword.equals("layer");
                if (!known || end < 0) {
                    break;
                }
                late |= keyword.equals("namespace") || (keyword.equals("layer") && lastImport >= 0);
                if (keyword.equals("import") && late) {
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
        while (i < text.length) {
            char c = text.chars[i];
            if (c == '"' || c == '\'') {
                i = text.endOfString(i);
            } else if (text.starts(i, "/*")) {
                i = text.endOfComment(i);
            } else if (c == '\\') {
                i += 2;
            } else if (c == '(' && text.isAddress(i)) {
                i = text.endOfAddress(i + 1);
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
        return text.length;
    }
}
