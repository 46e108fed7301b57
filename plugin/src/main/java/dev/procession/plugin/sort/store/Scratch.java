package dev.procession.plugin.sort.store;

import dev.procession.plugin.work.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory for what does not fit into memory; made when it is needed, removed when it is closed. */
public final class Scratch implements AutoCloseable {
    private final Path directory;
    private int files;

    /** @param directory what is there already, a dead run has left */
    public Scratch(Path directory) throws IOException {
        this.directory = directory;
        close();
    }

    /** May be called from any thread. */
    synchronized Path newFile() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory.resolve(Integer.toString(++files));
    }

    @Override
    public void close() throws IOException {
        FileTree.remove(directory);
    }
}
