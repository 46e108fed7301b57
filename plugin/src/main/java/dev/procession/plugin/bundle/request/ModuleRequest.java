package dev.procession.plugin.bundle.request;

import dev.procession.plugin.engine.EngineSource;
import dev.procession.plugin.npm.PackageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an execution is asked to do with modules.
 *
 * @param specs the bundles of modules, in the order of the configuration
 * @param engine where the engine comes from; not asked for it unless a bundle has to be made
 * @param minify whether code is made small where a bundle does not say
 * @param warningsAreErrors whether a warning of the engine fails the build
 * @param sources what may hold npm packages, the nearest first; those beside the sources win over all of them
 * @param cacheDirectory where this machine keeps what makes later builds faster
 * @param budget how many processors the bundles may keep busy; shared by all modules that are built at the same time
 * @param marks where what the engine says of sources is shown as well
 */
public record ModuleRequest(
        List<ModuleSpec> specs,
        EngineSource engine,
        boolean minify,
        boolean warningsAreErrors,
        List<PackageSource> sources,
        Path cacheDirectory,
        Processors budget,
        SourceMarks marks) {

    /** No modules: for an execution that only joins. */
    public static final ModuleRequest NONE = new ModuleRequest(
            List.of(),
            new EngineSource() {
                @Override
                public String identity() {
                    return "";
                }

                @Override
                public dev.procession.plugin.engine.Engine get() throws IOException {
                    throw new IOException("no bundle needs the engine");
                }
            },
            true,
            false,
            List.of(),
            Path.of(""),
            new Processors(Map.of(), true, "1"),
            SourceMarks.NONE);

    /** Copies the lists. */
    public ModuleRequest {
        specs = List.copyOf(specs);
        sources = List.copyOf(sources);
    }
}
