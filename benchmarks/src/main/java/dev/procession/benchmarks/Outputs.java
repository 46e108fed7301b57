package dev.procession.benchmarks;

import java.nio.file.Path;

/** Directories that no run has written to yet. */
final class Outputs {
    private final Path directory;
    private int count;

    Outputs(Path directory) {
        this.directory = directory;
    }

    /** One that does not exist. */
    Path next() {
        return directory.resolve("out-" + count++);
    }
}
