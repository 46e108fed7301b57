package dev.procession.plugin.sort.journal;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.store.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;

/** The runs that an output remembers so well that they can be undone. */
public final class History {
    private final OwnPlaces own;
    private final Scratch scratch;
    private final BuildLog log;

    public History(OwnPlaces own, Scratch scratch, BuildLog log) {
        this.own = own;
        this.scratch = scratch;
        this.log = log;
    }

    /** Forgets all but the last ones. */
    public void keepOnly(int runs) throws IOException {
        List<OwnPlaces.Run> all = own.runs();
        if (all.size() > runs) {
            forget(all.subList(0, all.size() - runs));
        }
    }

    /**
     * What they placed stays known; how it was before does not, and what they displaced goes. That goes first, since
     * somebody may do this to make room. Where there is none all the same, their journals stay for as long.
     */
    public void forget(List<OwnPlaces.Run> runs) throws IOException {
        for (OwnPlaces.Run run : runs) {
            own.forget(run);
        }
        try {
            Memory.open(own, scratch).merge();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException | UncheckedIOException e) {
            log.debug("the journals of forgotten runs stay until there is room to merge them: " + e);
        }
    }
}
