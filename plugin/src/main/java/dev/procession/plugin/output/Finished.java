package dev.procession.plugin.output;

import java.util.List;

/**
 * What was added to a bundle.
 *
 * @param files to be published before the bundle's own files
 * @param facts what is to be told of it
 */
public record Finished(List<StagedFile> files, BundleFacts facts) {

    /** Copies the list. */
    public Finished {
        files = List.copyOf(files);
    }
}
