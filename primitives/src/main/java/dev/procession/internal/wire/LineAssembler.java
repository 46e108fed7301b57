package dev.procession.internal.wire;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes whole lines of the pieces that come. Ends of lines are LF and CR LF. One thread uses it.
 *
 * <p>A line of more than {@link #LONGEST} bytes is handed over in parts, so that a child that prints without end cannot
 * exhaust the memory of its parent.
 */
public final class LineAssembler {
    /** Bytes. */
    static final int LONGEST = 1 << 20;

    private final Charset charset;
    private final Consumer<String> lines;
    private byte[] pending = new byte[256];
    private int length;

    /**
     * @param charset how the bytes are to be read; malformed ones become the replacement character
     * @param lines who takes the lines, without their ends
     */
    public LineAssembler(Charset charset, Consumer<String> lines) {
        this.charset = charset;
        this.lines = lines;
    }

    /** Takes a piece and hands over the lines that it completes. */
    public void add(byte[] source, int offset, int count) {
        int from = offset;
        int end = offset + count;
        for (int i = offset; i < end; i++) {
            if (source[i] == '\n') {
                append(source, from, i - from);
                int without = length > 0 && pending[length - 1] == '\r' ? length - 1 : length;
                emit(without);
                from = i + 1;
            }
        }
        append(source, from, end - from);
    }

    /** Hands over what has no end of line yet: nothing more will come. */
    public void finish() {
        if (length > 0) {
            emit(length);
        }
    }

    private void append(byte[] source, int offset, int count) {
        int from = offset;
        int left = count;
        while (left > 0) {
            if (length == LONGEST) {
                emit(length);
            }
            int part = Math.min(left, LONGEST - length);
            if (pending.length < length + part) {
                pending = Arrays.copyOf(pending, Math.max(length + part, Math.min(2 * pending.length, LONGEST)));
            }
            System.arraycopy(source, from, pending, length, part);
            length += part;
            from += part;
            left -= part;
        }
    }

    private void emit(int count) {
        String line = new String(pending, 0, count, charset);
        length = 0;
        lines.accept(line);
    }
}
