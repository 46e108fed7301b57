package dev.procession.plugin.output;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be told of a finished bundle.
 *
 * @param files what browsers load of it: scripts, styles and assets, without maps; by their names
 * @param gzipKnown whether somebody measured what gzip makes of them
 * @param properties for filtering: names without prefix, such as {@code shop.file}, in a stable order
 */
public record BundleFacts(Map<String, Size> files, boolean gzipKnown, Map<String, String> properties) {
    /**
     * How large a file is.
     *
     * @param bytes as it is
     * @param gzipBytes compressed by gzip, where that was measured and it is compressed; else as it is
     */
    public record Size(long bytes, long gzipBytes) {}

    /** Copies the map. */
    public BundleFacts {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }
}
