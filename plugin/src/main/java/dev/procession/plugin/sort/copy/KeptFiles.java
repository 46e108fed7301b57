package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.journal.Intent;
import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.output.OwnPlaces;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What a run has displaced, and whether its journal tells of it: one that lost its end may not. */
final class KeptFiles {
    private final Set<String> unknown = new HashSet<>();

    private KeptFiles() {}

    static KeptFiles of(OwnPlaces.Run run) throws IOException {
        KeptFiles kept = new KeptFiles();
        if (Files.isDirectory(run.kept())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(run.kept())) {
                for (Path file : files) {
                    kept.unknown.add(String.valueOf(file.getFileName()));
                }
            }
        }
        return kept;
    }

    void known(Result result) {
        known(result.number());
    }

    void known(Intent intent) {
        known(intent.number());
    }

    private void known(int number) {
        if (!unknown.isEmpty()) {
            unknown.remove(Integer.toString(number));
        }
    }

    /** How many of them the journal does not tell of. */
    int unknown() {
        return unknown.size();
    }
}
