package dev.procession.plugin.sort.plan;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.content.FactReader;
import dev.procession.plugin.sort.copy.Recognition;
import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.journal.MemoryGaps;
import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.layout.FileFacts;
import dev.procession.plugin.sort.layout.Layout;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.sort.settings.Collisions;
import dev.procession.plugin.sort.settings.SortMode;
import dev.procession.plugin.sort.settings.SortRules;
import dev.procession.plugin.sort.settings.SortSettings;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.sort.store.SpillList;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides for every file what is to be done with it, before anything is done and on one thread: so the names depend on
 * what is there, and on nothing else.
 *
 * <p>Reads the source and the memory side by side, both in the order of the bytes of the paths. Files that an earlier run
 * placed keep their names. Of the others, in that order, each whose own name is free gets it; then those whose name was
 * taken get numbers, or what {@link Collisions} says. The own names come first, so that a real {@code a (2).txt} keeps
 * its name.
 */
public final class Planner {
    private static final int FACTS_AT_A_TIME = 256;

    private final SortPlaces places;
    private final SortSettings settings;
    private final SortRules rules;
    private final FactReader facts;
    private final Memory memory;
    private final OutputNames names;
    private final Recognition recognition;
    private final Failures failures;
    private final UnchangedFiles unchanged;
    private final Runners runners;
    private final BuildLog log;
    private final String keyPrefix;
    private final SpillList<Wanted> wanted;
    private final SpillList<JournalEntry> gone;
    private final Scratch scratch;
    private final SortPlan plan;
    private final KnownDuplicates duplicates;
    private final List<Wanted> waiting = new ArrayList<>();
    private long ordinal;

    public Planner(
            SortPlaces places,
            SortSettings settings,
            SortRules rules,
            FactReader facts,
            Memory memory,
            OutputNames names,
            Recognition recognition,
            Scratch scratch,
            Failures failures,
            UnchangedFiles unchanged,
            Runners runners,
            BuildLog log) {
        this.runners = runners;
        this.places = places;
        this.settings = settings;
        this.rules = rules;
        this.facts = facts;
        this.memory = memory;
        this.names = names;
        this.recognition = recognition;
        this.failures = failures;
        this.unchanged = unchanged;
        this.log = log;
        this.scratch = scratch;
        this.keyPrefix = places.keyPrefix();
        this.wanted = new SpillList<>(scratch, Wanted.CODEC);
        this.gone = new SpillList<>(scratch, Result.ENTRY);
        this.plan = new SortPlan(scratch);
        this.duplicates = new KnownDuplicates(places, plan, scratch);
    }

    /**
     * A file that is to be sorted.
     *
     * @param file what
     * @param fixed where it is to go; null when the layout says
     * @param overwrites whether it may take the place of somebody else's file there
     */
    record Wish(SourceFile file, Layout.@Nullable Target fixed, boolean overwrites) {}

    /**
     * Decides.
     *
     * @param prune whether copies whose source has gone are to be taken out
     */
    public SortPlan plan(Cursor<Wish> files, boolean prune) throws IOException, InterruptedException {
        recogniseAll(files);
        if (prune) {
            pruneAll();
        }
        duplicates.settle(file -> {
            ordinal++;
            want(new Wish(file, null, false));
        });
        readFacts();
        warnOfDamage();
        Adoption adoption = adoption();
        new Naming(places, settings, memory, names, recognition, scratch, plan, failures, adoption, duplicates, runners)
                .nameAll(wanted);
        if (adoption != null && memory.damages() == 0) {
            warnOfAdopted(adoption.count());
        }
        return plan;
    }

    private void recogniseAll(Cursor<Wish> files) throws IOException, InterruptedException {
        try (Cursor<JournalEntry> known = memory.entries()) {
            JournalEntry entry = known.next();
            for (Wish wish = files.next(); wish != null; wish = files.next()) {
                String key = keyPrefix + wish.file().path();
                int order = entry == null ? 1 : entry.memoryKey().compareTo(key);
                while (entry != null && order < 0) {
                    miss(entry);
                    entry = known.next();
                    order = entry == null ? 1 : entry.memoryKey().compareTo(key);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                ordinal++;
                if (entry == null || order > 0 || !keepsItsPlace(wish, entry)) {
                    want(wish);
                }
            }
            while (entry != null) {
                miss(entry);
                entry = known.next();
            }
        }
        readFacts();
    }

    private void miss(JournalEntry entry) throws IOException {
        if (entry.memoryKey().startsWith(keyPrefix)) {
            gone.add(entry);
        }
    }

    private boolean keepsItsPlace(Wish wish, JournalEntry entry) throws IOException {
        SourceFile file = wish.file();
        if (entry.how() == How.DUPLICATE) {
            if (wish.fixed() != null || !Recognition.believed(file, entry) || settings.mode() == SortMode.MOVE) {
                return false;
            }
            duplicates.add(file, entry);
            return true;
        }
        String target = entry.target();
        int slash = target.lastIndexOf('/');
        String folder = target.substring(0, slash);
        String name = target.substring(slash + 1);
        String obstacle = names.obstacle(folder);
        if (obstacle != null) {
            failures.add(shown(file) + " cannot be placed: " + obstacle);
            return true;
        }
        try {
            Recognition.Verdict verdict = recognition.of(file, entry);
            if (verdict instanceof Recognition.Verdict.Unchanged same) {
                keep(file, entry, same.entry(), same.copy(), Step.NOTE);
            } else if (verdict instanceof Recognition.Verdict.Touched touched) {
                keep(file, entry, touched.entry(), touched.copy(), Step.RETIME);
            } else if (verdict instanceof Recognition.Verdict.Missing) {
                if (!names.take(folder, name)) {
                    return false;
                }
                plan.add(new Placement(Step.PLACE, file, entry.key(), folder, name, file.name(), null, null));
            } else if (verdict instanceof Recognition.Verdict.Changed changed) {
                plan.add(new Placement(
                        Step.REPLACE, file, entry.key(), folder, name, file.name(), changed.copy(), entry));
                duplicates.leaves(target);
            } else {
                log.warn(RawName.shown(RawName.resolve(places.output(), target))
                        + " was changed by somebody since it was sorted; it is kept, and its source "
                        + shown(file) + " is copied beside it");
                return false;
            }
            return true;
        } catch (IOException e) {
            failures.add(
                    shown(file) + " cannot be compared with its copy " + RawName.shown(target) + ": " + Reason.of(e));
            return true;
        }
    }

    private void keep(SourceFile file, JournalEntry entry, JournalEntry now, FileStat copy, Step step)
            throws IOException {
        if (settings.mode() == SortMode.MOVE) {
            // A copy of it is there. It takes its place: then it has been moved.
            int slash = entry.target().lastIndexOf('/');
            plan.add(new Placement(
                    Step.REPLACE,
                    file,
                    entry.key(),
                    entry.target().substring(0, slash),
                    entry.target().substring(slash + 1),
                    file.name(),
                    copy,
                    entry));
            return;
        }
        if (!now.equals(entry)) {
            plan.note(new Result(0, step, entry.key(), now, entry));
        }
        plan.unchanged(file.stat().size());
        names.expect(entry.target());
        unchanged.take(entry.target(), file.stat().size(), now.sum());
    }

    private void want(Wish wish) throws IOException, InterruptedException {
        Layout.Target fixed = wish.fixed();
        if (fixed != null) {
            add(new Wanted(ordinal, wish.file(), fixed, true, wish.overwrites()));
        } else if (rules.layout().needsFacts(wish.file())) {
            waiting.add(new Wanted(ordinal, wish.file(), new Layout.Target("", ""), false, false));
            if (waiting.size() == FACTS_AT_A_TIME) {
                readFacts();
            }
        } else {
            // In order: so those that wait go first.
            if (!waiting.isEmpty()) {
                waiting.add(new Wanted(ordinal, wish.file(), new Layout.Target("", ""), false, false));
                if (waiting.size() >= FACTS_AT_A_TIME) {
                    readFacts();
                }
            } else {
                add(new Wanted(ordinal, wish.file(), rules.layout().place(wish.file(), FileFacts.NONE), false, false));
            }
        }
    }

    private void readFacts() throws IOException, InterruptedException {
        if (waiting.isEmpty()) {
            return;
        }
        List<SourceFile> asked = waiting.stream()
                .map(Wanted::file)
                .filter(rules.layout()::needsFacts)
                .toList();
        List<FileFacts> answers = facts.read(asked);
        int next = 0;
        for (Wanted one : waiting) {
            FileFacts known = rules.layout().needsFacts(one.file()) ? answers.get(next++) : FileFacts.NONE;
            add(new Wanted(one.ordinal(), one.file(), rules.layout().place(one.file(), known), false, false));
        }
        waiting.clear();
    }

    private void add(Wanted one) throws IOException {
        // All folders are known before the first name is given, so that no file gets the name of a folder.
        String obstacle = names.obstacle(one.folder());
        if (obstacle != null) {
            failures.add(shown(one.file()) + " cannot be placed: " + obstacle);
        } else {
            wanted.add(one);
        }
    }

    private void pruneAll() throws IOException {
        try (Cursor<JournalEntry> entries = gone.values()) {
            for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                Path source = RawName.resolve(places.output(), entry.key()).normalize();
                if (entry.how() == How.MOVED || Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                Path copy = RawName.resolve(places.output(), entry.target());
                try {
                    BasicFileAttributes found = Traces.look(copy);
                    if (entry.how() == How.DUPLICATE || found == null) {
                        plan.note(new Result(0, Step.NOTE, entry.key(), null, entry));
                    } else if (recognition.isOurs(entry, FileStat.of(found), copy)) {
                        FileStat stat = FileStat.of(found);
                        plan.add(new Placement(
                                Step.PRUNE,
                                new SourceFile(RawName.of(copy), stat),
                                entry.key(),
                                "",
                                "",
                                "",
                                null,
                                entry));
                        duplicates.leaves(entry.target());
                    } else {
                        log.warn(RawName.shown(copy) + " was changed by somebody since it was sorted; it is kept,"
                                + " though its source has gone");
                    }
                } catch (IOException e) {
                    failures.add(RawName.shown(copy) + " cannot be looked at: " + Reason.of(e));
                }
            }
        }
    }

    private void warnOfDamage() {
        if (memory.damages() > 0) {
            log.warn("the journal in " + RawName.shown(places.own().directory()) + " is damaged in "
                    + (memory.damages() == 1 ? "1 place" : memory.damages() + " places")
                    + "; files there that cannot be told from copies of their sources are taken for those");
        }
    }

    private void warnOfAdopted(int count) {
        if (count > 0) {
            log.warn("a run before did not end by itself, and the journal in "
                    + RawName.shown(places.own().directory()) + " does not tell of "
                    + Amount.of(count, "file") + " that cannot be told from "
                    + (count == 1
                            ? "the copy of its source; it is taken for that"
                            : "copies of their sources; they are taken for those")
                    + ", and undo-sort leaves "
                    + (count == 1 ? "it where it is" : "them where they are"));
        }
    }

    private @Nullable Adoption adoption() throws IOException {
        return memory.damages() > 0 || new MemoryGaps(places.own()).concern(keyPrefix)
                ? new Adoption(places, settings.mode(), memory, names, recognition, plan, unchanged)
                : null;
    }

    private String shown(SourceFile file) {
        return RawName.shown(RawName.resolve(places.source(), file.path()));
    }
}
