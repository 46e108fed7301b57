package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.EngineMessage;
import dev.procession.plugin.report.Shown;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says of the sources, as people read it: the place, what is wrong, the line with the place marked, and
 * what belongs to it.
 *
 * <pre>
 * src/main/js/app.ts:3:21: Could not resolve "preact"
 *     3 | import { render } from "preact";
 *       |                        ^^^^^^^^
 *     add this to the dependencies of the project: ...
 * </pre>
 */
final class EngineReport {
    private static final String INDENT = "    ";

    /** How the engine begins to speak of an option that is called otherwise here. */
    private static final String MARK = "You can mark the path ";

    private static final Pattern LOADER =
            Pattern.compile("You can use \"loader: \\{ '\\.([\\w.-]+)': '([\\w-]+)' }\" to do that");
    private static final Pattern CONDITION =
            Pattern.compile("You can use \"conditions: \\[ *['\"]([^'\"]+)['\"] *]\" to do that");

    /** The beginnings of what the engine says without a way out, and the way out. */
    private static final Map<String, String> WAYS_OUT = Map.of(
            "Importing with a type attribute of \"css\"",
            """
            import the text, by an import without the attribute and <loaders><css>text</css></loaders>, and make the sheet of it:
            const sheet = new CSSStyleSheet(); sheet.replaceSync(text)""",
            "Top-level await is currently not supported with the",
            """
            put it into an async function, or set <format>esm</format> and load the file with <script type="module">""",
            "Top-level await is not available in the configured target environment",
            "put it into an async function, or set <targets> to es2022 or newer",
            "Transforming ",
            "what esbuild makes is ES2015 or newer: set <targets>es2015</targets>, or write it without");

    private EngineReport() {}

    /** Finds what else is to be said of a package that nothing provides. */
    interface MissingPackages {
        Optional<String> hint(String imported);
    }

    /**
     * The whole of it.
     *
     * @param own what is to be said of a package in the user's {@code node_modules}, ahead of what the engine says
     */
    static String text(EngineMessage message, Optional<String> own, MissingPackages packages) {
        StringBuilder text = new StringBuilder();
        head(text, message.location(), message.text());
        Optional<String> hint = UnresolvedImport.of(message).flatMap(packages::hint);
        if (hint.isPresent()) {
            // The engine's own notes speak of its options, which nobody here can type.
            note(text, hint.get());
            return text.toString();
        }
        own.ifPresent(advice -> note(text, advice));
        if (message.text().startsWith("No loader is configured for ")) {
            note(text, ForeignFile.of(message).advice());
        }
        WAYS_OUT.forEach((beginning, wayOut) -> {
            if (message.text().startsWith(beginning)) {
                note(text, wayOut);
            }
        });
        // Where pages find it is nothing that the engine knows; and how it calls its option is nothing that a user
        // types.
        boolean served = UnresolvedImport.imported(message).orElse("").startsWith("/");
        for (EngineMessage.Note note : message.notes()) {
            if (note.text().startsWith(MARK)) {
                served = true;
                continue;
            }
            text.append(System.lineSeparator()).append(INDENT);
            head(text, note.location(), typed(note.text()));
        }
        if (served) {
            note(
                    text,
                    UnresolvedImport.imported(message)
                            .map(EngineReport::external)
                            .orElse(""));
        }
        return text.toString();
    }

    /** What the engine's library calls an option, in the words of a pom. */
    private static String typed(String note) {
        String loader = LOADER.matcher(note).replaceFirst("Set <loaders><$1>$2</$1></loaders> to do that");
        return CONDITION
                .matcher(loader)
                .replaceFirst("Set <conditions><condition>$1</condition></conditions> to do that");
    }

    private static String external(String imported) {
        int slash = imported.lastIndexOf('/');
        return "if it is to stay as it is, name it in <externals>, where * is a wildcard: <external>"
                + (imported.startsWith("/") ? imported.substring(0, slash + 1) + "*" : imported) + "</external>";
    }

    private static void note(StringBuilder text, String note) {
        note.lines()
                .forEach(line ->
                        text.append(System.lineSeparator()).append(INDENT).append(line));
    }

    private static void head(StringBuilder text, EngineMessage.@Nullable Location location, String what) {
        if (location == null) {
            text.append(Shown.text(what));
            return;
        }
        // People count columns from 1, as their editors do.
        text.append(Shown.text(location.file()))
                .append(':')
                .append(location.line())
                .append(':')
                .append(location.column() + 1)
                .append(": ")
                .append(Shown.text(what));
        if (location.lineText().isBlank()) {
            return;
        }
        String number = INDENT + location.line() + " | ";
        String margin = " ".repeat(number.length() - 2) + "| ";
        String before = location.lineTextFrom() > 0 ? "..." : "";
        String line = before + location.lineText();
        int column = before.length() + location.column() - location.lineTextFrom();
        int length = Math.max(1, Math.min(location.length(), line.length() - column));
        text.append(System.lineSeparator())
                .append(number)
                .append(Shown.text(line.replace('\t', ' ')))
                .append(System.lineSeparator())
                .append(margin)
                .append(" ".repeat(Math.max(0, column)))
                .append("^".repeat(length));
        if (!location.suggestion().isEmpty()) {
            text.append(System.lineSeparator())
                    .append(margin)
                    .append(" ".repeat(Math.max(0, column)))
                    .append(Shown.text(location.suggestion()));
        }
    }
}
