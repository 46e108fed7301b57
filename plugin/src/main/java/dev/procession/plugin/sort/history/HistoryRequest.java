package dev.procession.plugin.sort.history;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which output, and which of its runs, as the user typed it.
 *
 * @param output the directory that files were sorted into, or null when nothing was said
 * @param run the name of a run, such as {@code run-3}, or null for the last one; {@code all} where that has a meaning
 * @param baseDirectory what {@code output} is relative to
 * @param displayDirectory what paths in the log are relative to, so that a user finds them
 * @param failOnError whether entries that failed fail the goal, rather than being warned of
 */
public record HistoryRequest(
        @Nullable String output, @Nullable String run, Path baseDirectory, Path displayDirectory, boolean failOnError) {

    /** Makes the directories absolute. */
    public HistoryRequest {
        baseDirectory = baseDirectory.toAbsolutePath().normalize();
        displayDirectory = displayDirectory.toAbsolutePath().normalize();
    }
}
