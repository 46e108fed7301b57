package dev.procession.plugin.bundle.request;

import dev.procession.plugin.bundle.publish.HashedName;
import dev.procession.plugin.output.OutputSpec;
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
 * @param concat what only joined bundles have
 * @param outputs what surrounds it
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
        boolean allowEmpty,
        ConcatSpec concat,
        OutputSpec outputs) {

    /** Copies the lists. */
    public BundleSpec {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** What properties, reports and the manifest call it. */
    public String id(int index) {
        return HashedName.without(label(index).trim());
    }

    /** The name of the bundle at position {@code index} in messages. */
    public String label(int index) {
        if (name != null && !name.isBlank()) {
            return name;
        }
        return output != null && !output.isBlank() ? output : "number " + (index + 1);
    }
}
