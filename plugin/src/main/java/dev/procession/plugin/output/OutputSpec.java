package dev.procession.plugin.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a bundle as the user typed it; nothing in it is checked yet.
 *
 * @param compress the formats to compress to: {@code gzip}, {@code brotli}
 * @param compressEndings endings of the names of files that are compressed; empty for the usual ones
 * @param sizeReport whether a size report is written; null for what pays for this kind of bundle
 * @param integrity whether the hashes for subresource integrity are made; null for when there is a manifest to hold them
 * @param licenseFile where the licences of third parties are written, relative to the output directory, or null
 * @param rawBudget the most bytes that the bundle may have, such as {@code 100kB}, or null
 * @param gzipBudget the most bytes that it may have when compressed by gzip, or null
 * @param brotliBudget the most bytes that it may have when compressed by Brotli, or null
 */
public record OutputSpec(
        List<String> compress,
        List<String> compressEndings,
        @Nullable Boolean sizeReport,
        @Nullable Boolean integrity,
        @Nullable String licenseFile,
        @Nullable String rawBudget,
        @Nullable String gzipBudget,
        @Nullable String brotliBudget) {

    /** Nothing around the bundle. */
    public static final OutputSpec NONE = new OutputSpec(List.of(), List.of(), null, null, null, null, null, null);

    /** Copies the lists. */
    public OutputSpec {
        compress = List.copyOf(compress);
        compressEndings = List.copyOf(compressEndings);
    }
}
