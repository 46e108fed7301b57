package dev.procession.plugin.sort.journal;

import dev.procession.plugin.work.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * A file that is about to be placed. Written down before, so that a run that was killed is understood by the next one.
 *
 * @param number which file of the run
 * @param step what is about to be done
 * @param how how it is about to be placed
 * @param key the raw name under which its source is known
 * @param target the raw path that it is about to get, relative to the output
 * @param source what the scan saw of the source
 * @param before what was known of it before, null for nothing
 */
public record Intent(
        int number,
        Step step,
        How how,
        String key,
        String target,
        FileStat source,
        @Nullable JournalEntry before) {}
