package dev.procession.plugin.npm;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A Maven artifact that may hold npm packages.
 *
 * @param file its jar, or a class directory of the same build that is not packaged yet; absolute
 * @param groupId its group
 * @param artifactId its name in the group
 * @param version the version that was resolved
 * @param declaredVersion the version as somebody's pom spells it, a range perhaps; empty when it is not known
 */
public record PackageSource(
        Path file, String groupId, String artifactId, String version, Optional<String> declaredVersion) {

    /**
     * How messages call it.
     *
     * @return {@code groupId:artifactId:version}
     */
    public String coordinates() {
        return groupId + ":" + artifactId + ":" + version;
    }
}
