package dev.procession.internal.liveness;

import java.util.OptionalInt;

/**
 * What is known of a participant, living or dead; for people, never for decisions.
 *
 * @param owner its word
 * @param pid its process id, 0 if unknown
 * @param name its name, empty if unknown
 * @param seenDeadMillis when its death was seen, in milliseconds since 1970; 0 while it lives
 * @param exitCode how it ended where that is known: its exit code, or minus the number of the signal
 * @param inOrder whether it ended by itself: it left the session, returned from main, or called exit
 */
public record ProcessFacts(
        long owner, long pid, String name, long seenDeadMillis, OptionalInt exitCode, boolean inOrder) {

    /** {@return pid and name, as messages show them} */
    public String label() {
        if (pid == 0) {
            return "process in slot " + Owner.text(owner);
        }
        return "process " + pid + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
