package dev.procession.internal.child;

/** Hears what a child does, on the threads that watch it; {@link #line} on two of them. {@link #ended} is the last. */
public interface ChildEvents {
    /** A whole line that the child, a native library in it or a grandchild has printed. */
    void line(boolean error, String line);

    /** A message of the child's body. */
    void message(byte[] message);

    /** The exception that ended the child's body. */
    void failed(RemoteFailure failure);

    /** The child has ended and its output has been delivered. */
    void ended(ProcessEnd end);
}
