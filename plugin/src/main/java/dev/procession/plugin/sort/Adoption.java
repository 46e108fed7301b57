package dev.procession.plugin.sort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * With a damaged journal: a file that cannot be told from the copy that we would make is taken for the one that we have
 * made. Otherwise what the journal does not know is the user's own, and only its name is of interest.
 */
final class Adoption {
    private final SortPlaces places;
    private final OutputNames names;
    private final Recognition recognition;
    private final Traces traces;
    private final SortPlan plan;
    private final LongSet known = new LongSet();

    Adoption(
            SortPlaces places,
            Memory memory,
            OutputNames names,
            Recognition recognition,
            Traces traces,
            SortPlan plan)
            throws IOException {
        this.places = places;
        this.names = names;
        this.recognition = recognition;
        this.traces = traces;
        this.plan = plan;
        try (Cursor<JournalEntry> entries = memory.entries()) {
            for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                known.add(NameHash.of(entry.target()));
            }
        }
    }

    /** Under its own name, or a numbered one. */
    boolean adopt(Wanted file, boolean numbered) throws IOException {
        if (!numbered) {
            return adopt(file, file.name());
        }
        for (int number = 2; ; number++) {
            String name = NumberedName.of(file.name(), number);
            if (!Files.exists(RawName.resolve(names.path(file.folder()), name), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            if (adopt(file, name)) {
                return true;
            }
        }
    }

    private boolean adopt(Wanted file, String name) throws IOException {
        String target = file.folder() + "/" + name;
        if (known.contains(NameHash.of(target))) {
            return false;
        }
        Path copy = RawName.resolve(places.output(), target);
        Path source = RawName.resolve(places.source(), file.file().path());
        PlaceOutcome.Done done;
        try {
            done = traces.ofCopy(source, copy);
        } catch (IOException e) {
            return false;
        }
        if (done == null) {
            return false;
        }
        known.add(NameHash.of(target));
        String key = places.keyPrefix() + file.file().path();
        JournalEntry now = new JournalEntry(
                key,
                file.file().stat(),
                target,
                done.placed(),
                done.sum(),
                recognition.settled(file.file().stat()),
                How.COPIED);
        plan.note(new Result(0, Step.NOTE, key, now, null));
        plan.unchanged(file.file().stat().size());
        names.expect(target);
        return true;
    }
}
