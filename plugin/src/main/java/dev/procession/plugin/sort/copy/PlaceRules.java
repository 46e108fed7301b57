package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.output.Publishing;
import dev.procession.plugin.sort.settings.Keep;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is the same for all files of a run.
 *
 * @param source the raw path of the source
 * @param output the raw path of the output
 * @param run the raw path of the run's own directory
 * @param publishing how files get their names
 * @param links whether the output's file system has links
 * @param exactTimes whether it keeps times to the nanosecond
 * @param acrossDevices whether source and output are on two file systems, so that a move is a copy and a deletion
 * @param copiesForClones whether a file that cannot be cloned is copied
 * @param settledNanos what has not changed since, the scan has seen as it is
 * @param kept what copies keep of their sources beside the usual
 */
public record PlaceRules(
        String source,
        String output,
        String run,
        Publishing publishing,
        boolean links,
        boolean exactTimes,
        boolean acrossDevices,
        boolean copiesForClones,
        long settledNanos,
        EnumSet<Keep> kept)
        implements Serializable {

    public PlaceRules {
        kept = EnumSet.copyOf(kept);
    }

    static EnumSet<Keep> keep(Set<Keep> kept) {
        return kept.isEmpty() ? EnumSet.noneOf(Keep.class) : EnumSet.copyOf(kept);
    }
}
