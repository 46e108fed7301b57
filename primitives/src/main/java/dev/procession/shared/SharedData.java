package dev.procession.shared;

/**
 * Data that all processes of a session read and write. An object of this kind is a handle: small, serializable to
 * processes of the same machine and session, and equal in rights to all other handles of the same data. A child's handle
 * arrives as a field, in a captured lambda, or in a message.
 *
 * <p><b>Who frees it.</b> Anonymous data are freed when no process has a handle any more: each was closed, or lost to the
 * garbage collector, or its process ended. Named data last as long as their session.
 *
 * <p><b>When a process dies</b> its last writes stay in place, half-done compound changes too. What must change together
 * belongs under a lock ({@link Locked}) that tells the next owner of the death.
 */
public interface SharedData extends AutoCloseable {
    /** {@return the name, or for anonymous data where they are} */
    String name();

    /** {@return whether this handle or its session was closed} */
    boolean isClosed();

    /**
     * Ends the use of the data by this handle; later calls throw {@link IllegalStateException}. A part of other data (an
     * element, a slice, a record of an array) is closed with these, and closing the part does nothing. Idempotent.
     */
    @Override
    void close();
}
