package dev.procession.plugin.output;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file that a bundle writes, and what is known of it. Other files of the bundle are named by their targets.
 *
 * @param file the file
 * @param role what it is
 * @param source what it was made of, when that is one file: an entry point, or an asset; relative to the project
 * @param name what people call it, or null
 * @param entry whether pages load it by name
 * @param dynamicEntry whether it is loaded by {@code import()} alone
 * @param imports scripts that it needs at once
 * @param dynamicImports scripts that it may load
 * @param css style sheets that belong to it
 * @param assets other files that it names
 * @param parts what it is made of; empty where nobody knows
 */
public record Chunk(
        StagedFile file,
        Role role,
        @Nullable String source,
        @Nullable String name,
        boolean entry,
        boolean dynamicEntry,
        List<Path> imports,
        List<Path> dynamicImports,
        List<Path> css,
        List<Path> assets,
        List<Part> parts) {

    /** What a file is. */
    public enum Role {
        /** JavaScript. */
        SCRIPT,
        /** CSS. */
        STYLE,
        /** A source map. */
        MAP,
        /** Comments and licences for people. */
        NOTICE,
        /** Anything else that scripts and styles name. */
        ASSET
    }

    /** Copies the lists. */
    public Chunk {
        imports = List.copyOf(imports);
        dynamicImports = List.copyOf(dynamicImports);
        css = List.copyOf(css);
        assets = List.copyOf(assets);
        parts = List.copyOf(parts);
    }

    /**
     * A file of which nothing more is known.
     *
     * @param file the file
     * @param role what it is
     * @return a chunk that nobody loads by name
     */
    public static Chunk of(StagedFile file, Role role) {
        return new Chunk(
                file, role, null, null, false, false, List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
