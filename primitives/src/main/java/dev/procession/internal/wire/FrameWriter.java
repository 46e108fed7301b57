package dev.procession.internal.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes messages as frames. Several threads may write: a message is never mixed with another one of the same process.
 *
 * <p>A frame has at most {@code frameSize} bytes. When that is no more than the system's PIPE_BUF, the frame also stays whole
 * beside other processes that write into the same pipe.
 */
public final class FrameWriter {
    private static final byte[] NOTHING = new byte[0];

    /** Bytes that every system writes into a pipe as one piece: 4,096 on Linux, 512 by POSIX. */
    public static final int ATOMIC_FRAME = System.getProperty("os.name", "").startsWith("Linux") ? 4096 : 512;

    /** The best size where nobody else writes into the pipe. */
    public static final int LARGE_FRAME = 32 * 1024;

    /**
     * So many full frames leave in one write where a frame is as large as what the system keeps whole. Linux fills one page of
     * the pipe after the other with them and lets others in between two pages only; a frame is a page, or a whole part of one.
     */
    private static final int FRAMES_AT_ONCE = 16;

    private final OutputStream out;
    private final int frameSize;
    private final int atOnce;
    private byte[] buffer;

    /**
     * @param out unbuffered: one call must be one write
     * @param frameSize bytes of the largest frame, header included
     */
    public FrameWriter(OutputStream out, int frameSize) {
        if (frameSize <= FrameLayout.HEADER || frameSize > FrameLayout.HEADER + FrameLayout.MAX_PAYLOAD) {
            throw new IllegalArgumentException("frame size out of range: frameSize=" + frameSize);
        }
        this.out = out;
        this.frameSize = frameSize;
        this.atOnce = frameSize == 4096 ? FRAMES_AT_ONCE : 1;
        this.buffer = new byte[frameSize];
    }

    /** Sends a whole message. */
    public void write(FrameType type, byte[] message) throws IOException {
        write(type, message, 0, message.length);
    }

    /** Sends a part of an array as a whole message. */
    public void write(FrameType type, byte[] source, int offset, int length) throws IOException {
        write(type, NOTHING, source, offset, length);
    }

    /** Sends an array, and behind it a part of another one, as one message. */
    public synchronized void write(FrameType type, byte[] head, byte[] source, int offset, int length)
            throws IOException {
        int total = Math.addExact(head.length, length);
        int position = 0;
        int most = frameSize - FrameLayout.HEADER;
        boolean told = total <= most || most <= Integer.BYTES || type.isStream();
        do {
            // Full ones together, and the last one, if it is shorter, by itself: else no frame would begin with a page.
            int end = 0;
            do {
                int at = end + FrameLayout.HEADER;
                if (!told) {
                    putInt(at, total);
                    at += Integer.BYTES;
                }
                int part = Math.min(end + frameSize - at, total - position);
                if (end > 0 && at + part < end + frameSize) {
                    break;
                }
                copy(head, source, offset, position, at, part);
                position += part;
                int flags = (position == total ? FrameLayout.LAST : 0) | (told ? 0 : FrameLayout.TOTAL);
                FrameLayout.putHeader(buffer, end, type, flags, at + part - end - FrameLayout.HEADER);
                told = true;
                end = at + part;
            } while (position < total && hasRoom(end));
            out.write(buffer, 0, end);
        } while (position < total);
        out.flush();
    }

    /** Whether another frame fits behind a full one. */
    private boolean hasRoom(int end) {
        if (end / frameSize >= atOnce) {
            return false;
        }
        if (buffer.length < atOnce * frameSize) {
            buffer = Arrays.copyOf(buffer, atOnce * frameSize);
        }
        return true;
    }

    private void copy(byte[] head, byte[] source, int offset, int position, int at, int count) {
        int ofHead = Math.max(0, Math.min(count, head.length - position));
        if (ofHead > 0) {
            System.arraycopy(head, position, buffer, at, ofHead);
        }
        if (count > ofHead) {
            int from = offset + position + ofHead - head.length;
            System.arraycopy(source, from, buffer, at + ofHead, count - ofHead);
        }
    }

    private void putInt(int at, int value) {
        buffer[at] = (byte) (value >>> 24);
        buffer[at + 1] = (byte) (value >>> 16);
        buffer[at + 2] = (byte) (value >>> 8);
        buffer[at + 3] = (byte) value;
    }
}
