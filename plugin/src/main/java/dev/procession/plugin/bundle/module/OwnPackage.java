package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.EngineMessage;
import dev.procession.plugin.work.FileName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package in a {@code node_modules} of the user's from which an import gets nothing. What the project's dependencies
 * could bring is no way out then: the engine would look into this one all the same.
 */
final class OwnPackage {
    private static final Pattern BARE = Pattern.compile("(@[^/]+/[^/]+|[^/@.#~][^/]*)(?:/(.+))?");

    private OwnPackage() {}

    /**
     * What is to be said of it.
     *
     * @param base what the engine's names are relative to
     * @param message one of an import that leads nowhere
     * @param imported what was imported
     * @return empty when there is no such package
     */
    static Optional<String> advice(Path base, EngineMessage message, String imported) {
        EngineMessage.Location location = message.location();
        Matcher bare = BARE.matcher(imported);
        // What imports from below the folder of the dependencies finds those.
        if (location == null || location.file().contains("procession/npm/node_modules/") || !bare.matches()) {
            return Optional.empty();
        }
        String name = bare.group(1);
        try {
            for (Path at = FileName.resolve(base, location.file()).getParent(); at != null; at = at.getParent()) {
                Path own = at.resolve("node_modules").resolve(name);
                if (Files.isDirectory(own)) {
                    return Optional.of("the package is there, as " + FileName.shown(own)
                            + (isExplained(message)
                                    ? ":"
                                    : bare.group(2) == null
                                            ? ", but does not say what an import of it means; name a file of it"
                                            : ", but has no file \"" + bare.group(2) + "\""));
                }
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether the engine says why, with a place in what describes the package. */
    private static boolean isExplained(EngineMessage message) {
        for (EngineMessage.Note note : message.notes()) {
            EngineMessage.Location location = note.location();
            if (location != null && location.file().endsWith("/package.json")) {
                return true;
            }
        }
        return false;
    }
}
