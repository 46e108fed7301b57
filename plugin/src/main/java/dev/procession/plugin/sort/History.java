package dev.procession.plugin.sort;

import java.io.IOException;
import java.util.List;

/** The runs that an output remembers so well that they can be undone. */
final class History {
    private final OwnPlaces own;
    private final Scratch scratch;

    History(OwnPlaces own, Scratch scratch) {
        this.own = own;
        this.scratch = scratch;
    }

    /** Forgets all but the last ones. */
    void keepOnly(int runs) throws IOException {
        List<OwnPlaces.Run> all = own.runs();
        if (all.size() > runs) {
            forget(all.subList(0, all.size() - runs));
        }
    }

    /** What they placed stays known; how it was before does not, and what they displaced goes. */
    void forget(List<OwnPlaces.Run> runs) throws IOException {
        Memory.open(own, scratch).merge();
        for (OwnPlaces.Run run : runs) {
            run.remove();
        }
    }
}
