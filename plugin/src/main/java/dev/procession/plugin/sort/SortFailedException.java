package dev.procession.plugin.sort;

import dev.procession.ProcessionException;
import java.util.List;

/**
 * The files cannot be sorted as asked, or some of them could not be sorted. What was placed is whole and stays; another
 * run goes on from there.
 */
public final class SortFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> failures;

    /** For what the user has to mend before anything can be sorted. */
    SortFailedException(String message) {
        super(message);
        this.failures = List.of(message);
    }

    /** For a run that sorted all but some entries. */
    SortFailedException(SortResult result) {
        super(message(result));
        this.failures = result.failures();
    }

    /** For what is not as it was placed, or could not be put back. */
    SortFailedException(HistoryResult result) {
        super(result.summary() + System.lineSeparator() + "  - "
                + String.join(System.lineSeparator() + "  - ", result.failures()));
        this.failures = result.failures();
    }

    /**
     * What failed.
     *
     * @return one line for each entry that was not sorted, or the one thing that has to be mended first
     */
    public List<String> failures() {
        return failures;
    }

    private static String message(SortResult result) {
        StringBuilder text = new StringBuilder(result.summary());
        for (String failure : result.failures()) {
            text.append(System.lineSeparator()).append("  - ").append(failure);
        }
        return text.append(System.lineSeparator())
                .append("mend these and run again: what is sorted already is not copied again;"
                        + " <failOnError>false</failOnError> lets the build go on")
                .toString();
    }
}
