package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.work.FileStat;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One file to place.
 *
 * @param source its raw path, relative to the source directory, or absolute
 * @param seen what the scan saw of it
 * @param target the raw path that it gets, relative to the output
 * @param number the name of its draft in the run's directory, and of what it displaces
 * @param how how it is placed
 * @param replaces what is there and is to be kept aside, as it was when last seen; null where nothing is
 */
public record PlaceJob(
        String source,
        FileStat seen,
        String target,
        int number,
        How how,
        @Nullable FileStat replaces) implements Serializable {}
