package dev.procession.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Splits a stream into messages and the raw bytes between them. One thread reads.
 *
 * <p>Output frames are handed over as they come; the frames of every other type are put together until the last one.
 */
public final class FrameReader {
    private static final int SMALL = 16 * 1024;

    /** As much as a pipe holds: where there is so much, fewer reads take it. */
    private static final int LARGE = 64 * 1024;

    /** An announced length is not yet a message, and must not cost more memory than this. */
    private static final int MOST_AHEAD = 64 * 1024 * 1024;

    private final InputStream in;
    private final FrameSink sink;
    private final Map<FrameType, Parts> parts = new EnumMap<>(FrameType.class);
    private byte[] buffer = new byte[SMALL];
    private int start;
    private int end;

    /**
     * @param in what to read; the caller closes it
     * @param sink who takes what is found
     */
    public FrameReader(InputStream in, FrameSink sink) {
        this.in = in;
        this.sink = sink;
    }

    /**
     * Reads once and hands over all that is complete.
     *
     * @return false at the end of the stream; an incomplete frame there is dropped, since its writer died within it
     */
    public boolean read() throws IOException {
        makeRoom();
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            // What was handed over ends where a frame begins, or may begin: now it is known which.
            if (end > start && end - start < Integer.BYTES) {
                sink.raw(buffer, start, end - start);
            }
            return false;
        }
        end += count;
        handOver();
        return true;
    }

    private void handOver() throws IOException {
        while (start < end) {
            int at = frameStart(start);
            if (at > start) {
                sink.raw(buffer, start, at - start);
                start = at;
            }
            if (end - start < FrameLayout.HEADER) {
                return;
            }
            // Before the payload is there: what is no frame would swallow those that come after it.
            FrameType type = FrameType.of(buffer[start + FrameLayout.TYPE]);
            int length = FrameLayout.length(buffer, start);
            if (end - start < FrameLayout.HEADER + length) {
                return;
            }
            take(type, buffer[start + FrameLayout.FLAGS], start + FrameLayout.HEADER, length);
            start += FrameLayout.HEADER + length;
        }
    }

    private void take(FrameType type, int flags, int offset, int length) {
        boolean last = (flags & FrameLayout.LAST) != 0;
        Parts part = parts.get(type);
        if (part == null && (last || type.isStream())) {
            byte[] message = new byte[length];
            System.arraycopy(buffer, offset, message, 0, length);
            sink.message(type, message);
            return;
        }
        int head = 0;
        if (part == null) {
            int total = 4 * length;
            if ((flags & FrameLayout.TOTAL) != 0 && length >= Integer.BYTES) {
                total = FrameLayout.getInt(buffer, offset);
                head = Integer.BYTES;
            }
            part = new Parts(Math.max(length, Math.min(total, MOST_AHEAD)));
            parts.put(type, part);
        }
        part.add(buffer, offset + head, length - head);
        if (last) {
            parts.remove(type);
            sink.message(type, part.whole());
        }
    }

    /** A message that comes in several frames. */
    private static final class Parts {
        private byte[] bytes;
        private int length;

        Parts(int expected) {
            bytes = new byte[expected];
        }

        void add(byte[] source, int offset, int count) {
            if (count > bytes.length - length) {
                int needed = Math.addExact(length, count);
                bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, 2L * length)));
            }
            System.arraycopy(source, offset, bytes, length, count);
            length += count;
        }

        byte[] whole() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }

    /** The position where a frame begins or may begin, or the end. */
    private int frameStart(int from) {
        for (int at = from; at < end; at++) {
            if (mayBeMagic(at)) {
                return at;
            }
        }
        return end;
    }

    private boolean mayBeMagic(int at) {
        int known = Math.min(Integer.BYTES, end - at);
        for (int i = 0; i < known; i++) {
            if (buffer[at + i] != (byte) (FrameLayout.MAGIC_VALUE >>> (24 - 8 * i))) {
                return false;
            }
        }
        return true;
    }

    private void makeRoom() {
        if (start == end) {
            if (end == buffer.length && end < LARGE) {
                buffer = new byte[LARGE];
            }
            start = 0;
            end = 0;
        }
        if (end < buffer.length) {
            return;
        }
        boolean grow = start == 0 || buffer.length < LARGE; // it was full: there is more than it holds
        byte[] target = grow ? new byte[Math.max(LARGE, start == 0 ? 2 * buffer.length : 0)] : buffer;
        System.arraycopy(buffer, start, target, 0, end - start);
        end -= start;
        start = 0;
        buffer = target;
    }
}
