package dev.procession.internal.participant;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * A session as it travels with what is in it but is no block.
 *
 * @param session the session's directory
 * @param reserved the word of the slot that was reserved for the receiver, 0 if none was
 */
public record SessionForm(String session, long reserved) implements Serializable {

    /** {@return this process's part in the session, which begins here if it takes no part yet} */
    public Participant arrive() {
        return Participant.arrive(Path.of(session), reserved);
    }
}
