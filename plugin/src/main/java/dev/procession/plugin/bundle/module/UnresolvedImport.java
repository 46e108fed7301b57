package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.EngineMessage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises the engine's word for an import that leads nowhere. */
final class UnresolvedImport {
    private static final Pattern TEXT = Pattern.compile("Could not resolve \"(.+)\".*");

    private UnresolvedImport() {}

    /** What was imported, if that was a package and no file. */
    static Optional<String> of(EngineMessage message) {
        Matcher text = TEXT.matcher(message.text());
        if (!text.matches()) {
            return Optional.empty();
        }
        String imported = text.group(1);
        return imported.startsWith(".") || imported.startsWith("/") || imported.contains(":")
                ? Optional.empty()
                : Optional.of(imported);
    }
}
