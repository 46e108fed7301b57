package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How and where suites run.
 *
 * @param smoke whether everything is done once and for a moment only: what fails then is broken, and no number says
 *     anything
 * @param rounds counted rounds of the suite {@code start}
 * @param sources where the peers' own scripts are, by language
 * @param root of the repository
 * @param work what is made for the benchmarks goes here, on the disk
 * @param repository the local Maven repository of the build that runs this
 * @param version of Procession
 */
record Setting(boolean smoke, int rounds, Path sources, Path root, Path work, Path repository, String version) {

    /** One of two numbers. */
    int of(int usual, int inSmoke) {
        return smoke ? inSmoke : usual;
    }

    Path python(String script) {
        return sources.resolve("python").resolve(script);
    }

    Path javascript(String script) {
        return sources.resolve("javascript").resolve(script);
    }

    /** A directory for one purpose. */
    Path directory(String name) throws IOException {
        return Files.createDirectories(work.resolve(name));
    }
}
