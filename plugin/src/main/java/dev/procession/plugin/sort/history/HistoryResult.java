package dev.procession.plugin.sort.history;

import java.util.List;

/**
 * What was done with runs, or found out of what they placed.
 *
 * @param files how many files were put back, verified or let go
 * @param summary the line that tells the user
 * @param failures what is not as it was placed or could not be put back, one line for each entry
 */
public record HistoryResult(int files, String summary, List<String> failures) {

    /** Copies the list. */
    public HistoryResult {
        failures = List.copyOf(failures);
    }
}
