package dev.procession.internal.memory;

import java.io.IOException;
import java.nio.file.Path;

/** Fills a session's directory before anybody else sees it: segments, and a lock that shows that somebody is alive. */
@FunctionalInterface
public interface SessionInitializer {
    /**
     * Fills the directory.
     *
     * @param directory where it is now; it is renamed afterwards, and what was opened in it stays open
     * @throws IOException if that fails: the directory is deleted again
     */
    void initialize(Path directory) throws IOException;
}
