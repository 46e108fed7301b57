package dev.procession.plugin.sort;

import dev.procession.plugin.report.LiveLine;
import dev.procession.plugin.sort.extra.ExtraJars;
import dev.procession.plugin.sort.failure.SortFailedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run has around it.
 *
 * @param jars fetches libraries for child processes
 * @param reports where the summaries are written; null for nowhere
 * @param live the last line of the terminal; null when nobody looks at one
 */
public record Surroundings(
        ExtraJars jars, @Nullable Path reports, @Nullable LiveLine live) {

    /** Nothing can be fetched, nothing is reported. */
    public static final Surroundings NONE = new Surroundings(
            extras -> {
                throw new SortFailedException("there is nobody who fetches libraries: " + extras);
            },
            null,
            null);
}
