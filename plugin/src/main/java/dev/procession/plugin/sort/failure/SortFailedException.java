package dev.procession.plugin.sort.failure;

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
    public SortFailedException(String message) {
        super(message);
        this.failures = List.of(message);
    }

    /**
     * For what stands in the way of a run, and comes from outside the engine.
     *
     * @param message what the user has to do
     * @param cause what was refused
     */
    public SortFailedException(String message, Throwable cause) {
        super(message, cause);
        this.failures = List.of(message);
    }

    /**
     * For a run that did its work on all but some entries.
     *
     * @param message what happened, and all of {@code failures}
     * @param failures one line for each of these entries
     */
    public SortFailedException(String message, List<String> failures) {
        super(message);
        this.failures = List.copyOf(failures);
    }

    /**
     * What failed.
     *
     * @return one line for each entry that was not sorted, or the one thing that has to be mended first
     */
    public List<String> failures() {
        return failures;
    }
}
