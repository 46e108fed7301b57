package dev.procession.plugin.output;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What is to be told of a finished bundle.
 *
 * @param bytes what browsers load of it: scripts, styles and assets, without maps
 * @param gzipBytes the same compressed by gzip, where somebody measured it
 * @param properties for filtering: names without prefix, such as {@code shop.file}, in a stable order
 */
public record BundleFacts(
        long bytes, OptionalLong gzipBytes, Map<String, String> properties) {}
