package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One file to place.
 *
 * @param source its raw path, relative to the source directory
 * @param target the raw path of the copy, relative to the output
 * @param number the name of its draft in the run's directory
 * @param replaces the copy of an earlier run that is to be replaced, as it was when last seen; null where nothing is
 */
record PlaceJob(
        String source, String target, int number, @Nullable FileStat replaces) implements Serializable {}
