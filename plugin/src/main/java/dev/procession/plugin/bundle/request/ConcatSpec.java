package dev.procession.plugin.bundle.request;

import org.jspecify.annotations.Nullable;

/**
 * What only joined bundles have, as the user typed it.
 *
 * @param minify whether the engine shortens the output
 * @param minifiedOutput a second file to write, shortened, or null
 * @param rebaseUrls whether addresses in style sheets are rewritten to lead to the same files from the bundle
 */
public record ConcatSpec(boolean minify, @Nullable String minifiedOutput, boolean rebaseUrls) {
    /** One output, as it is read. */
    public static final ConcatSpec PLAIN = new ConcatSpec(false, null, true);
}
