package dev.procession.plugin.sort;

import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.plan.OutputNames;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;

/** Tells which files are not there that were placed: somebody has removed them while the run went on. */
final class MissingFiles {
    private final SortPlaces places;
    private final OutputNames names;
    private final Scratch scratch;
    private final Failures failures;

    MissingFiles(SortPlaces places, OutputNames names, Scratch scratch, Failures failures) {
        this.places = places;
        this.names = names;
        this.scratch = scratch;
        this.failures = failures;
    }

    void tell() throws IOException {
        try (Cursor<JournalEntry> entries = Memory.open(places.own(), scratch).entries()) {
            for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                if (entry.how() != How.DUPLICATE
                        && names.isExpected(entry.target())
                        && !Files.exists(RawName.resolve(places.output(), entry.target()), LinkOption.NOFOLLOW_LINKS)) {
                    failures.add(RawName.shown(entry.target())
                            + " is not there any more: somebody removed it while this run went on;" + " run again");
                }
            }
        }
    }
}
