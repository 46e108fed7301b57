package dev.procession.plugin.lecture.page;

import dev.procession.plugin.timeline.Html;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source of an example as markup: comments, strings, words of the language and numbers have classes of their own. It
 * knows as much of a language as this takes, and what it does not know stays as it is.
 */
enum SourceText {
    JAVA(
            "(?<comment>//[^\\n]*|/\\*(?s:.*?)\\*/)|(?<string>\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')",
            "abstract|assert|boolean|break|byte|case|catch|char|class|continue|default|do|double|else|enum|extends|final|"
                    + "finally|float|for|if|implements|import|instanceof|int|interface|long|native|new|null|package|"
                    + "private|protected|public|record|return|short|static|super|switch|synchronized|this|throw|throws|"
                    + "transient|true|false|try|var|void|volatile|while"),
    PYTHON(
            "(?<comment>#[^\\n]*)|(?<string>\"\"\"(?s:.*?)\"\"\"|[frb]?\"(?:[^\"\\\\\\n]|\\\\.)*\"|[frb]?'(?:[^'\\\\\\n]|\\\\.)*')",
            "and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|"
                    + "is|lambda|None|nonlocal|not|or|pass|raise|return|True|False|try|while|with|yield");

    private final Pattern tokens;

    SourceText(String literals, String keywords) {
        tokens = Pattern.compile(
                literals + "|(?<keyword>\\b(?:" + keywords + ")\\b)|(?<number>\\b[0-9][0-9_.]*[LlFfDd]?\\b)");
    }

    /** The text, with its parts in spans. */
    String markup(String source) {
        Html html = new Html();
        Matcher token = tokens.matcher(source);
        int at = 0;
        while (token.find()) {
            html.text(source.substring(at, token.start()));
            html.raw("<span class=\"" + kind(token) + "\">").text(token.group()).raw("</span>");
            at = token.end();
        }
        return html.text(source.substring(at)).toString();
    }

    private static String kind(Matcher token) {
        return token.group("comment") != null
                ? "c"
                : token.group("string") != null ? "s" : token.group("keyword") != null ? "k" : "n";
    }
}
