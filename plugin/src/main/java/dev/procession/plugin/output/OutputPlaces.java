package dev.procession.plugin.output;

import dev.procession.plugin.work.FileName;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an execution has what. All absolute and normalized.
 *
 * @param outputDirectory what names in manifests and properties are relative to
 * @param buildDirectory what holds everything that a build writes
 * @param reportDirectory where this execution's size reports, and its shares of the manifest, are published
 * @param manifest the manifest, or null for none
 */
public record OutputPlaces(
        Path outputDirectory,
        Path buildDirectory,
        Path reportDirectory,
        @Nullable Path manifest) {

    /** The bundle's report (or share of the manifest), by what is added to its name. */
    Path report(String id, String ending) {
        return reportDirectory.resolve(FileName.encoded(id).replace("/", "%2F") + ending);
    }
}
