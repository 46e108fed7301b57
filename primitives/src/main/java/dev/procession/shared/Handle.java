package dev.procession.shared;

import dev.procession.internal.participant.Participant;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** A handle of shared data. A small form of it travels in its place, and attaches where it arrives. */
abstract class Handle implements SharedData, Serializable {
    private static final long serialVersionUID = 1L;

    Handle() {}

    /** This process's part in the session. */
    abstract Participant participant();

    /** What travels in its place, with a method {@code readResolve}. */
    abstract Object form();

    Object writeReplace() {
        return form();
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("shared data travel as their form");
    }
}
