package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.map.MapSources;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a joined text once it is written: its map, and where its lines come from. */
final class Joined {
    final Mappings mappings = new Mappings();
    final MapSources sources = new MapSources();
    private final List<Placed> places = new ArrayList<>();

    void place(Placed placed) {
        places.add(placed);
    }

    /** Whose line it is; null for a line that was added. */
    @Nullable
    Placed placeOf(int line) {
        int low = 0;
        int high = places.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (places.get(middle).firstLine() <= line) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high < 0 ? null : places.get(high);
    }

    Placed.@Nullable Origin origin(int line, int column) {
        Placed placed = placeOf(line);
        return placed == null ? null : placed.origin(line, column);
    }
}
