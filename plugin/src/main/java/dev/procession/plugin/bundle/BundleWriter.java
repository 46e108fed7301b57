package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.Piece.Prologue;
import dev.procession.plugin.work.FileName;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Joins pieces into one script, and their mappings into one. */
final class BundleWriter {
    private final BundlePlan plan;
    private final List<Piece> pieces;
    private final Mappings mappings = new Mappings();

    BundleWriter(BundlePlan plan, List<Piece> pieces) {
        this.plan = plan;
        this.pieces = pieces;
    }

    /** Writes the script; afterwards {@link #mappings()} is complete. */
    void write(OutputStream target) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(target, 64 * 1024);
        out.write(plan.banner().getBytes(StandardCharsets.UTF_8));
        mappings.skipLines(LineBreak.count(plan.banner()));
        if (new StrictMode(plan, pieces).needsGuard()) {
            separate(out);
        }
        boolean open = false;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece.text.length == 0) {
                continue;
            }
            if (piece.prologue != Prologue.NO_CODE) {
                if (open) {
                    separate(out);
                }
                open = !piece.ending.withSemicolon();
            }
            mappings.begin(i);
            mappings.add(piece);
            writePatched(out, piece);
            if (!piece.ending.withLineBreak()) {
                out.write('\n');
                mappings.skipLines(1);
            } else if (piece.ending.withLoneCarriageReturn()) {
                // One line break with the CR before it, so the lines stay as counted whatever comes next.
                out.write('\n');
            }
        }
        Path map = plan.map();
        if (map != null) {
            out.write(("//# sourceMappingURL=" + url(map) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    private void separate(OutputStream out) throws IOException {
        out.write(';');
        out.write('\n');
        mappings.skipLines(1);
    }

    private static void writePatched(OutputStream out, Piece piece) throws IOException {
        int from = 0;
        for (int i = 0; i < piece.patchedAt.length; i++) {
            out.write(piece.text, from, piece.patchedAt[i] - from);
            out.write(piece.patches[i]);
            from = piece.patchedAt[i] + 1;
        }
        out.write(piece.text, from, piece.text.length - from);
    }

    /** The map's address as seen from the bundle. A colon would make a scheme of what stands before it. */
    private static String url(Path map) {
        Path directory = map.getParent();
        return FileName.encoded(FileName.of(directory == null ? map : directory, map))
                .replace(":", "%3A");
    }

    Mappings mappings() {
        return mappings;
    }

    /** The {@code mappings} of the whole bundle. */
    static final class Mappings {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
        private final byte[] segment = new byte[4 * Vlq.LONGEST];
        private int source;
        private int line;
        private int column;

        void skipLines(int count) {
            for (int i = 0; i < count; i++) {
                out.write(';');
            }
        }

        /** The first segment of source {@code index}: its line 0, column 0, at the start of a line of the bundle. */
        private void begin(int index) {
            int at = Vlq.put(segment, 0, 0);
            at = Vlq.put(segment, at, index - source);
            at = Vlq.put(segment, at, -line);
            at = Vlq.put(segment, at, -column);
            out.write(segment, 0, at);
            source = index;
        }

        private void add(Piece piece) {
            out.write(piece.mappings, 0, piece.mappings.length);
            line = piece.lastLine;
            column = piece.lastColumn;
        }

        String text() {
            return out.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
