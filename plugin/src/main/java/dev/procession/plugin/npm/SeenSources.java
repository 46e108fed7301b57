package dev.procession.plugin.npm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the file system says of all that may hold packages, without any content being read. */
public final class SeenSources {
    private final List<String> lines = new ArrayList<>();
    private final List<SourceState> states = new ArrayList<>();

    private SeenSources() {}

    /**
     * Looks at sources.
     *
     * @param sources what may hold packages
     * @return what was seen
     * @throws IOException when one of them cannot be looked at
     */
    public static SeenSources of(List<PackageSource> sources) throws IOException {
        SeenSources seen = new SeenSources();
        for (PackageSource source : sources) {
            SourceState state = SourceState.of(source.file());
            seen.states.add(state);
            seen.lines.add(ViewRecord.sourceLine(source, state));
        }
        return seen;
    }

    /**
     * All of it.
     *
     * @return one line; equal texts for equal sights
     */
    public String text() {
        return String.join(" ", lines);
    }

    /**
     * Whether nothing can have changed unseen since somebody looked, by git's rule.
     *
     * @param nanos when that was, since the epoch
     * @return whether all of them were old then
     */
    public boolean wereOldAt(long nanos) {
        for (SourceState state : states) {
            if (!state.wasOldAt(nanos)) {
                return false;
            }
        }
        return true;
    }

    List<String> lines() {
        return lines;
    }

    List<SourceState> states() {
        return states;
    }
}
