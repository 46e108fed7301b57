package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.KeptTime;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * Whether a file that an earlier run placed still is what it was, and its source too. By git's rule: size, time and
 * identity are believed when the source was old enough at the time of the record, otherwise the content decides. So
 * does it when the copy was moved with its directory, or restored from a cache: its identity changes, its content does
 * not.
 */
public final class Recognition {
    /** In the place of an identity that nobody has looked at. */
    public static final String UNKNOWN = "?";

    /** The coarsest tick of a file system's clock (FAT). */
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SortPlaces places;
    private final long startedNanos;
    private final Content content = new Content();

    /** @param startedNanos when the run began, before it looked at any file */
    public Recognition(SortPlaces places, long startedNanos) {
        this.places = places;
        this.startedNanos = startedNanos;
    }

    /** What is to be done with a source that was placed before. */
    public sealed interface Verdict {
        /**
         * Nothing.
         *
         * @param entry what is known of it now
         * @param copy what the copy is like now
         */
        record Unchanged(JournalEntry entry, FileStat copy) implements Verdict {}

        /**
         * Its copy gets its new time: the content is the same. So it is after a checkout, for thousands of files.
         *
         * @param entry what is known of it then
         * @param copy what the copy is like now
         */
        record Touched(JournalEntry entry, FileStat copy) implements Verdict {}

        /** It has to be copied again to its place, which is empty. */
        record Missing() implements Verdict {}

        /**
         * It has to be copied again over its old copy.
         *
         * @param copy what the old copy is like now
         */
        record Changed(FileStat copy) implements Verdict {}

        /** Its copy is not ours any more: somebody has changed it. */
        record Foreign() implements Verdict {}
    }

    /** Whether a file is old enough for its size, time and identity to be believed from now on. */
    public boolean settled(FileStat source) {
        return source.modifiedNanos() < settledNanos();
    }

    /** What changed last before this moment, cannot have changed after the run began and look the same. */
    public long settledNanos() {
        return startedNanos - SLACK_NANOS;
    }

    /** Whether a source is what it was when it was recorded, as far as that can be believed. */
    public static boolean believed(SourceFile file, JournalEntry entry) {
        return entry.settled()
                && looksSame(file, entry)
                && entry.source().key().equals(file.stat().key());
    }

    private static boolean looksSame(SourceFile file, JournalEntry entry) {
        return sameLook(entry.source(), file.stat());
    }

    private static boolean sameLook(FileStat one, FileStat other) {
        return one.size() == other.size() && one.modifiedNanos() == other.modifiedNanos();
    }

    /** Whether a file may be the copy of a source, on any file system: none rounds times more. */
    public static boolean mayBeCopy(FileStat source, FileStat copy) {
        return source.size() == copy.size() && Math.abs(source.modifiedNanos() - copy.modifiedNanos()) <= SLACK_NANOS;
    }

    public Verdict of(SourceFile file, JournalEntry entry) throws IOException {
        Path source = RawName.resolve(places.source(), file.path());
        Path target = RawName.resolve(places.output(), entry.target());
        BasicFileAttributes attributes = Traces.look(target);
        if (attributes == null) {
            return new Verdict.Missing();
        }
        if (!attributes.isRegularFile()) {
            return new Verdict.Foreign();
        }
        FileStat copy = FileStat.of(attributes);
        boolean copyLooksSame = sameLook(entry.placed(), copy);
        if (copyLooksSame && believed(file, entry)) {
            return new Verdict.Unchanged(entry, copy);
        }
        boolean linked =
                !copy.key().equals("-") && copy.key().equals(file.stat().key());
        if (linked) {
            return new Verdict.Unchanged(
                    new JournalEntry(
                            entry.key(), file.stat(), entry.target(), copy, JournalEntry.NO_SUM, true, How.LINKED),
                    copy);
        }
        if (copy.size() == file.stat().size() && content.same(source, target)) {
            // The time of a copy that the user has touched is the user's.
            boolean retime = !looksSame(file, entry) && copyLooksSame;
            FileStat placed = new FileStat(
                    copy.size(),
                    retime ? KeptTime.of(file.stat().modifiedNanos()) : copy.modifiedNanos(),
                    entry.hasSum() ? UNKNOWN : copy.key());
            JournalEntry now = new JournalEntry(
                    entry.key(),
                    file.stat(),
                    entry.target(),
                    placed,
                    entry.hasSum() ? content.sum(target) : JournalEntry.NO_SUM,
                    settled(file.stat()),
                    entry.how());
            return retime ? new Verdict.Touched(now, copy) : new Verdict.Unchanged(now, copy);
        }
        return isOurs(entry, copy, target) ? new Verdict.Changed(copy) : new Verdict.Foreign();
    }

    public boolean isOurs(JournalEntry entry, FileStat copy, Path target) throws IOException {
        return isOurs(entry, copy, target, content);
    }

    /** Whether what is in its place is what was put there: only then it is replaced, or removed. */
    public static boolean isOurs(JournalEntry entry, FileStat copy, Path target, Content content) throws IOException {
        return entry.hasSum()
                ? copy.size() == entry.placed().size() && content.sum(target) == entry.sum()
                : copy.equals(entry.placed());
    }
}
