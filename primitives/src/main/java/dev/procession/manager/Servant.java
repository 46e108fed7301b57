package dev.procession.manager;

import dev.procession.OwnerDeath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a proxy stands for in the server. */
abstract class Servant {
    final ManagerServer server;

    private @Nullable Exported exported;

    Servant(ManagerServer server) {
        this.server = server;
    }

    void exportedAs(Exported value) {
        exported = value;
    }

    Exported exported() {
        Exported known = exported;
        if (known == null) {
            throw new IllegalStateException("it has no number yet");
        }
        return known;
    }

    /** What messages call it. */
    String label() {
        return exported().toString();
    }

    Caller caller() {
        return server.caller();
    }

    /** Says that the caller may own something of this from now on. */
    void touch(Caller caller, Holder holder) {
        caller.session().touched.add(holder);
        server.mayHold(caller);
    }

    /** Under the object's own lock, which the end of the session takes, too: nothing is given to who is gone. */
    static void requireAlive(Caller caller) {
        if (caller.session().hasEnded()) {
            throw new ClientGoneException(caller.session().describe());
        }
    }

    OwnerDeath death(ClientSession session, String threadName) {
        return new OwnerDeath(label(), session.pid, session.name, threadName, OwnerDeath.UNKNOWN_EXIT, Instant.now());
    }
}
