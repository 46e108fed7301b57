package dev.procession.benchmarks;

import dev.procession.plugin.bundle.ScriptBundler;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.BundleSpec;
import dev.procession.plugin.bundle.request.ConcatSpec;
import dev.procession.plugin.bundle.request.ModuleRequest;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.bundle.request.OutputRequest;
import dev.procession.plugin.bundle.request.Processors;
import dev.procession.plugin.bundle.request.SourceMarks;
import dev.procession.plugin.engine.Coordinate;
import dev.procession.plugin.engine.EngineSettings;
import dev.procession.plugin.engine.EngineSource;
import dev.procession.plugin.engine.Platform;
import dev.procession.plugin.engine.ResolvedEngine;
import dev.procession.plugin.output.OutputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The engine of {@code bundle-js} in this JVM, which is warm after some runs, as a build with many modules is. */
final class WarmBundler {
    private final Setting setting;
    private final EngineSource engine;

    WarmBundler(Setting setting) throws IOException {
        this.setting = setting;
        engine = new ResolvedEngine(
                EngineSettings.DEFAULT,
                Platform.current(),
                coordinate -> jar(setting, coordinate),
                setting.directory("cache"),
                setting.directory("cache"),
                setting.work(),
                SilentLog.INSTANCE);
    }

    /** The build that runs this has fetched it for the tests of the plugin. */
    private static Path jar(Setting setting, Coordinate of) {
        return jar(setting, of.group(), of.artifact(), of.version());
    }

    static Path jar(Setting setting, String group, String artifact, String version) {
        return setting.repository()
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".jar");
    }

    /** {@return the program that does the work for modules} */
    Path esbuild() throws IOException, InterruptedException {
        return engine.get().executable();
    }

    /** Joins all scripts of a directory, with a map. */
    Spent join(Path sources, Path output, String workers) throws Exception {
        BundleSpec bundle = new BundleSpec(
                null,
                List.of("**/*.js"),
                List.of(),
                "shop.js",
                null,
                null,
                null,
                true,
                false,
                ConcatSpec.PLAIN,
                OutputSpec.NONE);
        return run(List.of(bundle), ModuleRequest.NONE, sources, output, workers);
    }

    /** Bundles the modules of {@code index.js}, small and with a map. */
    Spent bundle(Path sources, Path output) throws Exception {
        ModuleSpec bundle =
                new ModuleSpec(0, null, List.of("index.js"), "shop.js", null, true, Map.of(), OutputSpec.NONE);
        ModuleRequest modules = new ModuleRequest(
                List.of(bundle),
                engine,
                true,
                false,
                List.of(),
                setting.directory("cache"),
                new Processors(new HashMap<>(), true, "auto"),
                SourceMarks.NONE);
        return run(List.of(), modules, sources, output, "auto");
    }

    private Spent run(List<BundleSpec> bundles, ModuleRequest modules, Path sources, Path output, String workers)
            throws Exception {
        Files.createDirectories(output);
        BundleRequest request = new BundleRequest(
                bundles,
                modules,
                OutputRequest.NONE,
                sources,
                output,
                output.resolveSibling(""),
                output,
                output,
                workers,
                null,
                "stat",
                "bench",
                "the benchmark",
                new HashMap<>(),
                List.of(),
                EngineCode.forWorkers(setting),
                setting.version(),
                List.of());
        return OwnProcessor.of(new ScriptBundler(request, SilentLog.INSTANCE)::run);
    }
}
