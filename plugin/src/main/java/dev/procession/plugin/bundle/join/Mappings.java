package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.map.Vlq;
import dev.procession.plugin.bundle.read.Piece;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The {@code mappings} of a whole output, written from its start to its end. */
final class Mappings {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
    private final byte[] segment = new byte[5 * Vlq.LONGEST];
    private boolean fresh = true;
    private int outputColumn;
    private int source;
    private int line;
    private int column;
    private int name;

    void skipLines(int count) {
        for (int i = 0; i < count; i++) {
            out.write(';');
        }
        if (count > 0) {
            fresh = true;
            outputColumn = 0;
        }
    }

    /** A file that is in the output as it is, from the start of a line on. */
    void add(int index, Piece piece) {
        // The first segment: line 0 and column 0 of the source.
        segment(0, index, 0, 0, -1);
        out.write(piece.mappings, 0, piece.mappings.length);
        line = piece.lastLine;
        column = piece.lastColumn;
        fresh = piece.ending.withLineBreak();
        outputColumn = 0;
    }

    /**
     * One segment on the current line.
     *
     * @param index the source, or -1 when the place comes from none
     * @param named the name, or -1
     */
    void segment(int atColumn, int index, int sourceLine, int sourceColumn, int named) {
        int at = Vlq.put(segment, 0, atColumn - outputColumn);
        outputColumn = atColumn;
        if (index >= 0) {
            at = Vlq.put(segment, at, index - source);
            at = Vlq.put(segment, at, sourceLine - line);
            at = Vlq.put(segment, at, sourceColumn - column);
            source = index;
            line = sourceLine;
            column = sourceColumn;
            if (named >= 0) {
                at = Vlq.put(segment, at, named - name);
                name = named;
            }
        }
        if (!fresh) {
            out.write(',');
        }
        fresh = false;
        out.write(segment, 0, at);
    }

    String text() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
