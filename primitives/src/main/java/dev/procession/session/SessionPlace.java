package dev.procession.session;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the sessions of this user are made.
 *
 * @param directory readable by its owner alone
 * @param passedOver why places that come before it are not used, a sentence each; empty if it is the first choice
 */
public record SessionPlace(Path directory, List<String> passedOver) {
    /** Copies the list. */
    public SessionPlace {
        passedOver = List.copyOf(passedOver);
    }
}
