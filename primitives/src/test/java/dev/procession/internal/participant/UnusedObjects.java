package dev.procession.internal.participant;

/**
 * Objects whose last handle was closed: a process uses them for some ticks more. A test that looks only whether their memory
 * comes back need not wait for that.
 */
public final class UnusedObjects {
    private UnusedObjects() {}

    /** As when memory is short. */
    public static void end(Participant participant) {
        participant.attachments().endUnused();
    }
}
