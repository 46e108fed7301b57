package dev.procession.plugin.npm;

import java.nio.file.Path;
import java.util.List;

/**
 * A package that can be imported.
 *
 * @param name what an import calls it, such as {@code lit} or {@code @lit/reactive-element}
 * @param version its version as the package itself says
 * @param coordinates the Maven artifact that it came in, {@code groupId:artifactId:version}
 * @param directory where it is in the view; inputs below it are its files
 * @param licence the {@code license} field, such as {@code MIT}; empty when there is none
 * @param licenceFiles its LICENSE, NOTICE and COPYING files in {@code directory}, in name order
 */
public record NpmPackage(
        String name, String version, String coordinates, Path directory, String licence, List<Path> licenceFiles) {

    /** Copies the list. */
    public NpmPackage {
        licenceFiles = List.copyOf(licenceFiles);
    }
}
