package dev.procession.plugin.engine;

import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says of one build: which files went in, which came out, and how much of which is where. All paths are
 * relative to the directory that the engine worked in, with {@code /} as separator.
 *
 * @param inputs path to what went in, in the engine's order
 * @param outputs path to what came out, in the engine's order
 */
public record Metafile(Map<String, Input> inputs, Map<String, Output> outputs) {

    /** Copies the maps, keeping their order. */
    public Metafile {
        inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /**
     * A file that went in.
     *
     * @param bytes its size
     * @param imports what it imports, in the order of the file
     * @param format {@code esm} or {@code cjs}, or null for what is no script
     */
    public record Input(
            long bytes, List<Import> imports, @Nullable String format) {
        /** Copies the list. */
        public Input {
            imports = List.copyOf(imports);
        }
    }

    /**
     * An import in an input or in an output.
     *
     * @param path what it leads to: an input's (or an output's) path, or for an external one what stays in the code
     * @param kind such as {@code import-statement}, {@code dynamic-import}, {@code require-call}, {@code import-rule},
     *     {@code url-token}, {@code file-loader}
     * @param original what the file says, or null where the engine does not tell, as in outputs
     * @param external whether it is left to be resolved later
     */
    public record Import(
            String path, String kind, @Nullable String original, boolean external) {}

    /**
     * A file that came out.
     *
     * @param bytes its size
     * @param inputs path of an input to the number of its bytes that are here
     * @param imports which other outputs (or externals) it needs
     * @param exports the names it exports
     * @param entryPoint the input it was made for, or null for a shared chunk or an asset
     * @param cssBundle the output that holds the style sheets of this one, or null
     */
    public record Output(
            long bytes,
            Map<String, Long> inputs,
            List<Import> imports,
            List<String> exports,
            @Nullable String entryPoint,
            @Nullable String cssBundle) {
        /** Copies the collections, keeping their order. */
        public Output {
            inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
            imports = List.copyOf(imports);
            exports = List.copyOf(exports);
        }
    }

    /**
     * Reads one as the engine writes it.
     *
     * @param json the text; closed by the caller
     * @return what it says
     * @throws IOException when it is no metafile
     */
    public static Metafile parse(Reader json) throws IOException {
        return new MetafileParser(json).parse();
    }
}
