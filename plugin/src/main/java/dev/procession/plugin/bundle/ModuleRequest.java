package dev.procession.plugin.bundle;

import dev.procession.plugin.engine.EngineSource;
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
 * @param nodePaths directories in which packages are looked up after those beside the sources
 * @param packages what tells one set of packages from another
 * @param budget how many processors the bundles may keep busy; shared by all modules that are built at the same time
 */
public record ModuleRequest(
        List<ModuleSpec> specs,
        EngineSource engine,
        boolean minify,
        boolean warningsAreErrors,
        List<Path> nodePaths,
        String packages,
        Processors budget) {

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
            "",
            new Processors(Map.of(), true, "1"));

    /** Copies the lists. */
    public ModuleRequest {
        specs = List.copyOf(specs);
        nodePaths = List.copyOf(nodePaths);
    }
}
