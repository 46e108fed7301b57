package dev.procession.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;

/**
 * Splits a stream into messages and the raw bytes between them. One thread reads.
 *
 * <p>Output frames are handed over as they come; the frames of every other type are put together until the last one.
 */
public final class FrameReader {
    private final InputStream in;
    private final FrameSink sink;
    private final Map<FrameType, ByteArrayOutputStream> parts = new EnumMap<>(FrameType.class);
    private byte[] buffer = new byte[16 * 1024];
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
            int length = FrameLayout.length(buffer, start);
            if (end - start < FrameLayout.HEADER + length) {
                return;
            }
            FrameType type = FrameType.of(buffer[start + FrameLayout.TYPE]);
            boolean last = (buffer[start + FrameLayout.FLAGS] & FrameLayout.LAST) != 0;
            take(type, last, start + FrameLayout.HEADER, length);
            start += FrameLayout.HEADER + length;
        }
    }

    private void take(FrameType type, boolean last, int offset, int length) {
        ByteArrayOutputStream part = parts.get(type);
        boolean stream = type == FrameType.OUTPUT || type == FrameType.ERROR_OUTPUT;
        if (part == null && (last || stream)) {
            byte[] message = new byte[length];
            System.arraycopy(buffer, offset, message, 0, length);
            sink.message(type, message);
            return;
        }
        if (part == null) {
            part = new ByteArrayOutputStream(4 * length);
            parts.put(type, part);
        }
        part.write(buffer, offset, length);
        if (last) {
            parts.remove(type);
            sink.message(type, part.toByteArray());
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
            start = 0;
            end = 0;
        }
        if (end < buffer.length) {
            return;
        }
        byte[] target = start > 0 ? buffer : new byte[2 * buffer.length];
        System.arraycopy(buffer, start, target, 0, end - start);
        end -= start;
        start = 0;
        buffer = target;
    }
}
