package dev.procession.plugin.npm;

import java.util.Map;
import java.util.Optional;

/**
 * A folder of a jar that is a package.
 *
 * @param prefix its name in the jar, with '/' at the end
 * @param name what imports call the package
 * @param version its version
 * @param licence the licence that it states, or empty
 * @param dependencies the packages that it needs, with the ranges of their versions
 * @param made a {@code package.json} to write for it; empty when it has its own
 */
record PackageRoot(
        String prefix,
        String name,
        String version,
        String licence,
        Map<String, String> dependencies,
        Optional<String> made) {}
