package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;
import java.io.Serializable;

/** What became of one file. */
sealed interface PlaceOutcome extends Serializable {

    /**
     * It is in its place, whole.
     *
     * @param source what the source was like when it was copied
     * @param placed what the copy is like
     * @param sum the CRC-32C of the content
     */
    record Done(FileStat source, FileStat placed, long sum) implements PlaceOutcome {}

    /** Somebody else has the name, since the plan was made. */
    record NameTaken() implements PlaceOutcome {}

    /** What was to be replaced is not what it was: somebody has changed it. */
    record TargetChanged() implements PlaceOutcome {}

    /**
     * It could not be copied; nothing is under its name.
     *
     * @param text which file, and why
     */
    record Failed(String text) implements PlaceOutcome {}
}
