package dev.procession.plugin.sort.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@code sort-files} does its work, as the user typed it.
 *
 * @param mode how files get into the output: copy, move, hardlink, reflink or auto
 * @param collisions {@code rename}, {@code skip}, {@code overwrite}, {@code fail} or {@code dedupe}
 * @param keep what copies keep of their sources beside time and permissions: {@code owner}, {@code xattrs}, {@code acl}
 * @param prune whether copies whose source has gone are taken out of the output
 * @param force whether a move may empty a directory that is not meant for it
 * @param dryRun whether the plan is written, and nothing else is done
 * @param plan where it is written, or null for the usual place
 * @param replay a plan that is to be carried out, or null
 * @param keepRuns how many runs can be undone, {@code all} or a number; those before are forgotten
 */
public record SortOptions(
        String mode,
        String collisions,
        List<String> keep,
        boolean prune,
        boolean force,
        boolean dryRun,
        @Nullable String plan,
        @Nullable String replay,
        String keepRuns) {

    /** Where a plan is written when nothing is said. */
    public static final String USUAL_PLAN = "procession-out/sort-files-plan.txt";

    /** Copies, with numbers where names are taken. */
    public static final SortOptions DEFAULT =
            new SortOptions("copy", "rename", List.of(), false, false, false, null, null, "all");

    public SortOptions with(String otherMode) {
        return new SortOptions(otherMode, collisions, keep, prune, force, dryRun, plan, replay, keepRuns);
    }

    /** Copies the list. */
    public SortOptions {
        keep = List.copyOf(keep);
    }
}
