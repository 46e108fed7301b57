package dev.procession.plugin.sort.scan;

import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.store.Cursor;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies in a directory of the source.
 *
 * @param entries the files and directories that are of interest, in order
 * @param failures what could not be read
 * @param links how many symbolic links were passed by
 * @param specials how many pipes, sockets and devices were passed by
 * @param repositories the directories {@code .git}, for people
 */
record DirectoryListing(
        Cursor<DirectoryEntry> entries, Failures failures, int links, int specials, List<String> repositories) {

    /** What was found so far. */
    static final class Builder {
        final Failures failures = new Failures();
        final List<String> repositories = new ArrayList<>();
        int links;
        int specials;

        DirectoryListing of(Cursor<DirectoryEntry> entries) {
            return new DirectoryListing(entries, failures, links, specials, repositories);
        }
    }
}
