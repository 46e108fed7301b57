package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.copy.Recognition;
import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.name.NameHash;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.LongSet;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.sort.store.SpillList;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Files that an earlier run has not placed, since another one had their content. So it stays only as long as that one has
 * it: it may have been removed, changed by somebody, or be replaced or pruned by this very run, and then the file is
 * wanted after all. Looks at them when all that is replaced or pruned is known.
 */
final class KnownDuplicates {
    private final SortPlaces places;
    private final SortPlan plan;
    private final SpillList<Placement> files;
    private final LongSet leaving = new LongSet();
    private final Content content = Content.ofThread();

    KnownDuplicates(SortPlaces places, SortPlan plan, Scratch scratch) {
        this.places = places;
        this.plan = plan;
        this.files = new SpillList<>(scratch, Placement.CODEC);
    }

    /** A file that is what it was when it was found to be a duplicate. */
    void add(SourceFile file, JournalEntry entry) throws IOException {
        files.add(new Placement(Step.NOTE, file, entry.key(), "", "", "", null, entry));
    }

    /** The file under this name will not have its content any more. */
    void leaves(String target) {
        leaving.add(NameHash.of(target));
    }

    boolean isLeaving(String target) {
        return leaving.contains(NameHash.of(target));
    }

    /** Takes those that are duplicates no longer. */
    interface Taker {
        void take(SourceFile file) throws IOException, InterruptedException;
    }

    void settle(Taker wanted) throws IOException, InterruptedException {
        try (Cursor<Placement> all = files.values()) {
            for (Placement one = all.next(); one != null; one = all.next()) {
                JournalEntry entry = one.before();
                if (entry != null && isStillOne(one.file(), entry)) {
                    plan.duplicate();
                } else {
                    wanted.take(one.file());
                }
            }
        }
    }

    private boolean isStillOne(SourceFile file, JournalEntry entry) throws IOException {
        Path original = RawName.resolve(places.output(), entry.target());
        BasicFileAttributes found = Traces.look(original);
        if (found == null
                || !found.isRegularFile()
                || found.size() != file.stat().size()
                || isLeaving(entry.target())) {
            return false;
        }
        FileStat stat = FileStat.of(found);
        if (entry.placed().modifiedNanos() == stat.modifiedNanos()) {
            return true;
        }
        try {
            if (!content.same(RawName.resolve(places.source(), file.path()), original)) {
                return false;
            }
        } catch (IOException e) {
            // Who cannot be read is told of when he is to be copied.
            return false;
        }
        FileStat placed = new FileStat(stat.size(), stat.modifiedNanos(), Recognition.UNKNOWN);
        JournalEntry now = new JournalEntry(
                entry.key(), entry.source(), entry.target(), placed, entry.sum(), entry.settled(), entry.how());
        plan.note(new Result(0, Step.NOTE, entry.key(), now, entry));
        return true;
    }
}
