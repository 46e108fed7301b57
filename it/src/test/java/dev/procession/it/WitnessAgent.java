package dev.procession.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Java agent that tells which JVMs have loaded it. */
public final class WitnessAgent {
    private WitnessAgent() {}

    /**
     * Leaves a file named like the process.
     *
     * @param directory where to
     * @throws IOException when that fails, which ends the JVM
     */
    public static void premain(String directory) throws IOException {
        Files.createFile(
                Path.of(directory, Long.toString(ProcessHandle.current().pid())));
    }
}
