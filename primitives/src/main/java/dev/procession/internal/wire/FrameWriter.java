package dev.procession.internal.wire;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes messages as frames. Several threads may write: a message is never mixed with another one of the same process.
 *
 * <p>Each frame leaves in one write of at most {@code frameSize} bytes. When that is no more than the system's PIPE_BUF,
 * the frame also stays whole beside other processes that write into the same pipe.
 */
public final class FrameWriter {
    /** Bytes that every system writes into a pipe as one piece: 4,096 on Linux, 512 by POSIX. */
    public static final int ATOMIC_FRAME = System.getProperty("os.name", "").startsWith("Linux") ? 4096 : 512;

    /** The best size where nobody else writes into the pipe. */
    public static final int LARGE_FRAME = 32 * 1024;

    private final OutputStream out;
    private final byte[] frame;

    /**
     * @param out unbuffered: one call must be one write
     * @param frameSize bytes of the largest frame, header included
     */
    public FrameWriter(OutputStream out, int frameSize) {
        if (frameSize <= FrameLayout.HEADER || frameSize > FrameLayout.HEADER + FrameLayout.MAX_PAYLOAD) {
            throw new IllegalArgumentException("frame size out of range: frameSize=" + frameSize);
        }
        this.out = out;
        this.frame = new byte[frameSize];
    }

    /** Sends a whole message. */
    public void write(FrameType type, byte[] message) throws IOException {
        write(type, message, 0, message.length);
    }

    /** Sends a part of an array as a whole message. */
    public synchronized void write(FrameType type, byte[] source, int offset, int length) throws IOException {
        int max = frame.length - FrameLayout.HEADER;
        int position = offset;
        int end = offset + length;
        do {
            int part = Math.min(max, end - position);
            System.arraycopy(source, position, frame, FrameLayout.HEADER, part);
            position += part;
            FrameLayout.putHeader(frame, type, position == end, part);
            out.write(frame, 0, FrameLayout.HEADER + part);
        } while (position < end);
        out.flush();
    }
}
