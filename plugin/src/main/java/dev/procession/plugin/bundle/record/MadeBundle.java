package dev.procession.plugin.bundle.record;

import dev.procession.plugin.output.Composition;
import dev.procession.plugin.output.OutputSettings;
import dev.procession.plugin.output.StagedFile;
import java.util.List;
import java.util.Map;

/**
 * A bundle that is made and not published yet.
 *
 * @param key what the record calls it
 * @param fingerprint of its configuration
 * @param owner who claims its outputs
 * @param taken see {@link BuildRecord.Bundle}
 * @param inputs the files that went in, with their sums
 * @param searched see {@link BuildRecord.Bundle}
 * @param found see {@link BuildRecord.Bundle}
 * @param composition what it writes
 * @param files the same in the order of publication: what others name comes before them
 * @param settings what surrounds it
 */
public record MadeBundle(
        String key,
        String fingerprint,
        String owner,
        Map<String, Long> taken,
        List<FileState> inputs,
        List<FileState> searched,
        List<FileState> found,
        Composition composition,
        List<StagedFile> files,
        OutputSettings settings) {

    public MadeBundle {
        inputs = List.copyOf(inputs);
        searched = List.copyOf(searched);
        found = List.copyOf(found);
        files = List.copyOf(files);
    }
}
