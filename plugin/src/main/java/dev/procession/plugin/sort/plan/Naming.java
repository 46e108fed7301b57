package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.copy.Recognition;
import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.sort.settings.Collisions;
import dev.procession.plugin.sort.settings.SortMode;
import dev.procession.plugin.sort.settings.SortSettings;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.LongSet;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.sort.store.SpillList;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives names to the files that have none yet; the second and the third pass of the {@link Planner}. */
final class Naming {
    private final SortPlaces places;
    private final SortSettings settings;
    private final Memory memory;
    private final OutputNames names;
    private final Recognition recognition;
    private final Scratch scratch;
    private final SortPlan plan;
    private final Failures failures;
    private final @Nullable Adoption adoption;
    private final KnownDuplicates known;
    private final String keyPrefix;
    private final Failures collisions = new Failures();
    private final Duplicates duplicates;
    private final Map<Long, Long> winners = new HashMap<>();
    private final List<Wanted> displacing = new ArrayList<>();

    Naming(
            SortPlaces places,
            SortSettings settings,
            Memory memory,
            OutputNames names,
            Recognition recognition,
            Scratch scratch,
            SortPlan plan,
            Failures failures,
            @Nullable Adoption adoption,
            KnownDuplicates known,
            Runners runners) {
        this.places = places;
        this.settings = settings;
        this.memory = memory;
        this.names = names;
        this.recognition = recognition;
        this.scratch = scratch;
        this.plan = plan;
        this.failures = failures;
        this.adoption = adoption;
        this.known = known;
        this.keyPrefix = places.keyPrefix();
        this.duplicates = new Duplicates(places, runners);
    }

    void nameAll(SpillList<Wanted> wanted) throws IOException, InterruptedException {
        SpillList<Wanted> unique = wanted;
        if (settings.collisions() == Collisions.DEDUPE) {
            unique = new SpillList<>(scratch, Wanted.CODEC);
            duplicates.find(wanted, memory, known, unique);
        }
        if (settings.collisions() == Collisions.OVERWRITE) {
            findWinners(unique);
        }
        SpillList<Wanted> collided = new SpillList<>(scratch, Wanted.CODEC);
        try (Cursor<Wanted> files = unique.values()) {
            for (Wanted file = files.next(); file != null; file = files.next()) {
                if (isLoser(file)) {
                    lose(file);
                } else if (names.take(file.folder(), file.name())) {
                    place(file, file.name());
                } else if (!isAdopted(file, false)) {
                    collide(file, collided);
                }
            }
        }
        if (collisions.count() > 0) {
            throw new SortFailedException("<collisions>fail</collisions>: " + collisions.count() + " of the names are"
                    + " taken, so nothing was done" + System.lineSeparator() + "  - "
                    + String.join(System.lineSeparator() + "  - ", collisions.lines()) + System.lineSeparator()
                    + "rename these, or choose rename, skip, overwrite or dedupe");
        }
        try (Cursor<Wanted> files = collided.values()) {
            for (Wanted file = files.next(); file != null; file = files.next()) {
                if (!isAdopted(file, true)) {
                    place(file, names.takeNumbered(file.folder(), file.name()));
                }
            }
        }
        displaceAll();
        settleDuplicates();
    }

    private boolean isAdopted(Wanted file, boolean numbered) throws IOException {
        String target = adoption == null ? null : adoption.adopt(file, numbered);
        if (target == null) {
            return false;
        }
        duplicates.placed(file.ordinal(), target);
        return true;
    }

    private void place(Wanted file, String name) throws IOException {
        duplicates.placed(file.ordinal(), file.folder() + "/" + name);
        plan.add(Placement.of(file.file(), keyPrefix + file.file().path(), file.folder(), name, file.name()));
    }

    private void collide(Wanted file, SpillList<Wanted> collided) throws IOException {
        String target = file.folder() + "/" + file.name();
        if (file.overwrites()) {
            displacing.add(file);
            return;
        }
        if (file.fixed()) {
            failures.add(shown(file) + " cannot be placed: the name " + RawName.shown(target)
                    + " is taken since the plan was made; write another one into the plan");
            return;
        }
        switch (settings.collisions()) {
            case SKIP -> plan.skip();
            case FAIL -> collisions.add(shown(file) + ": " + RawName.shown(target) + " is taken");
            case OVERWRITE -> displacing.add(file);
            default -> collided.add(file);
        }
    }

    /** Of the files that want one name the last one, in the order of the paths, is the one that gets it. */
    private void findWinners(SpillList<Wanted> wanted) throws IOException {
        LongSet seen = new LongSet();
        LongSet repeated = new LongSet();
        try (Cursor<Wanted> files = wanted.values()) {
            for (Wanted file = files.next(); file != null; file = files.next()) {
                long hash = names.hash(file.folder(), file.name());
                if (!seen.add(hash)) {
                    repeated.add(hash);
                }
            }
        }
        try (Cursor<Wanted> files = wanted.values()) {
            for (Wanted file = files.next(); file != null; file = files.next()) {
                long hash = names.hash(file.folder(), file.name());
                if (repeated.contains(hash)) {
                    winners.put(hash, file.ordinal());
                }
            }
        }
    }

    /**
     * Who loses is left where it is. A move keeps it aside, and does so before the winners are moved: else another run,
     * after a kill, would find no winner and take the last of the losers for one.
     */
    private void lose(Wanted file) throws IOException {
        if (settings.mode() == SortMode.MOVE) {
            plan.addFirst(aside(file.file()));
        } else {
            plan.skip();
        }
    }

    private Placement aside(SourceFile file) {
        return new Placement(Step.ASIDE, file, keyPrefix + file.path(), "", "", "", null, null);
    }

    private boolean isLoser(Wanted file) {
        Long winner = winners.isEmpty() ? null : winners.get(names.hash(file.folder(), file.name()));
        return winner != null && winner != file.ordinal();
    }

    /** Who overwrites takes the place of what is there: of an earlier copy, or of a file of the user's own. */
    private void displaceAll() throws IOException {
        if (displacing.isEmpty()) {
            return;
        }
        Map<String, Optional<JournalEntry>> known = new HashMap<>();
        for (Wanted file : displacing) {
            known.put(file.folder() + "/" + file.name(), Optional.empty());
        }
        try (Cursor<JournalEntry> entries = memory.entries()) {
            for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                if (entry.how() != How.DUPLICATE) {
                    known.replace(entry.target(), Optional.of(entry));
                }
            }
        }
        for (Wanted file : displacing) {
            String target = file.folder() + "/" + file.name();
            Optional<JournalEntry> holder = known.getOrDefault(target, Optional.empty());
            Path path = RawName.resolve(places.output(), target);
            BasicFileAttributes found = Traces.look(path);
            if (holder.isPresent() && isHeldByThisSource(holder.get())) {
                // Its source is there, and has the place: who comes later loses, as on the first run.
                lose(file);
            } else if (found == null || !found.isRegularFile()) {
                failures.add(shown(file) + " cannot be placed: " + RawName.shown(path) + " is no file that could be"
                        + " overwritten; move it away");
            } else {
                plan.add(new Placement(
                        Step.DISPLACE,
                        file.file(),
                        keyPrefix + file.file().path(),
                        file.folder(),
                        file.name(),
                        file.name(),
                        FileStat.of(found),
                        holder.orElse(null)));
            }
        }
    }

    private boolean isHeldByThisSource(JournalEntry holder) throws IOException {
        return holder.how() != How.MOVED
                && holder.key().startsWith(keyPrefix)
                && Traces.look(RawName.resolve(places.output(), holder.key()).normalize()) != null;
    }

    private void settleDuplicates() throws IOException {
        for (Duplicates.Duplicate duplicate : duplicates.found()) {
            SourceFile file = duplicate.file();
            String key = keyPrefix + file.path();
            plan.duplicate();
            if (settings.mode() == SortMode.MOVE) {
                plan.add(aside(file));
            } else {
                JournalEntry now = new JournalEntry(
                        key,
                        file.stat(),
                        duplicate.original().target(),
                        duplicate.original().placed(),
                        JournalEntry.NO_SUM,
                        recognition.settled(file.stat()),
                        How.DUPLICATE);
                plan.note(new Result(0, Step.NOTE, key, now, null));
            }
        }
    }

    private String shown(Wanted file) {
        return RawName.shown(RawName.resolve(places.source(), file.file().path()));
    }
}
