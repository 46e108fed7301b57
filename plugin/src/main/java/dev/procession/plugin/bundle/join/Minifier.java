package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.map.InputMap;
import dev.procession.plugin.bundle.map.InputMapReader;
import dev.procession.plugin.bundle.map.MapSources;
import dev.procession.plugin.bundle.map.Segments;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.engine.EngineMessage;
import dev.procession.plugin.engine.EngineProcess;
import dev.procession.plugin.engine.EngineSource;
import dev.procession.plugin.engine.Transform;
import dev.procession.plugin.output.Part;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the engine shorten joined texts, and brings its source maps back to the sources. One process for all bundles of a
 * run, started when it is needed. Not thread-safe.
 */
final class Minifier implements AutoCloseable {
    private final EngineSource engines;
    private final BuildLog log;
    private @Nullable EngineProcess engine;

    Minifier(EngineSource engines, BuildLog log) {
        this.engines = engines;
        this.log = log;
    }

    /**
     * A text that was made shorter.
     *
     * @param code the text, ended by a line break
     * @param sources the sources of its map
     * @param mappings its map's mappings
     * @param parts what each source has in it, by the map; none without one
     */
    record Minified(String code, MapSources sources, String mappings, List<Part> parts) {}

    /**
     * Shortens a joined text.
     *
     * @param joined where its lines come from
     * @return null when the engine found errors; they were told to {@code problems}
     */
    @Nullable
    Minified minify(BundlePlan plan, byte[] text, Joined joined, Problems problems)
            throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(List.of(
                plan.language() == BundlePlan.Language.STYLE ? "--loader=css" : "--loader=js",
                "--minify",
                "--charset=utf8",
                // What the licence file says need not be said twice.
                plan.settings().licenses() == null ? "--legal-comments=inline" : "--legal-comments=none"));
        if (plan.mapped()) {
            flags.add("--sourcemap=external");
        }
        Transform.Result result = engine().transform(new Transform(text, flags));
        for (EngineMessage warning : result.warnings()) {
            log.warn("bundle " + Shown.text(plan.label()) + ": " + told(warning, plan, joined));
        }
        for (EngineMessage error : result.errors()) {
            String told = told(error, plan, joined) + "; correct the file";
            if (plan.targets().size() > 1) {
                Path output = plan.targets().get(1).output();
                problems.add("minifiedOutput", FileName.of(plan.outputDirectory(), output), plan.label(), told);
            } else {
                problems.add("minify", "true", plan.label(), told);
            }
        }
        if (!result.errors().isEmpty()) {
            return null;
        }
        String code = result.code().endsWith("\n") ? result.code() : result.code() + "\n";
        if (!plan.mapped()) {
            return new Minified(code, new MapSources(), "", List.of());
        }
        return traced(code, InputMapReader.read(result.map()), joined);
    }

    private EngineProcess engine() throws IOException, InterruptedException {
        EngineProcess running = engine;
        if (running == null) {
            running = engines.get().start(Runtime.getRuntime().availableProcessors());
            engine = running;
        }
        return running;
    }

    /** The place in the input, as people count. */
    private static String told(EngineMessage message, BundlePlan plan, Joined joined) {
        EngineMessage.Location location = message.location();
        Placed placed = location == null ? null : joined.placeOf(location.line() - 1);
        if (location == null || placed == null) {
            return message.text();
        }
        int line = location.line() - 1 - placed.firstLine();
        int column = location.column();
        Segments moved = placed.moved();
        int at = moved == null ? -1 : moved.find(line, column);
        if (moved != null && at >= 0) {
            line = moved.sourceLine(at);
            column = moved.sourceColumn(at);
        }
        return Shown.text(plan.inputs().get(placed.input()).name()) + ":" + (line + 1) + ":" + (column + 1) + ": "
                + message.text();
    }

    /** The engine's map leads to the joined text; this one leads on to the sources. */
    private static Minified traced(String code, InputMap map, Joined joined) {
        MapSources sources = joined.sources.withoutSymbols();
        Mappings mappings = new Mappings();
        Segments segments = map.segments();
        int[] symbols = new int[map.names().size()];
        java.util.Arrays.fill(symbols, -1);
        java.util.Map<Integer, Integer> inherited = new java.util.HashMap<>();
        int line = 0;
        for (int i = 0; i < segments.size(); i++) {
            mappings.skipLines(segments.line(i) - line);
            line = segments.line(i);
            Placed.Origin origin =
                    segments.source(i) < 0 ? null : joined.origin(segments.sourceLine(i), segments.sourceColumn(i));
            if (origin == null) {
                mappings.segment(segments.column(i), -1, 0, 0, -1);
                continue;
            }
            int symbol = -1;
            int name = segments.name(i);
            if (origin.symbol() >= 0) {
                // What the source called it, rather than what the input called it.
                symbol = inherited.computeIfAbsent(
                        origin.symbol(),
                        known -> sources.addSymbol(joined.sources.symbols().get(known)));
            } else if (name >= 0) {
                if (symbols[name] < 0) {
                    symbols[name] = sources.addSymbol(map.names().get(name));
                }
                symbol = symbols[name];
            }
            mappings.segment(segments.column(i), origin.source(), origin.line(), origin.column(), symbol);
        }
        return new Minified(code, sources, mappings.text(), parts(code, segments, joined));
    }

    /** Each character belongs to the source of the segment before it. */
    private static List<Part> parts(String code, Segments segments, Joined joined) {
        String[] lines = code.split("\n", -1);
        long[] sizes = new long[joined.sources.size()];
        for (int i = 0; i < segments.size(); i++) {
            Placed.Origin origin =
                    segments.source(i) < 0 ? null : joined.origin(segments.sourceLine(i), segments.sourceColumn(i));
            int line = segments.line(i);
            if (origin != null && line < lines.length) {
                int from = Math.min(segments.column(i), lines[line].length());
                boolean last = i + 1 == segments.size() || segments.line(i + 1) != line;
                int to = last ? lines[line].length() : Math.min(segments.column(i + 1), lines[line].length());
                String text = lines[line].substring(from, Math.max(from, to));
                sizes[origin.source()] += text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            parts.add(new Part(joined.sources.url(i), sizes[i]));
        }
        return parts;
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
