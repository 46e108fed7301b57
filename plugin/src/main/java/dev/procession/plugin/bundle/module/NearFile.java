package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.EngineMessage;
import dev.procession.plugin.report.NearestName;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what an import of a file that is not there may have meant: a file of nearly that name in the same directory. */
final class NearFile {
    private NearFile() {}

    /**
     * A line to be added to a message.
     *
     * @param base what the engine's names are relative to
     * @param message any message
     * @return empty when it is of no such import, or when nothing there has nearly that name
     */
    static String hint(Path base, EngineMessage message) {
        Optional<String> imported = UnresolvedImport.file(message);
        EngineMessage.Location location = message.location();
        if (imported.isEmpty() || location == null) {
            return "";
        }
        String typed = imported.get();
        int slash = typed.lastIndexOf('/');
        String name = typed.substring(slash + 1);
        NearestName nearest = new NearestName(name);
        try {
            Path directory = FileName.resolve(base, location.file() + "/../" + typed.substring(0, slash + 1));
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(Files::isRegularFile)
                        .map(file -> FileName.of(directory, file))
                        .sorted()
                        .forEach(file -> consider(file, name, nearest));
            }
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            return "";
        }
        return nearest.nearest()
                .map(near -> System.lineSeparator() + "    did you mean \""
                        + Shown.text(typed.substring(0, slash + 1) + near) + "\"?")
                .orElse("");
    }

    /** Whoever leaves out the ending means a file with any. */
    private static void consider(String file, String typed, NearestName nearest) {
        int dot = file.lastIndexOf('.');
        nearest.consider(typed.indexOf('.') < 0 && dot > 0 ? file.substring(0, dot) : file);
    }
}
