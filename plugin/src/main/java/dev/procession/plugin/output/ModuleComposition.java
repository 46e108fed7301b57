package dev.procession.plugin.output;

import dev.procession.plugin.engine.Metafile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a bundle of modules writes, by what the engine says of it. */
public final class ModuleComposition {
    private final Metafile metafile;
    private final Map<String, StagedFile> files;
    private final Map<String, String> entryNames;
    private final Set<String> cssBundles = new HashSet<>();

    private ModuleComposition(Metafile metafile, Map<String, StagedFile> files, Map<String, String> entryNames) {
        this.metafile = metafile;
        this.files = files;
        this.entryNames = entryNames;
        for (Metafile.Output output : metafile.outputs().values()) {
            String css = output.cssBundle();
            if (css != null) {
                cssBundles.add(css);
            }
        }
    }

    /**
     * Brings together what the engine says and where its files are.
     *
     * @param bundle the bundle's name in messages
     * @param id its name in properties, reports and the manifest
     * @param metafile what the engine says
     * @param files each output of the metafile, by its path there
     * @param entryNames what people call the entry points that were configured, by their path in the metafile, in order
     * @param thirdParties whose code is in it
     * @return the bundle's files, entries first and in their order
     */
    public static Composition of(
            String bundle,
            String id,
            Metafile metafile,
            Map<String, StagedFile> files,
            Map<String, String> entryNames,
            List<ThirdParty> thirdParties) {
        List<String> order = new ArrayList<>(entryNames.keySet());
        List<Chunk> others = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        for (Chunk chunk : new ModuleComposition(metafile, files, entryNames).chunks()) {
            (chunk.entry() ? chunks : others).add(chunk);
        }
        for (List<Chunk> each : List.of(chunks, others)) {
            if (each.size() > 1) {
                each.sort((a, b) -> Integer.compare(order.indexOf(a.source()), order.indexOf(b.source())));
            }
        }
        chunks.addAll(others);
        return new Composition(bundle, id, chunks, thirdParties);
    }

    private List<Chunk> chunks() {
        List<Chunk> chunks = new ArrayList<>();
        for (Map.Entry<String, Metafile.Output> output : metafile.outputs().entrySet()) {
            StagedFile file = files.get(output.getKey());
            if (file != null) {
                chunks.add(chunk(output.getKey(), output.getValue(), file));
            }
        }
        return chunks;
    }

    private Chunk chunk(String path, Metafile.Output output, StagedFile file) {
        Chunk.Role role = role(path);
        boolean code = role == Chunk.Role.SCRIPT || role == Chunk.Role.STYLE;
        String source = output.entryPoint();
        boolean point = source != null && !cssBundles.contains(path);
        boolean entry = point && entryNames.containsKey(source);
        if (role == Chunk.Role.ASSET && output.inputs().size() == 1) {
            source = output.inputs().keySet().iterator().next();
        }
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, Long> input : output.inputs().entrySet()) {
            if (code && input.getValue() > 0) {
                parts.add(new Part(input.getKey(), input.getValue()));
            }
        }
        String css = output.cssBundle();
        List<String> names = List.of("file-loader", "url-token");
        Set<Path> assets = new LinkedHashSet<>(targets(output, names));
        Metafile.@Nullable Output style =
                css == null ? null : metafile.outputs().get(css);
        if (style != null) {
            // As in Vite's manifest: whoever loads the script loads its style sheet, and what that names.
            assets.addAll(targets(style, names));
        }
        return new Chunk(
                file,
                role,
                source,
                entry ? entryNames.get(source) : code ? nameOf(path) : null,
                entry,
                point && !entry,
                targets(output, List.of("import-statement", "require-call")),
                targets(output, List.of("dynamic-import")),
                css == null ? List.of() : targets(Set.of(css)),
                List.copyOf(assets),
                parts);
    }

    private List<Path> targets(Metafile.Output output, List<String> kinds) {
        Set<String> paths = new LinkedHashSet<>();
        for (Metafile.Import each : output.imports()) {
            if (!each.external() && kinds.contains(each.kind())) {
                paths.add(each.path());
            }
        }
        return targets(paths);
    }

    private List<Path> targets(Set<String> paths) {
        List<Path> targets = new ArrayList<>();
        for (String path : paths) {
            @Nullable StagedFile file = files.get(path);
            if (file != null) {
                targets.add(file.target());
            }
        }
        return targets;
    }

    /**
     * What a file is, by the ending of its name.
     *
     * @param path its path, with '/'
     * @return what it is
     */
    public static Chunk.Role role(String path) {
        if (path.endsWith(".map")) {
            return Chunk.Role.MAP;
        }
        if (path.endsWith(".LEGAL.txt")) {
            return Chunk.Role.NOTICE;
        }
        if (path.endsWith(".css")) {
            return Chunk.Role.STYLE;
        }
        boolean script = path.endsWith(".js") || path.endsWith(".mjs") || path.endsWith(".cjs");
        return script ? Chunk.Role.SCRIPT : Chunk.Role.ASSET;
    }

    /** The file's name without hash and ending: {@code vendor-7QKX2PSA.js} is {@code vendor}. */
    private static String nameOf(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.[^.]+$", "");
        return file.replaceFirst("[-.][A-Z0-9]{8}$", "");
    }
}
