package dev.procession.it;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the build that runs these tests tells them about itself. */
final class Surroundings {

    private Surroundings() {}

    /** The Maven that the inner builds run on. */
    static Path mavenHome() {
        return path("mavenHome");
    }

    /** Where the other versions of Maven are, each in a folder of its own. */
    static Path otherMavens() {
        return path("otherMavens");
    }

    /** The local repository of the inner builds; the plugin under test is staged in it. */
    static Path localRepository() {
        return path("localRepository");
    }

    /** The local repository of the outer build. The inner builds read it, so that nothing is downloaded twice. */
    static Path outerRepository() {
        return path("outerRepository");
    }

    /** {@code it/target}: everything that the tests write is below it. */
    static Path directory() {
        return path("directory");
    }

    static Path samples() {
        return path("samples");
    }

    /** The root of this repository. */
    static Path repository() {
        return samples().resolveSibling("").normalize();
    }

    /** The user's settings in the outer build: mirrors and proxies hold for the inner ones too. May not exist. */
    static Path userSettings() {
        return path("userSettings");
    }

    static Path globalSettings() {
        return path("globalSettings");
    }

    static boolean offline() {
        return property("network").equals("offline=true");
    }

    /** How often one bundle is joined in a row. */
    static int repeats() {
        return Integer.parseInt(property("repeats"));
    }

    /** Whether this is the long run. */
    static boolean everything() {
        return Boolean.parseBoolean(property("everything"));
    }

    /** The first of {@code names} that is an executable file on the PATH, or else null. */
    static @Nullable Path findOnPath(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String name : names) {
            for (String directory : path.split(File.pathSeparator, -1)) {
                Path candidate = Path.of(directory, name);
                if (!directory.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private static Path path(String name) {
        return Path.of(property(name)).toAbsolutePath().normalize();
    }

    private static String property(String name) {
        String value = System.getProperty("procession.it." + name);
        if (value == null) {
            throw new IllegalStateException("procession.it." + name + " is not set; it/pom.xml sets it for failsafe");
        }
        return value;
    }
}
