package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.Publishing;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Puts files in their places, one at a time. Placing a file twice is harmless: an attempt that was killed is recognised
 * by what it left.
 */
final class Placer {
    private final Path source;
    private final Path output;
    private final Path run;
    private final Path drafts;
    private final Path kept;
    private final PlaceRules rules;
    private final ClonedBatch clones;
    private final FileCopy copies;
    private final Traces traces;

    Placer(PlaceRules rules) {
        this(rules, ClonedBatch.NONE);
    }

    /** @param clones those that were made for the files to be placed */
    Placer(PlaceRules rules, ClonedBatch clones) {
        this.rules = rules;
        this.clones = clones;
        this.source = RawName.absolute(rules.source());
        this.output = RawName.absolute(rules.output());
        this.run = RawName.absolute(rules.run());
        this.drafts = run.resolve("drafts");
        this.kept = run.resolve("kept");
        this.copies = new FileCopy(rules.kept(), rules.exactTimes(), new SettledFolders(rules.settledNanos()));
        this.traces = new Traces(rules.publishing());
    }

    /** Places a file; tells what became of it. Throws only what concerns all files. */
    PlaceOutcome place(PlaceJob job) throws InterruptedException {
        Path file = RawName.resolve(source, job.source());
        Path target = RawName.resolve(output, job.target());
        try {
            return job.replaces() == null ? publish(job, file, target) : replace(job, file, target, job.replaces());
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (FileCopy.UnusableException e) {
            PlaceOutcome.Done done = movedBefore(job, file, target);
            if (done != null) {
                return done;
            }
            return new PlaceOutcome.Failed(RawName.shown(file) + " " + e.getMessage());
        } catch (IOException e) {
            boolean reading = e instanceof FileSystemException system
                    && file.toString().equals(system.getFile())
                    && system.getOtherFile() == null;
            return new PlaceOutcome.Failed(RawName.shown(file)
                    + (reading
                            ? " cannot be read: "
                            : " cannot be " + verb(job) + " to " + RawName.shown(target) + ": ")
                    + Reason.of(e));
        }
    }

    /** Somebody was killed on this job after he had moved the file, and before he could say so; else null. */
    private PlaceOutcome.@Nullable Done movedBefore(PlaceJob job, Path file, Path target) {
        try {
            return job.how() == How.MOVED ? traces.ofMove(job.seen(), file, target) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String verb(PlaceJob job) {
        return job.how() == How.COPIED ? "copied" : job.how().word();
    }

    /** Takes a name that nobody has. */
    private PlaceOutcome publish(PlaceJob job, Path file, Path target) throws IOException {
        try {
            return switch (job.how()) {
                case LINKED -> link(file, target);
                case CLONED -> clone(job, file, target);
                case MOVED -> rules.acrossDevices() ? copy(job, file, target) : move(job, file, target);
                default -> copy(job, file, target);
            };
        } catch (FileAlreadyExistsException e) {
            return new PlaceOutcome.NameTaken();
        }
    }

    private PlaceOutcome.Done copy(PlaceJob job, Path file, Path target) throws IOException {
        if (rules.publishing() == Publishing.CLAIM) {
            return copyToClaim(job, file, target);
        }
        try {
            return copies.make(file, job.seen(), target);
        } catch (FileAlreadyExistsException e) {
            // Did a worker that was killed on this job leave it?
            PlaceOutcome.Done done = traces.ofCopy(file, target);
            if (done == null) {
                done = traces.ofUntimedCopy(file, target, run);
            }
            if (done != null) {
                return done;
            }
            if (!traces.removeHalf(target)) {
                throw e;
            }
            return copies.make(file, job.seen(), target);
        }
    }

    private PlaceOutcome.Done copyToClaim(PlaceJob job, Path file, Path target) throws IOException {
        Path draft = drafts.resolve(Integer.toString(job.number()));
        if (Files.deleteIfExists(draft)) {
            traces.removeClaim(target);
        }
        PlaceOutcome.Done copy = copies.make(file, job.seen(), draft);
        try {
            Files.createFile(target);
        } catch (FileAlreadyExistsException e) {
            Files.delete(draft);
            PlaceOutcome.Done done = traces.ofCopy(file, target);
            if (done == null) {
                throw e;
            }
            return done;
        }
        renameOverClaim(draft, target);
        return copy;
    }

    private static void renameOverClaim(Path file, Path target) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.delete(target);
            throw e;
        }
    }

    private PlaceOutcome.Done clone(PlaceJob job, Path file, Path target) throws IOException {
        BasicFileAttributes source = regular(file);
        Path clone = clones.take(job, source);
        if (clone == null) {
            if (rules.copiesForClones()) {
                return copy(job, file, target);
            }
            throw new FileCopy.UnusableException("cannot be cloned: " + clones.said());
        }
        FileStat made = FileStat.of(regular(clone));
        FileStat stat = FileStat.of(source);
        if (made.size() != stat.size() || made.modifiedNanos() != stat.modifiedNanos()) {
            throw new FileCopy.UnusableException("changes while it is cloned");
        }
        try {
            Files.createLink(target, clone);
        } catch (FileAlreadyExistsException e) {
            PlaceOutcome.Done done = traces.ofCopy(file, target);
            if (done == null) {
                throw e;
            }
            return done;
        }
        Files.delete(clone);
        return new PlaceOutcome.Done(stat, made, JournalEntry.NO_SUM, How.CLONED);
    }

    private PlaceOutcome.Done link(Path file, Path target) throws IOException {
        BasicFileAttributes before = regular(file);
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isSameFile(target, file)) {
                throw e;
            }
        }
        FileStat stat = FileStat.of(before);
        return new PlaceOutcome.Done(stat, stat, JournalEntry.NO_SUM, How.LINKED);
    }

    /** A rename, over an empty file of ours that has taken the name: whatever the source is in that moment, it is moved. */
    private PlaceOutcome.Done move(PlaceJob job, Path file, Path target) throws IOException {
        FileStat before = FileStat.of(regular(file));
        try {
            traces.claim(target);
        } catch (FileAlreadyExistsException e) {
            if (!traces.removeClaim(target)) {
                throw e;
            }
            traces.claim(target);
        }
        try {
            renameOverClaim(file, target);
        } catch (AtomicMoveNotSupportedException e) {
            // Another file system is mounted inside the source.
            return copy(job, file, target);
        }
        return new PlaceOutcome.Done(before, moved(target), JournalEntry.NO_SUM, How.MOVED);
    }

    private static FileStat moved(Path target) throws IOException {
        return FileStat.of(Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    private static BasicFileAttributes regular(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new FileCopy.UnusableException("does not exist any more");
        }
        if (!attributes.isRegularFile()) {
            throw new FileCopy.UnusableException("is no regular file any more");
        }
        return attributes;
    }

    /** Takes the place of a file, which is kept aside under a second name first: a reader finds the old one or the new. */
    private PlaceOutcome replace(PlaceJob job, Path file, Path target, FileStat expected) throws IOException {
        String number = Integer.toString(job.number());
        Path aside = kept.resolve(number);
        Path draft = drafts.resolve(number);
        if (Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
            // A worker was killed on this job.
            PlaceOutcome.Done done = traces.ofReplacement(job.how(), file, target, aside);
            if (done != null) {
                Files.deleteIfExists(draft);
                return done;
            }
            traces.putBack(aside, target);
        }
        Files.deleteIfExists(draft);
        PlaceOutcome.Done made = null;
        boolean renames = job.how() == How.MOVED && !rules.acrossDevices();
        if (renames) {
            regular(file);
        } else {
            made = switch (job.how()) {
                case LINKED -> link(file, draft);
                case CLONED -> clone(job, file, draft);
                default -> copies.make(file, job.seen(), draft);
            };
        }
        try {
            if (!setAside(target, aside, expected)) {
                Files.deleteIfExists(draft);
                return new PlaceOutcome.TargetChanged();
            }
        } catch (NoSuchFileException e) {
            Files.deleteIfExists(draft);
            return publish(job, file, target);
        }
        FileStat before = renames ? FileStat.of(regular(file)) : expected;
        try {
            Files.move(renames ? file : draft, target, StandardCopyOption.ATOMIC_MOVE);
            if (renames && before.key().equals(expected.key())) {
                // A rename of one name of a file over another of its names does nothing.
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            traces.putBack(aside, target);
            throw e;
        } finally {
            Files.deleteIfExists(draft);
        }
        return made != null ? made : new PlaceOutcome.Done(before, moved(target), JournalEntry.NO_SUM, How.MOVED);
    }

    /** Whether it was what it was expected to be. */
    private boolean setAside(Path target, Path aside, FileStat expected) throws IOException {
        if (!rules.links()) {
            if (!FileStat.of(regularOrMissing(target)).equals(expected)) {
                return false;
            }
            Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
        BasicFileAttributes now = regularOrMissing(target);
        if (!now.isRegularFile()) {
            return false;
        }
        Files.createLink(aside, target);
        // There is no "replace if it is this one" in any file system: between this look and the rename lies the one
        // moment in which another file that somebody puts there would be lost. It is as short as it can be.
        if (!FileStat.of(aside).equals(expected)) {
            Files.delete(aside);
            return false;
        }
        return true;
    }

    private static BasicFileAttributes regularOrMissing(Path target) throws IOException {
        return Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
