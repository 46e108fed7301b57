package dev.procession.plugin.engine;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An engine that is ready to run: a checked executable of a known version.
 *
 * @param version as the executable says it, such as {@code 0.28.2}
 * @param executable the program
 */
public record Engine(String version, Path executable) {

    /**
     * Starts a process of it, for any number of builds and transforms, one after the other. It ends when it is closed,
     * and by itself when this JVM dies in whatever way.
     *
     * @param processors how many processors it may keep busy, 1 or more
     * @return the running process, to be closed by the caller
     * @throws IOException when the machine fails
     * @throws EngineFailedException when the executable cannot be run, with what the user can do
     */
    public EngineProcess start(int processors) throws IOException {
        return EngineProcess.start(this, processors);
    }
}
