package dev.procession.plugin.sort;

import dev.procession.plugin.report.Amount;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run did.
 *
 * @param files how many files are in the output now, of those that the source holds or held: placed and unchanged ones
 * @param bytes how large they are
 * @param folders how many folders they are in
 * @param placed how many of them this run placed, and how
 * @param renamed how many of the placed ones got a number, since their name was taken
 * @param unchanged how many an earlier run had placed
 * @param skipped how many were left where they are, since their name was taken
 * @param duplicates how many were left out, since their content is in place
 * @param displaced how many files of others had to give way
 * @param pruned how many copies were taken out, since their source has gone
 * @param unpacked how many archives were unpacked
 * @param failures what could not be sorted and why, one line for each entry; empty when all went well
 * @param workers how many child processes worked, 0 for none
 * @param nanos how long it took
 * @param output the directory with the folders
 * @param shownOutput the same as the log shows it
 * @param run under which name the run can be undone; empty when there is nothing to undo
 * @param plan where the plan was written, as the log shows it; empty when more was done than planned
 * @param planned for how many files something was to be done
 */
public record SortResult(
        int files,
        long bytes,
        int folders,
        Placed placed,
        int renamed,
        int unchanged,
        int skipped,
        int duplicates,
        int displaced,
        int pruned,
        int unpacked,
        List<String> failures,
        int workers,
        long nanos,
        Path output,
        String shownOutput,
        String run,
        String plan,
        long planned) {

    /** Copies the list. */
    public SortResult {
        failures = List.copyOf(failures);
    }

    /**
     * How the files came to their places.
     *
     * @param copied how many as copies
     * @param cloned how many as clones of the file system
     * @param linked how many as second names
     * @param moved how many have left the source
     */
    public record Placed(int copied, int cloned, int linked, int moved) {

        /**
         * All of them.
         *
         * @return how many were placed
         */
        public int total() {
            return copied + cloned + linked + moved;
        }
    }

    /**
     * How many were placed.
     *
     * @return how many this run placed, in whatever way
     */
    public int copied() {
        return placed.total();
    }

    /**
     * The line that tells the user.
     *
     * @return the line that tells the user
     */
    public String summary() {
        StringBuilder line = new StringBuilder();
        if (!plan.isEmpty()) {
            line.append("planned ")
                    .append(Amount.of(planned, "file"))
                    .append(" in ")
                    .append(Amount.seconds(nanos));
            line.append(", ").append(Amount.number(unchanged)).append(" unchanged");
            count(line, skipped, "skipped");
            count(line, duplicates, duplicates == 1 ? "duplicate" : "duplicates");
            count(line, unpacked, unpacked == 1 ? "archive to be unpacked" : "archives to be unpacked");
            count(line, failures.size(), "failed");
            return line.append(", nothing done: ").append(plan).toString();
        }
        line.append("sorted ").append(Amount.of(files, "file"));
        line.append(" (").append(Amount.bytes(bytes)).append(") into ").append(Amount.of(folders, "folder"));
        if (workers > 0) {
            line.append(" with ").append(Amount.of(workers, "worker"));
        }
        line.append(" in ").append(Amount.seconds(nanos));
        // On a first run with copies alone all were copied: no need to say so.
        boolean allCopied = placed.copied() == placed.total();
        if (unchanged > 0 || !allCopied) {
            if (placed.copied() > 0 || allCopied) {
                line.append(", ").append(Amount.number(placed.copied())).append(" copied");
            }
            count(line, placed.cloned(), "cloned");
            count(line, placed.linked(), "linked");
            count(line, placed.moved(), "moved");
        }
        if (placed.total() > 0) {
            line.append(", ").append(Amount.number(renamed)).append(" renamed");
        }
        line.append(", ").append(Amount.number(unchanged)).append(" unchanged");
        count(line, skipped, "skipped");
        count(line, duplicates, duplicates == 1 ? "duplicate" : "duplicates");
        count(line, displaced, "overwritten");
        count(line, pruned, "pruned");
        count(line, unpacked, unpacked == 1 ? "archive unpacked" : "archives unpacked");
        count(line, failures.size(), "failed");
        return line.append(": ").append(shownOutput).toString();
    }

    private static void count(StringBuilder line, int count, String what) {
        if (count > 0) {
            line.append(", ").append(Amount.number(count)).append(' ').append(what);
        }
    }
}
