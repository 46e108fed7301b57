package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.map.InputMap;
import dev.procession.plugin.bundle.map.Segments;
import dev.procession.plugin.bundle.read.LineBreak;
import dev.procession.plugin.bundle.read.Piece;
import dev.procession.plugin.bundle.read.Piece.Prologue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Joins pieces into one script, and their mappings into one. */
final class BundleWriter {
    private final BundlePlan plan;
    private final List<Piece> pieces;
    private final List<Optional<InputMap>> maps;
    private final Joined joined = new Joined();
    private int line;

    /**
     * @param maps for each piece the source map that it came with
     */
    BundleWriter(BundlePlan plan, List<Piece> pieces, List<Optional<InputMap>> maps) {
        this.plan = plan;
        this.pieces = pieces;
        this.maps = maps;
    }

    /** Writes the script, without a link to its map. */
    Joined write(OutputStream target) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(target, 64 * 1024);
        out.write(plan.banner().getBytes(StandardCharsets.UTF_8));
        skipLines(LineBreak.count(plan.banner()));
        if (new StrictMode(plan, pieces).needsGuard()) {
            separate(out);
        }
        boolean open = false;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            InputMap map = maps.get(i).orElse(null);
            List<Integer> sources = map == null
                    ? List.of(joined.sources.add(plan.inputs().get(i).name(), piece.text))
                    : joined.sources.add(map);
            if (piece.text.length == 0) {
                continue;
            }
            if (piece.prologue != Prologue.NO_CODE) {
                if (open) {
                    separate(out);
                }
                open = !piece.ending.withSemicolon();
            }
            int symbol = map == null ? 0 : joined.sources.addSymbols(map.names());
            Placed placed = new Placed(line, i, sources, symbol, null, map);
            joined.place(placed);
            if (map == null) {
                joined.mappings.add(sources.get(0), piece);
            } else {
                addMapped(placed, map.segments(), piece.lineBreaks);
            }
            line += piece.lineBreaks;
            writePatched(out, piece);
            if (!piece.ending.withLineBreak()) {
                out.write('\n');
                skipLines(1);
            } else if (piece.ending.withLoneCarriageReturn()) {
                // One line break with the CR before it, so the lines stay as counted whatever comes next.
                out.write('\n');
            }
        }
        out.flush();
        return joined;
    }

    private void skipLines(int count) {
        joined.mappings.skipLines(count);
        line += count;
    }

    private void separate(OutputStream out) throws IOException {
        out.write(';');
        out.write('\n');
        skipLines(1);
    }

    /** The segments of the map that came with the input, which are moved down by whole lines. */
    private void addMapped(Placed placed, Segments segments, int lineBreaks) {
        int at = 0;
        for (int inputLine = 0; inputLine <= lineBreaks; inputLine++) {
            for (; at < segments.size() && segments.line(at) == inputLine; at++) {
                int from = segments.source(at);
                int name = segments.name(at);
                joined.mappings.segment(
                        segments.column(at),
                        from < 0 ? -1 : placed.sources().get(from),
                        segments.sourceLine(at),
                        segments.sourceColumn(at),
                        name < 0 ? -1 : placed.symbol() + name);
            }
            if (inputLine < lineBreaks) {
                joined.mappings.skipLines(1);
            }
        }
    }

    private static void writePatched(OutputStream out, Piece piece) throws IOException {
        int from = 0;
        for (int i = 0; i < piece.patchedAt.length; i++) {
            out.write(piece.text, from, piece.patchedAt[i] - from);
            out.write(piece.patches[i]);
            from = piece.patchedAt[i] + 1;
            if (piece.cutFrom == from) {
                from = piece.cutTo;
            }
        }
        out.write(piece.text, from, piece.text.length - from);
    }
}
