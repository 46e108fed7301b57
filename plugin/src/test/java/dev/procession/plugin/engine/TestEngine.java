package dev.procession.plugin.engine;

import dev.procession.plugin.report.BuildLog;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;

/** The real engine, from the jar on the tests' class path, unpacked as a build does it. */
public final class TestEngine {
    private TestEngine() {}

    /** Where all tests of a module keep it. */
    public static Path cache() {
        return Path.of("target", "test-cache").toAbsolutePath();
    }

    public static ResolvedEngine source(EngineSettings settings, Path cache, BuildLog log) {
        return new ResolvedEngine(
                settings, Platform.current(), TestEngine::jar, cache, cache.resolve("fallback"), cache, log);
    }

    /** The jar of a coordinate; as a repository that has this one jar. */
    public static Path jar(Coordinate coordinate) throws ArtifactSource.ArtifactMissingException {
        String name = coordinate.artifact() + "-" + coordinate.version() + ".jar";
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.endsWith(name))
                .findFirst()
                .orElseThrow(() -> new ArtifactSource.ArtifactMissingException(
                        "not on the tests' class path", new IllegalStateException()));
    }
}
