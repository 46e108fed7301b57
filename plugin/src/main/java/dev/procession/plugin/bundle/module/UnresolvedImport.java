package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.EngineMessage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises the engine's word for an import that leads nowhere. */
final class UnresolvedImport {
    private static final Pattern TEXT = Pattern.compile("Could not resolve \"(.+?)\"(?: .*)?");
    private static final Pattern IMPORT_RULE = Pattern.compile("(?is).*@import\\s*(?:url\\(\\s*)?[\"']?");

    private UnresolvedImport() {}

    /** What was imported, if that was a package and no file. */
    static Optional<String> of(EngineMessage message) {
        return imported(message)
                .filter(imported -> !imported.startsWith(".") && !imported.startsWith("/"))
                .filter(imported -> !imported.contains(":") || imported.startsWith("node:"))
                .filter(imported -> !isOfStyles(message) || isImportRule(message));
    }

    /** What was imported, if that may be a file, named relative to the one that imports it; style sheets need no dot. */
    static Optional<String> file(EngineMessage message) {
        return imported(message)
                .filter(imported -> imported.startsWith("./")
                        || imported.startsWith("../")
                        || (isOfStyles(message) && !imported.startsWith("/") && !imported.contains(":")));
    }

    /** What was imported, whatever it is. */
    static Optional<String> imported(EngineMessage message) {
        Matcher text = TEXT.matcher(message.text());
        return text.matches() ? Optional.of(text.group(1)) : Optional.empty();
    }

    private static boolean isOfStyles(EngineMessage message) {
        EngineMessage.Location location = message.location();
        return location != null && location.file().endsWith(".css");
    }

    /** The other addresses of a style sheet, those of images and fonts, are never packages. */
    private static boolean isImportRule(EngineMessage message) {
        EngineMessage.Location location = message.location();
        if (location == null) {
            return false;
        }
        int end = location.column() - location.lineTextFrom();
        String before = location.lineText()
                .substring(0, Math.min(Math.max(0, end), location.lineText().length()));
        return IMPORT_RULE.matcher(before).matches();
    }
}
