package dev.procession.plugin.sort;

import dev.procession.plugin.report.Amount;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run did.
 *
 * @param files how many files are in the output now, of those that the source holds: copied and unchanged ones
 * @param bytes how large they are
 * @param folders how many folders they are in
 * @param copied how many of them this run copied
 * @param renamed how many of the copied ones got a number, since their name was taken
 * @param unchanged how many an earlier run had placed
 * @param failures what could not be sorted and why, one line for each entry; empty when all went well
 * @param workers how many child processes copied, 0 for none
 * @param nanos how long it took
 * @param output the directory with the folders
 * @param shownOutput the same as the log shows it
 */
public record SortResult(
        int files,
        long bytes,
        int folders,
        int copied,
        int renamed,
        int unchanged,
        List<String> failures,
        int workers,
        long nanos,
        Path output,
        String shownOutput) {

    public SortResult {
        failures = List.copyOf(failures);
    }

    /**
     * The line that tells the user.
     *
     * @return the line that tells the user
     */
    public String summary() {
        StringBuilder line = new StringBuilder();
        line.append("sorted ").append(Amount.of(files, "file"));
        line.append(" (").append(Amount.bytes(bytes)).append(") into ").append(Amount.of(folders, "folder"));
        if (workers > 0) {
            line.append(" with ").append(Amount.of(workers, "worker"));
        }
        line.append(" in ").append(Amount.seconds(nanos));
        // On a first run all were copied: no need to say so.
        if (unchanged > 0) {
            line.append(", ").append(Amount.number(copied)).append(" copied");
        }
        if (copied > 0) {
            line.append(", ").append(Amount.number(renamed)).append(" renamed");
        }
        line.append(", ").append(Amount.number(unchanged)).append(" unchanged");
        if (!failures.isEmpty()) {
            line.append(", ").append(Amount.number(failures.size())).append(" failed");
        }
        return line.append(": ").append(shownOutput).toString();
    }
}
