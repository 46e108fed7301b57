package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * Whether a file that an earlier run placed still is what it was, and its source too. By git's rule: size, time and
 * identity are believed when the source was old enough at the time of the record, otherwise the content decides. So
 * does it when the copy was moved with its directory, or restored from a cache: its identity changes, its content does
 * not.
 */
final class Recognition {
    /** The coarsest tick of a file system's clock (FAT). */
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SortPlaces places;
    private final long startedNanos;
    private final Content content = new Content();

    /** @param startedNanos when the run began, before it looked at any file */
    Recognition(SortPlaces places, long startedNanos) {
        this.places = places;
        this.startedNanos = startedNanos;
    }

    /** What is to be done with a source that was placed before. */
    sealed interface Verdict {
        /**
         * Nothing.
         *
         * @param entry what is known of it now
         */
        record Unchanged(JournalEntry entry) implements Verdict {}

        /**
         * Its copy gets its new time: the content is the same. So it is after a checkout, for thousands of files.
         *
         * @param entry what is known of it now, but for the copy's time
         */
        record Touched(JournalEntry entry) implements Verdict {}

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
    boolean settled(FileStat source) {
        return source.modifiedNanos() < startedNanos - SLACK_NANOS;
    }

    Verdict of(SourceFile file, JournalEntry entry) throws IOException {
        Path source = RawName.resolve(places.source(), file.path());
        Path target = RawName.resolve(places.output(), entry.target());
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return new Verdict.Missing();
        }
        if (!attributes.isRegularFile()) {
            return new Verdict.Foreign();
        }
        FileStat copy = FileStat.of(attributes);
        boolean sourceLooksSame = entry.source().size() == file.stat().size()
                && entry.source().modifiedNanos() == file.stat().modifiedNanos();
        boolean copyLooksSame = entry.placed().equals(copy);
        if (sourceLooksSame
                && copyLooksSame
                && entry.settled()
                && entry.source().key().equals(file.stat().key())) {
            return new Verdict.Unchanged(entry);
        }
        if (copy.size() == file.stat().size() && content.same(source, target)) {
            JournalEntry now = new JournalEntry(
                    entry.key(), file.stat(), entry.target(), copy, content.sum(target), settled(file.stat()));
            // The time of a copy that the user has touched is the user's.
            return !sourceLooksSame && copyLooksSame ? new Verdict.Touched(now) : new Verdict.Unchanged(now);
        }
        boolean ours = copy.size() == entry.placed().size()
                && ((copyLooksSame && entry.settled()) || content.sum(target) == entry.sum());
        return ours ? new Verdict.Changed(copy) : new Verdict.Foreign();
    }
}
