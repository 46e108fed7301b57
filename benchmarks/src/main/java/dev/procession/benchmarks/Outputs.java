package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** Directories that no run has written to yet. */
final class Outputs {
    private final Path directory;
    private int count;
    private int cleared;

    Outputs(Path directory) {
        this.directory = directory;
    }

    /** One that does not exist. */
    Path next() {
        return named(count++);
    }

    private Path named(int number) {
        return directory.resolve("out-" + number);
    }

    /** Deletes all that were given. */
    void clear() throws IOException {
        for (; cleared < count; cleared++) {
            Tree.delete(named(cleared));
        }
    }
}
