package dev.procession.plugin.bundle.read;

import dev.procession.plugin.bundle.map.Vlq;
import java.util.Arrays;

/**
 * Writes a file's share of the source map: a segment wherever a word or a run of punctuation begins, and at every
 * line's start.
 *
 * <p>A file is moved down by whole lines and never sideways, so its columns are those of the bundle and, but for the
 * very first segment, all numbers are the same wherever it lands. The writer puts that first segment, which stands for
 * line 0 and column 0 of a file that is not empty.
 */
final class MappingEncoder {
    private static final int SPACE = 0;
    private static final int WORD = 1;
    private static final int PUNCTUATION = 2;
    private static final byte[] KINDS = kinds();

    private byte[] out = new byte[16 * 1024];
    private int size;
    private int lineBreaks;
    private int lastLine;
    private int lastColumn;

    /** Scans a text. With {@code encode} false it only counts lines. */
    void scan(char[] chars, int length, boolean encode) {
        size = 0;
        lineBreaks = 0;
        lastLine = 0;
        lastColumn = 0;
        int lineStart = 0;
        // The column in the bundle of the last segment on this line, or -1 when it has none yet.
        int lastOnLine = length > 0 ? 0 : -1;
        int before = encode && length > 0 ? kind(chars[0]) : SPACE;
        for (int i = encode && length > 0 && !LineBreak.is(chars[0]) ? 1 : 0; i < length; i++) {
            char c = chars[i];
            if (c <= '\r' || c >= '\u2028') {
                if (LineBreak.is(c)) {
                    if (c == '\r' && i + 1 < length && chars[i + 1] == '\n') {
                        i++;
                    }
                    lineBreaks++;
                    lineStart = i + 1;
                    lastOnLine = -1;
                    before = SPACE;
                    if (encode) {
                        room();
                        out[size++] = ';';
                    }
                    continue;
                }
            }
            if (encode) {
                int kind = kind(c);
                if (lastOnLine < 0 || (kind != before && kind != SPACE)) {
                    segment(i - lineStart, lastOnLine);
                    lastOnLine = i - lineStart;
                }
                before = kind;
            }
        }
    }

    private void segment(int column, int lastOnLine) {
        room();
        int at = size;
        if (lastOnLine >= 0) {
            out[at++] = ',';
        }
        at = Vlq.put(out, at, column - Math.max(lastOnLine, 0));
        out[at++] = 'A';
        at = Vlq.put(out, at, lineBreaks - lastLine);
        size = Vlq.put(out, at, column - lastColumn);
        lastLine = lineBreaks;
        lastColumn = column;
    }

    private void room() {
        if (out.length - size < 2 + 3 * Vlq.LONGEST) {
            out = Arrays.copyOf(out, 2 * out.length);
        }
    }

    private static int kind(char c) {
        return c < 128 ? KINDS[c] : WORD;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (int c = 0; c < 128; c++) {
            boolean word = Character.isLetterOrDigit(c) || c == '_' || c == '$';
            kinds[c] = (byte) (word ? WORD : c <= ' ' ? SPACE : PUNCTUATION);
        }
        return kinds;
    }

    byte[] mappings() {
        return Arrays.copyOf(out, size);
    }

    int lineBreaks() {
        return lineBreaks;
    }

    int lastLine() {
        return lastLine;
    }

    int lastColumn() {
        return lastColumn;
    }
}
