package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.copy.Recognition;
import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.journal.MemoryGaps;
import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.name.NameHash;
import dev.procession.plugin.sort.name.NumberedName;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.HalfFile;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.sort.settings.SortMode;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.LongSet;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the memory has {@linkplain MemoryGaps gaps}: a file that cannot be told from the copy that we would make is taken
 * for the one that we have made. Otherwise what the journal does not know is the user's own, and only its name is of
 * interest. It may be his own all the same: so it is remembered like a copy, but undoing this run leaves it.
 */
final class Adoption {
    private final SortPlaces places;
    private final SortMode mode;
    private final Memory memory;
    private final OutputNames names;
    private final Recognition recognition;
    private final SortPlan plan;
    private final UnchangedFiles unchanged;
    private final Content content = Content.ofThread();
    /** Numbered names that nobody is known to have, by the name that they are numbers of. */
    private final Map<Long, List<String>> unknown = new HashMap<>();

    private @Nullable LongSet known;
    private int count;

    Adoption(
            SortPlaces places,
            SortMode mode,
            Memory memory,
            OutputNames names,
            Recognition recognition,
            SortPlan plan,
            UnchangedFiles unchanged) {
        this.places = places;
        this.mode = mode;
        this.memory = memory;
        this.names = names;
        this.recognition = recognition;
        this.plan = plan;
        this.unchanged = unchanged;
    }

    /** How many files were adopted. */
    int count() {
        return count;
    }

    /** Under its own name, or a numbered one: tells which, as a raw path, or null. */
    @Nullable
    String adopt(Wanted file, boolean numbered) throws IOException {
        if (!numbered) {
            return isAdopted(file, file.name()) ? target(file, file.name()) : null;
        }
        List<String> candidates = unknown.get(names.hash(file.folder(), file.name()));
        if (candidates == null) {
            candidates = candidates(file);
            unknown.put(names.hash(file.folder(), file.name()), candidates);
        }
        for (String name : candidates) {
            if (isAdopted(file, name)) {
                candidates.remove(name);
                return target(file, name);
            }
        }
        return null;
    }

    private static String target(Wanted file, String name) {
        return file.folder() + "/" + name;
    }

    private List<String> candidates(Wanted file) throws IOException {
        List<String> candidates = new ArrayList<>();
        int number = 2;
        for (String name = NumberedName.of(file.name(), number);
                names.isTaken(file.folder(), name);
                name = NumberedName.of(file.name(), ++number)) {
            if (!known().contains(NameHash.of(target(file, name)))) {
                candidates.add(name);
            }
        }
        return candidates;
    }

    private LongSet known() throws IOException {
        LongSet targets = known;
        if (targets == null) {
            targets = new LongSet();
            try (Cursor<JournalEntry> entries = memory.entries()) {
                for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                    // A duplicate has no file, it only tells whose content it has.
                    if (entry.how() != How.DUPLICATE) {
                        targets.add(NameHash.of(entry.target()));
                    }
                }
            }
            known = targets;
        }
        return targets;
    }

    private boolean isAdopted(Wanted file, String name) throws IOException {
        String target = target(file, name);
        if (known().contains(NameHash.of(target))) {
            return false;
        }
        Path there = RawName.resolve(places.output(), target);
        String key = places.keyPrefix() + file.file().path();
        FileStat copy;
        boolean half;
        JournalEntry now;
        try {
            BasicFileAttributes found = Traces.look(there);
            if (found == null || !found.isRegularFile()) {
                return false;
            }
            copy = FileStat.of(found);
            half = HalfFile.is(there) && copy.size() <= file.file().stat().size();
            now = half ? null : entry(file.file(), key, target, copy);
        } catch (IOException e) {
            return false;
        }
        if (half) {
            // Whoever has given his own file this mode gets it back when this is undone.
            plan.add(new Placement(Step.DISPLACE, file.file(), key, file.folder(), name, file.name(), copy, null));
        } else if (now == null) {
            return false;
        } else if (mode == SortMode.MOVE) {
            // As with every copy of a file that is to be moved: the file itself gets its place.
            plan.add(new Placement(Step.REPLACE, file.file(), key, file.folder(), name, file.name(), copy, now));
            count++;
        } else {
            plan.note(new Result(0, Step.NOTE, key, now, null));
            plan.unchanged(file.file().stat().size());
            names.expect(target);
            unchanged.take(target, file.file().stat().size(), now.sum());
            count++;
        }
        known().add(NameHash.of(target));
        return true;
    }

    /** What is to be remembered of a file, if it cannot be told from the copy of a source; else null. */
    private @Nullable JournalEntry entry(SourceFile file, String key, String target, FileStat copy) throws IOException {
        boolean settled = recognition.settled(file.stat());
        if (!copy.key().equals("-") && copy.key().equals(file.stat().key())) {
            return new JournalEntry(key, file.stat(), target, copy, JournalEntry.NO_SUM, true, How.LINKED);
        }
        Path there = RawName.resolve(places.output(), target);
        if (!Recognition.mayBeCopy(file.stat(), copy)
                || !content.same(RawName.resolve(places.source(), file.path()), there)) {
            return null;
        }
        FileStat placed = new FileStat(copy.size(), copy.modifiedNanos(), Recognition.UNKNOWN);
        return new JournalEntry(key, file.stat(), target, placed, content.sum(there), settled, How.COPIED);
    }
}
