package dev.procession.internal.participant;

/** A handle of something in a session's shared memory. */
public interface SessionBound {
    /** {@return this process's part in that session} */
    Participant participant();
}
