package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.map.InputMap;
import dev.procession.plugin.bundle.map.Segments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input's place in a joined text: whole lines.
 *
 * @param firstLine the line of the joined text that it begins on
 * @param input which input it is
 * @param sources the index of its source; with a map, of each of the map's sources
 * @param symbol with a map, the index of its first name
 * @param moved what stands where, when it was changed on the way; null when lines and columns are those of the input
 * @param map the map that came with it, or null
 */
record Placed(
        int firstLine,
        int input,
        List<Integer> sources,
        int symbol,
        @Nullable Segments moved,
        @Nullable InputMap map) {

    Placed {
        sources = List.copyOf(sources);
    }

    /**
     * Where a place comes from.
     *
     * @param source the index of the source
     * @param line from 0
     * @param column from 0, in UTF-16 units
     * @param symbol the index of its name, or -1
     */
    record Origin(int source, int line, int column, int symbol) {}

    /** Where a place of the joined text comes from; null when from nowhere. */
    @Nullable
    Origin origin(int line, int column) {
        int inputLine = line - firstLine;
        int inputColumn = column;
        if (moved != null) {
            int at = moved.find(inputLine, inputColumn);
            if (at < 0) {
                return null;
            }
            inputLine = moved.sourceLine(at);
            inputColumn = moved.sourceColumn(at);
        }
        return map == null
                ? new Origin(sources.get(0), inputLine, inputColumn, -1)
                : origin(map, inputLine, inputColumn);
    }

    @Nullable
    private Origin origin(InputMap known, int line, int column) {
        Segments segments = known.segments();
        int at = segments.find(line, column);
        if (at < 0 || segments.source(at) < 0) {
            return null;
        }
        int name = segments.name(at);
        return new Origin(
                sources.get(segments.source(at)),
                segments.sourceLine(at),
                segments.sourceColumn(at),
                name < 0 ? -1 : symbol + name);
    }
}
