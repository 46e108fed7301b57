package dev.procession.internal.participant;

/** What the handles of one object share in this JVM, when it wants to know that the last handle is gone. */
public interface SharedCore {
    /** The last handle of this JVM is gone. */
    void detached();
}
