package dev.procession.channel;

import dev.procession.OwnerDeath;
import java.io.EOFException;
import java.util.List;

/**
 * Nothing can come any more: every message was received, and no process has the other end, since the last one closed it or
 * ended. A message that was being sent when its sender died was never sent.
 */
public final class EndOfPipeException extends EOFException {
    private static final long serialVersionUID = 1L;

    private final List<OwnerDeath> deaths;

    EndOfPipeException(String pipe, List<OwnerDeath> deaths) {
        super(BrokenPipeException.describe(pipe + " has ended: nobody can send into it any more", deaths));
        this.deaths = List.copyOf(deaths);
    }

    /** {@return who ended without closing the other end, as far as that is remembered; empty if all who had it closed it} */
    public List<OwnerDeath> deaths() {
        return deaths;
    }
}
