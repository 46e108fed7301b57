package dev.procession.maven;

import dev.procession.plugin.bundle.ScriptBundler;
import dev.procession.plugin.work.WorkerCode;
import dev.procession.pool.ProcessPool;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import org.apache.maven.plugin.MojoExecution;

/**
 * The plugin's own code on disk.
 *
 * @param classPath what a child process needs: the engines and the primitives, not the plugin's whole realm, since
 *     each further jar costs every child's start
 * @param version changes whenever the code does
 */
record PluginCode(List<Path> classPath, String version) {

    static PluginCode of(MojoExecution execution) throws IOException {
        Path engines = placeOf(ScriptBundler.class);
        Path primitives = placeOf(ProcessPool.class);
        List<Path> classPath = engines.equals(primitives) ? List.of(engines) : List.of(engines, primitives);
        StringBuilder version = new StringBuilder(execution.getVersion());
        // A snapshot's version stays while its code changes.
        for (Path place : classPath) {
            version.append(' ').append(Files.getLastModifiedTime(place).toMillis());
        }
        return new PluginCode(classPath, version.toString());
    }

    WorkerCode forWorkers(Path cacheDirectory) {
        return new WorkerCode(classPath, cacheDirectory);
    }

    private static Path placeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException(type + " was not loaded from a file");
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " was loaded from " + source.getLocation(), e);
        }
    }
}
