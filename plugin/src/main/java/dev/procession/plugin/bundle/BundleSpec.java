package dev.procession.plugin.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One bundle as the user typed it; nothing in it is checked yet.
 *
 * @param name its name in messages, or null
 * @param includes globs, exact paths and {@code webjar:} globs, in the order of the bundle
 * @param excludes globs of files to leave out
 * @param output the file to write, relative to the output directory, or null when it was forgotten
 * @param directory where the includes are looked up instead of the source directory, or null
 * @param encoding the charset of its inputs instead of the goal's, or null
 * @param banner comments to begin the bundle with, or null
 * @param sourceMap whether a source map is written beside the bundle
 * @param allowEmpty whether an include may match nothing
 */
public record BundleSpec(
        @Nullable String name,
        List<String> includes,
        List<String> excludes,
        @Nullable String output,
        @Nullable String directory,
        @Nullable String encoding,
        @Nullable String banner,
        boolean sourceMap,
        boolean allowEmpty) {

    public BundleSpec {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** The name of the bundle at position {@code index} in messages. */
    String label(int index) {
        if (name != null && !name.isBlank()) {
            return name;
        }
        return output != null && !output.isBlank() ? output : "number " + (index + 1);
    }
}
