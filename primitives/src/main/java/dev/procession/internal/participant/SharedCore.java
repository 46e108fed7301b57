package dev.procession.internal.participant;

/** What the handles of one object share in this JVM, when threads may be in the midst of it although no handle is left. */
public interface SharedCore {
    /** {@return whether a thread of this process waits for the object, or holds it} Asked by any thread. */
    boolean isInUse();

    /** The last handle of this JVM is gone, and no thread of it is in the midst of the object any more. */
    void detached();
}
