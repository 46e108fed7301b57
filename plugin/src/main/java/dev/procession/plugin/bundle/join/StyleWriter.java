package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.map.InputMap;
import dev.procession.plugin.bundle.map.Segments;
import dev.procession.plugin.bundle.read.StylePiece;
import dev.procession.plugin.bundle.read.StyleText;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins style sheets into one, and their mappings into one. Ahead of all rules stand the charset, the imports and the
 * namespaces of all of them, in the order of the files, since browsers obey them nowhere else.
 */
final class StyleWriter {
    private final BundlePlan plan;
    private final List<StylePiece> pieces;
    private final List<Optional<InputMap>> maps;
    private final Joined joined = new Joined();
    private final List<Placed> files = new ArrayList<>();
    private int line;

    /**
     * @param maps for each piece the source map that it came with
     */
    StyleWriter(BundlePlan plan, List<StylePiece> pieces, List<Optional<InputMap>> maps) {
        this.plan = plan;
        this.pieces = pieces;
        this.maps = maps;
    }

    /** Writes the style sheet, without a link to its map. */
    Joined write(OutputStream target) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(target, 64 * 1024);
        if (!isAscii()) {
            // Only at the very first byte, and only in this spelling.
            out.write("@charset \"UTF-8\";\n".getBytes(StandardCharsets.US_ASCII));
            skipLines(1);
        }
        write(out, plan.banner());
        skipLines(breaks(plan.banner()));
        for (int i = 0; i < pieces.size(); i++) {
            InputMap map = maps.get(i).orElse(null);
            List<Integer> sources = map == null
                    ? List.of(joined.sources.add(plan.inputs().get(i).name(), pieces.get(i).text))
                    : joined.sources.add(map);
            int symbol = map == null ? 0 : joined.sources.addSymbols(map.names());
            files.add(new Placed(0, i, sources, symbol, null, map));
        }
        heads(out, false);
        heads(out, true);
        for (int i = 0; i < pieces.size(); i++) {
            body(out, i);
        }
        out.flush();
        return joined;
    }

    /** What the user should know: rules that came before an import now come after it. */
    void warn(BuildLog log) {
        String rules = null;
        for (int i = 0; i < pieces.size(); i++) {
            if (rules != null && pieces.get(i).heads.stream().anyMatch(StylePiece.Head::effective)) {
                log.warn("bundle " + Shown.text(plan.label()) + ": @import in "
                        + Shown.text(plan.inputs().get(i).name()) + " comes before the rules of " + Shown.text(rules)
                        + " now, since a style sheet has its imports at its start; list the file first if that changes"
                        + " the page");
                return;
            }
            if (rules == null && pieces.get(i).withRules) {
                rules = plan.inputs().get(i).name();
            }
        }
    }

    private boolean isAscii() {
        if (!plan.banner().chars().allMatch(c -> c < 128)) {
            return false;
        }
        for (StylePiece piece : pieces) {
            for (byte b : piece.text) {
                if (b < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private void heads(OutputStream out, boolean namespaces) throws IOException {
        boolean imported = false;
        for (int i = 0; i < pieces.size(); i++) {
            for (StylePiece.Head head : pieces.get(i).heads) {
                if (head.namespace() == namespaces) {
                    Segments moved = new Segments();
                    moved.add(0, 0, 0, head.line(), head.column(), -1);
                    place(i, moved);
                    boolean layer = !head.namespace() && !head.effective();
                    write(out, (layer && imported ? layerBehindImport(head.text()) : head.text()) + "\n");
                    imported |= head.effective();
                    skipLines(1);
                }
            }
        }
    }

    /** Browsers ignore imports behind a layer that follows an import; so the layer is imported as well. */
    private static String layerBehindImport(String text) {
        return "@import \"data:text/css;charset=utf-8," + FileName.encoded(text) + "\";";
    }

    private void body(OutputStream out, int index) throws IOException {
        StylePiece piece = pieces.get(index);
        if (piece.body.isEmpty()) {
            return;
        }
        place(index, piece.segments);
        write(out, piece.body);
        line += piece.lineBreaks;
        // Nothing that a file leaves open may reach the next one.
        write(out, piece.completion);
        char last = piece.body.charAt(piece.body.length() - 1);
        if (!StyleText.isLineBreak(last) || last == '\r' || !piece.completion.isEmpty()) {
            write(out, "\n");
            if (last != '\r' || !piece.completion.isEmpty()) {
                skipLines(1);
            }
        }
    }

    private void place(int index, Segments moved) {
        Placed file = files.get(index);
        Placed placed = new Placed(line, index, file.sources(), file.symbol(), moved, file.map());
        joined.place(placed);
        int mapped = 0;
        for (int i = 0; i < moved.size(); i++) {
            joined.mappings.skipLines(moved.line(i) - mapped);
            mapped = moved.line(i);
            Placed.Origin origin = placed.origin(line + moved.line(i), moved.column(i));
            if (origin == null) {
                joined.mappings.segment(moved.column(i), -1, 0, 0, -1);
            } else {
                joined.mappings.segment(
                        moved.column(i), origin.source(), origin.line(), origin.column(), origin.symbol());
            }
        }
        joined.mappings.skipLines(pieces.get(index).segments == moved ? pieces.get(index).lineBreaks - mapped : 0);
    }

    private void skipLines(int count) {
        joined.mappings.skipLines(count);
        line += count;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int breaks(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }
}
