package dev.procession.plugin.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Brotli for the children; nothing of it is loaded in the build's JVM, since it is native code.
 *
 * @param classPath the jars of brotli4j
 * @param nativeJar the jar that holds its library for this machine
 */
public record BrotliLibrary(List<Path> classPath, Path nativeJar) {

    /** Copies the list. */
    public BrotliLibrary {
        classPath = List.copyOf(classPath);
    }

    /** Where it comes from; asked only when there is something to compress. */
    public interface Source {

        /**
         * Gets it.
         *
         * @return the library's jars
         * @throws IOException when the machine fails
         * @throws OutputFailedException when it cannot be had, with what the user can do
         */
        BrotliLibrary get() throws IOException;
    }
}
