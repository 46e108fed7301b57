package dev.procession.plugin.sort.copy;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.Intent;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.MemoryGaps;
import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.journal.RunLog;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OutputTraits;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.output.Publishing;
import dev.procession.plugin.sort.output.WorkersLock;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.KeptTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Clears up after runs that did not end by themselves: for each file that was about to be placed and of which nothing
 * more is said, finds out whether it was. What is whole is remembered, what is half is removed.
 */
public final class Recovery {
    private final Path output;
    private final OwnPlaces own;
    private final Traces traces;
    private final boolean keepsHalfMarks;
    private final Content content = Content.ofThread();
    private final BuildLog log;

    public Recovery(Path output, OwnPlaces own, OutputTraits traits, BuildLog log) {
        this.output = output;
        this.own = own;
        this.traces = new Traces(traits.publishing());
        this.keepsHalfMarks = traits.publishing() == Publishing.DIRECT;
        this.log = log;
    }

    /** Does so for all runs later than one. */
    public void run(int after) throws IOException, InterruptedException {
        run(after, List.of());
    }

    /**
     * Does so for all runs later than one.
     *
     * @param unwanted those that are to be forgotten; so they are before anything is written, for which room may lack
     */
    public void run(int after, List<OwnPlaces.Run> unwanted) throws IOException, InterruptedException {
        own.completeForgetting();
        for (OwnPlaces.Run run : own.all()) {
            if (run.number() > after) {
                recover(run, unwanted.contains(run));
            }
        }
    }

    private void recover(OwnPlaces.Run run, boolean unwanted) throws IOException, InterruptedException {
        KeptFiles kept = KeptFiles.of(run);
        RunLog.Contents contents = RunLog.read(run.journal(), kept::known);
        if (contents.ended() && !Files.exists(run.drafts())) {
            return;
        }
        contents.open().forEach(kept::known);
        if (kept.unknown() > 0) {
            log.warn("the journal of " + run.name() + " does not tell of " + Amount.of(kept.unknown(), "file")
                    + " in " + RawName.shown(run.kept()) + ", which it displaced; look at what is there before you call"
                    + " forget-run, since nobody knows where it was");
        }
        try (WorkersLock alone = WorkersLock.alone(own)) {
            alone.check();
            List<Result> found = new ArrayList<>();
            for (Intent intent : contents.open()) {
                Result result = resolve(run, intent);
                if (result != null) {
                    found.add(result);
                }
            }
            OwnPlaces.Run place = unwanted ? own.forget(run) : run;
            if (!contents.ended()) {
                new MemoryGaps(own).open();
            }
            if (contents.damages() == 0) {
                try (RunLog journal = RunLog.append(place.journal(), contents)) {
                    journal.results(found);
                    journal.end();
                }
            }
            // Else it stays as it is: so everybody knows that there was more than can be read, and compares contents.
            place.removeDrafts();
            log.debug("cleared up after a run that did not end by itself; it had placed "
                    + Amount.of(found.size(), "file") + " more than it could say");
        }
    }

    private @Nullable Result resolve(OwnPlaces.Run run, Intent intent) throws IOException {
        Path target = RawName.resolve(output, intent.target());
        Path source = RawName.resolve(output, intent.key()).normalize();
        try {
            PlaceOutcome.Done done = switch (intent.step()) {
                case REPLACE, DISPLACE -> replaced(run, intent, source, target);
                case PRUNE -> pruned(target);
                default -> placed(intent, source, target);
            };
            return done == null ? null : result(intent, done);
        } catch (NotDirectoryException e) {
            return null;
        }
    }

    private static Result result(Intent intent, PlaceOutcome.Done done) {
        JournalEntry now = intent.step() == Step.ASIDE || intent.step() == Step.PRUNE
                ? null
                : new JournalEntry(
                        intent.key(), done.source(), intent.target(), done.placed(), done.sum(), false, done.how());
        return new Result(intent.number(), intent.step(), intent.key(), now, intent.before());
    }

    private PlaceOutcome.@Nullable Done placed(Intent intent, Path source, Path target) throws IOException {
        BasicFileAttributes found = Traces.look(target);
        if (found == null || !found.isRegularFile()) {
            return null;
        }
        BasicFileAttributes original = Traces.look(source);
        return switch (intent.how()) {
            case LINKED ->
                original != null && Files.isSameFile(source, target)
                        ? new PlaceOutcome.Done(
                                FileStat.of(original), FileStat.of(found), JournalEntry.NO_SUM, How.LINKED)
                        : null;
            case MOVED -> moved(intent, source, original, target, found);
            default -> copied(intent, source, target, found);
        };
    }

    private PlaceOutcome.@Nullable Done copied(Intent intent, Path source, Path target, BasicFileAttributes found)
            throws IOException {
        if (traces.removeHalf(target)) {
            return null;
        }
        if (!keepsHalfMarks && found.size() == 0 && intent.source().size() > 0) {
            // Its draft was to be renamed over it.
            Files.delete(target);
            return null;
        }
        FileStat stat = FileStat.of(found);
        if (stat.size() != intent.source().size()) {
            return traces.ofCopy(source, target);
        }
        if (KeptTime.isOf(intent.source().modifiedNanos(), stat.modifiedNanos())) {
            return traces.copied(found, target);
        }
        BasicFileAttributes original = Traces.look(source);
        if (original == null || !original.isRegularFile() || !content.same(source, target)) {
            return null;
        }
        // Killed before the last touch.
        retime(target, FileStat.of(original));
        BasicFileAttributes touched = Traces.look(target);
        return touched == null ? null : traces.copied(touched, target);
    }

    public static void retime(Path file, FileStat like) throws IOException {
        FileTime time = FileTime.from(KeptTime.of(like.modifiedNanos()), TimeUnit.NANOSECONDS);
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(time, null, null);
    }

    private PlaceOutcome.@Nullable Done moved(
            Intent intent, Path source, @Nullable BasicFileAttributes original, Path target, BasicFileAttributes found)
            throws IOException {
        FileStat stat = FileStat.of(found);
        if (original == null) {
            if (looksLike(stat, intent)) {
                return new PlaceOutcome.Done(stat, stat, JournalEntry.NO_SUM, How.MOVED);
            }
            // Somebody else took the source, and what had the name for it is left.
            traces.removeClaim(target);
            return null;
        }
        if (isRenamed(stat, intent) && !stat.key().equals(FileStat.of(original).key())) {
            // A new file has the old name.
            return new PlaceOutcome.Done(intent.source(), stat, JournalEntry.NO_SUM, How.MOVED);
        }
        if (traces.removeHalf(target)) {
            return null;
        }
        if (!keepsHalfMarks && found.size() == 0 && original.size() > 0) {
            Files.delete(target);
            return null;
        }
        // Across file systems: it was copied, and its source not yet deleted.
        PlaceOutcome.Done copy = copied(intent, source, target, found);
        if (copy == null || !content.same(source, target)) {
            return null;
        }
        SourceRemoval.force(target);
        SourceRemoval.forceFolder(target.getParent());
        Files.delete(source);
        return new PlaceOutcome.Done(copy.source(), copy.placed(), copy.sum(), How.MOVED);
    }

    private static boolean looksLike(FileStat found, Intent intent) {
        return found.size() == intent.source().size()
                && KeptTime.isOf(intent.source().modifiedNanos(), found.modifiedNanos());
    }

    /** Whether it is the source itself, under its new name. */
    private static boolean isRenamed(FileStat found, Intent intent) {
        return !found.key().equals("-") && found.key().equals(intent.source().key());
    }

    private PlaceOutcome.@Nullable Done replaced(OwnPlaces.Run run, Intent intent, Path source, Path target)
            throws IOException {
        Path aside = run.kept().resolve(Integer.toString(intent.number()));
        if (Traces.look(aside) == null) {
            // Not begun; or what was to be replaced had gone, and the name was taken as a free one.
            BasicFileAttributes found = Traces.look(target);
            JournalEntry before = intent.before();
            boolean old = found != null
                    && before != null
                    && found.size() == before.placed().size()
                    && FileStat.of(found).modifiedNanos() == before.placed().modifiedNanos();
            return old ? null : placed(intent, source, target);
        }
        PlaceOutcome.Done done = traces.ofReplacement(intent.how(), source, target, aside);
        if (done != null && done.how() == How.COPIED && intent.how() == How.MOVED) {
            Files.delete(source);
            return new PlaceOutcome.Done(done.source(), done.placed(), done.sum(), How.MOVED);
        }
        if (done == null) {
            done = replacedSince(intent, target, aside);
        }
        if (done == null) {
            traces.putBack(aside, target);
        }
        return done;
    }

    /**
     * It has been replaced, and since then the source has changed, or what replaced it. That it was replaced must be
     * known, or undoing the run would not give back what is kept aside. Null when it was not.
     */
    private PlaceOutcome.@Nullable Done replacedSince(Intent intent, Path target, Path aside) throws IOException {
        BasicFileAttributes found = Traces.look(target);
        if (found == null || Files.isSameFile(target, aside)) {
            return null;
        }
        FileStat stat = FileStat.of(found);
        boolean renamed = intent.how() != How.COPIED && isRenamed(stat, intent);
        if (found.isRegularFile() && looksLike(stat, intent)) {
            return renamed
                    ? new PlaceOutcome.Done(intent.source(), stat, JournalEntry.NO_SUM, intent.how())
                    : traces.copied(found, target);
        }
        // Somebody has changed it: it is not as we placed it, and so it is his.
        FileStat placed = new FileStat(intent.source().size(), intent.source().modifiedNanos(), Recognition.UNKNOWN);
        return new PlaceOutcome.Done(
                placed, placed, JournalEntry.NO_SUM, intent.how() == How.MOVED && !renamed ? How.COPIED : intent.how());
    }

    /** The intent's key is what was pruned, its target where it is kept. */
    private PlaceOutcome.@Nullable Done pruned(Path kept) throws IOException {
        BasicFileAttributes found = Traces.look(kept);
        if (found == null || traces.removeClaim(kept)) {
            return null;
        }
        FileStat stat = FileStat.of(found);
        return new PlaceOutcome.Done(stat, stat, JournalEntry.NO_SUM, How.MOVED);
    }
}
