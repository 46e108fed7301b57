package dev.procession.maven;

import dev.procession.plugin.engine.ArtifactSource;
import dev.procession.plugin.engine.Coordinate;
import dev.procession.plugin.output.BrotliLibrary;
import dev.procession.plugin.output.OutputFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Brotli from the build's repositories: two small jars, and the one with the library for this machine. Nothing that
 * other builds need, so it is no dependency of the plugin.
 */
record BrotliArtifacts(ArtifactSource artifacts) implements BrotliLibrary.Source {
    private static final String GROUP = "com.aayushatharva.brotli4j";

    /** The one that the tests ran with; the same as in the pom. */
    private static final String VERSION = "1.24.0";

    @Override
    public BrotliLibrary get() throws IOException {
        String platform = platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        List<Path> jars = new ArrayList<>();
        for (String artifact : List.of("brotli4j", "service", "native-" + platform)) {
            try {
                jars.add(artifacts.fetch(new Coordinate(GROUP, artifact, "jar", "", VERSION)));
            } catch (ArtifactSource.ArtifactMissingException e) {
                throw new OutputFailedException("<compress>brotli</compress> needs " + GROUP + ":" + artifact + ":"
                        + VERSION + ", which cannot be had: " + e.getMessage()
                        + "; make it available in your repositories (with -o: build once without it), or compress to"
                        + " gzip only");
            }
        }
        return new BrotliLibrary(jars.subList(0, 2), jars.get(2));
    }

    /** As the artifacts are named; one that does not exist is told by the repository. */
    static String platform(String system, String architecture) {
        String arch = architecture.toLowerCase(Locale.ROOT);
        String cpu = arch.equals("amd64") || arch.equals("x86_64") ? "x86_64" : arch.equals("arm") ? "armv7" : arch;
        if (system.startsWith("Windows")) {
            return "windows-" + cpu;
        }
        return (system.startsWith("Mac") ? "osx-" : "linux-") + cpu;
    }
}
