package dev.procession.channel;

import dev.procession.OwnerDeath;
import java.io.IOException;
import java.util.List;

/** A message cannot be sent, since no process has the other end: the last one closed it or ended. */
public final class BrokenPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final List<OwnerDeath> deaths;

    BrokenPipeException(String pipe, List<OwnerDeath> deaths) {
        super(describe(pipe + " is broken: nobody can receive from it any more", deaths));
        this.deaths = List.copyOf(deaths);
    }

    static String describe(String what, List<OwnerDeath> deaths) {
        StringBuilder text = new StringBuilder(what);
        if (deaths.isEmpty()) {
            text.append(", every process has closed the other end");
        }
        for (OwnerDeath death : deaths) {
            text.append("; ").append(death.describe());
        }
        return text.toString();
    }

    /** {@return who ended without closing the other end, as far as that is remembered; empty if all who had it closed it} */
    public List<OwnerDeath> deaths() {
        return deaths;
    }
}
