package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.Build;
import dev.procession.plugin.engine.EngineMessage;
import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds imports whose query means something to another tool, as {@code ./worker.js?worker} does to Vite. The engine takes
 * them as imports without one, and says nothing.
 */
final class ForeignQueries {
    private static final Set<String> KINDS = Set.of("import-statement", "dynamic-import", "require-call");

    /** What each means, by the loaders that do the same here; a worker is no matter of loaders. */
    private static final Map<String, Set<String>> LOADERS = Map.of(
            "worker", Set.of(),
            "sharedworker", Set.of(),
            "raw", Set.of("text"),
            "url", Set.of("file", "copy", "dataurl"),
            "inline", Set.of("dataurl", "text"));

    private final Path base;
    private final ModulePlan plan;
    private final Metafile metafile;

    ForeignQueries(Path base, ModulePlan plan, Metafile metafile) {
        this.base = base;
        this.plan = plan;
        this.metafile = metafile;
    }

    /** What came of a bundle, with a warning more for each such import. */
    Build.Result addedTo(Build.Result result) {
        List<EngineMessage> warnings = new ArrayList<>(result.warnings());
        for (Map.Entry<String, Metafile.Input> input : metafile.inputs().entrySet()) {
            for (Metafile.Import imported : input.getValue().imports()) {
                String meaning = meaning(imported);
                if (meaning != null) {
                    warnings.add(warning(input.getKey(), imported, meaning));
                }
            }
        }
        return new Build.Result(result.files(), result.metafile(), result.errors(), warnings);
    }

    /** What an import asks another tool for that it does not get here, or null. */
    private @Nullable String meaning(Metafile.Import imported) {
        int query = imported.path().lastIndexOf('?');
        if (query < 0 || imported.external() || !KINDS.contains(imported.kind())) {
            return null;
        }
        String file = imported.path().substring(0, query);
        for (String word : imported.path().substring(query + 1).split("&", -1)) {
            Set<String> same = LOADERS.get(word);
            if (same != null) {
                return same.contains(loader(file.substring(file.lastIndexOf('.') + 1))) ? null : word;
            }
        }
        return null;
    }

    private String loader(String ending) {
        String flag = "--loader:." + ending + "=";
        String loader = ending.equals("txt") ? "text" : ending;
        for (String each : plan.build().flags()) {
            if (each.startsWith(flag)) {
                loader = each.substring(flag.length());
            }
        }
        return loader;
    }

    private EngineMessage warning(String importer, Metafile.Import imported, String meaning) {
        String typed = imported.original() == null ? imported.path() : imported.original();
        EngineMessage.Location location = location(importer, typed);
        // An alias may have the query that the import has not.
        String queried = typed.indexOf('?') < 0 ? imported.path() : typed;
        String file = queried.substring(0, queried.lastIndexOf('?'));
        String ending = file.substring(file.lastIndexOf('.') + 1);
        String advice = meaning.endsWith("worker")
                ? "write new " + (meaning.equals("worker") ? "Worker" : "SharedWorker") + "(new URL(\"" + file
                        + "\", import.meta.url), { type: \"module\" }), and give it an <entry> of its own"
                : "import the file without it, and say what becomes of such files: <loaders><" + ending + ">"
                        + (meaning.equals("raw") ? "text" : meaning.equals("url") ? "file" : "dataurl") + "</" + ending
                        + "></loaders>";
        return new EngineMessage(
                "foreign-query",
                "?" + meaning + " means something to Vite alone; here \"" + typed + "\" is an import like any other"
                        + (location == null ? " (in " + importer + ")" : ""),
                location,
                List.of(new EngineMessage.Note(advice, null)));
    }

    /** Where it stands in the source, since the metafile does not tell; null when it is written in another way there. */
    private EngineMessage.@Nullable Location location(String importer, String typed) {
        List<String> lines;
        try {
            lines = Files.readAllLines(FileName.resolve(base, importer), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            return null;
        }
        for (int i = 0; i < lines.size(); i++) {
            for (char quote : new char[] {'"', '\'', '`'}) {
                int column = lines.get(i).indexOf(quote + typed + quote);
                if (column >= 0) {
                    return EngineMessage.Location.in(importer, i + 1, column, typed.length() + 2, lines.get(i));
                }
            }
        }
        return null;
    }
}
