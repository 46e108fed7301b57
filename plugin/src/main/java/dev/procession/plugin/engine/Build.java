package dev.procession.plugin.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A build to be made. What comes out is handed back, not written.
 *
 * @param directory what the engine works in, absolute: its paths in messages, comments and the metafile are relative to it
 * @param entries what to begin with
 * @param flags as on the engine's command line, such as {@code --bundle} and {@code --format=esm}
 * @param nodePaths further directories in which packages are looked up, as with {@code NODE_PATH}
 */
public record Build(String directory, List<Entry> entries, List<String> flags, List<Path> nodePaths) {

    /** Copies the lists. */
    public Build {
        entries = List.copyOf(entries);
        flags = List.copyOf(flags);
        nodePaths = List.copyOf(nodePaths);
    }

    /**
     * A file to begin with.
     *
     * @param output the output's path below {@code --outdir} without its ending, or empty to take it from the input
     * @param input the file
     */
    public record Entry(String output, String input) {
        /**
         * The file as the metafile calls it.
         *
         * @return its path, relative to the directory of the build
         */
        public String path() {
            return input.startsWith("./") ? input.substring(2) : input;
        }
    }

    /**
     * What came of it.
     *
     * @param files the outputs, none when there are errors
     * @param metafile what the engine says of the build, empty when there are errors
     * @param errors why there is no output; empty if there is
     * @param warnings what the user should look at
     */
    public record Result(
            List<OutputFile> files,
            Optional<Metafile> metafile,
            List<EngineMessage> errors,
            List<EngineMessage> warnings) {
        /** Copies the lists. */
        public Result {
            files = List.copyOf(files);
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A file to be written.
     *
     * @param path where, absolute
     * @param content what; not copied
     */
    // Handed over once, and compared by nobody.
    @SuppressWarnings("ArrayRecordComponent")
    public record OutputFile(String path, byte[] content) {}
}
