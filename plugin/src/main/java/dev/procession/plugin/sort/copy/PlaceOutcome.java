package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.work.FileStat;
import java.io.Serializable;

/** What became of one file. */
public sealed interface PlaceOutcome extends Serializable {

    /**
     * It is in its place, whole.
     *
     * @param source what the source was like when it was placed
     * @param placed what is in its place
     * @param sum the CRC-32C of the content, or {@link JournalEntry#NO_SUM}
     * @param how how it came there
     */
    record Done(FileStat source, FileStat placed, long sum, How how) implements PlaceOutcome {}

    /** Somebody else has the name, since the plan was made. */
    record NameTaken() implements PlaceOutcome {}

    /** What was to be replaced is not what it was: somebody has changed it. */
    record TargetChanged() implements PlaceOutcome {}

    /**
     * It could not be placed; nothing is under its name, and the source is as it was.
     *
     * @param text which file, and why
     */
    record Failed(String text) implements PlaceOutcome {}
}
