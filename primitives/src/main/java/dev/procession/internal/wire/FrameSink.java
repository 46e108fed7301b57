package dev.procession.internal.wire;

/** Takes what a {@link FrameReader} finds, on the reader's thread. */
public interface FrameSink {

    /** One whole message. The array belongs to the sink. */
    void message(FrameType type, byte[] message);

    /** Bytes that came outside of any frame. The array is the reader's and changes after the call. */
    void raw(byte[] source, int offset, int length);
}
