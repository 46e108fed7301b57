package dev.procession.plugin.bundle.request;

import dev.procession.plugin.output.BrotliLibrary;
import dev.procession.plugin.output.OutputFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What an execution is asked to put around all of its bundles.
 *
 * @param manifest {@code auto}, {@code none}, or the manifest's name below the output directory; null for {@code auto}
 * @param brotli where Brotli comes from; not asked for it unless something has to be compressed
 */
public record OutputRequest(@Nullable String manifest, BrotliLibrary.Source brotli) {

    /** Nothing but what bundles ask for themselves. */
    public static final OutputRequest NONE = new OutputRequest(null, new NoBrotli());

    /** A class of its own: a lambda here would be made in each build, and in a young JVM that is dear. */
    private static final class NoBrotli implements BrotliLibrary.Source {
        @Override
        public BrotliLibrary get() {
            throw new OutputFailedException("there is no Brotli here");
        }
    }
}
