package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.output.HalfFile;
import dev.procession.plugin.sort.output.Publishing;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.KeptTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What somebody left who was killed while he placed a file: finds out how far he had come. */
public final class Traces {
    private final Publishing publishing;
    private final Content content = Content.ofThread();

    public Traces(Publishing publishing) {
        this.publishing = publishing;
    }

    /** Takes a name with an empty file, which is known for one. */
    public void claim(Path target) throws IOException {
        if (publishing == Publishing.DIRECT) {
            Files.createFile(target, HalfFile.mode());
        } else {
            Files.createFile(target);
        }
    }

    /** Whether an empty file had the name for us; it has no more. */
    public boolean removeClaim(Path target) throws IOException {
        // Whatever has a content is nobody's claim, also with the mode of one: a user may give that to a file of his.
        BasicFileAttributes found = look(target);
        boolean claim = found != null
                && found.isRegularFile()
                && found.size() == 0
                && (publishing != Publishing.DIRECT || HalfFile.is(target));
        if (claim) {
            Files.delete(target);
        }
        return claim;
    }

    /** Whether there was the beginning of a copy; there is none any more. What has another content is not ours. */
    public boolean removeHalfOf(Path source, Path target) throws IOException {
        if (publishing != Publishing.DIRECT || !HalfFile.is(target)) {
            return false;
        }
        // Nobody may read it so.
        Files.setPosixFilePermissions(target, HalfFile.READABLE);
        if (content.begins(source, target)) {
            Files.delete(target);
            return true;
        }
        Files.setPosixFilePermissions(target, HalfFile.MODE);
        return false;
    }

    /** Whether there was half a file; there is none any more. */
    boolean removeHalf(Path target) throws IOException {
        if (publishing == Publishing.DIRECT && HalfFile.is(target)) {
            Files.delete(target);
            return true;
        }
        return false;
    }

    /** A file that cannot be told from the copy that we would make is the one that we have made; else null. */
    PlaceOutcome.@Nullable Done ofCopy(Path source, Path target) throws IOException {
        BasicFileAttributes found = look(target);
        BasicFileAttributes original = look(source);
        return found != null
                        && original != null
                        && found.isRegularFile()
                        && original.isRegularFile()
                        && original.size() == found.size()
                        && KeptTime.isOf(
                                FileStat.of(original).modifiedNanos(),
                                FileStat.of(found).modifiedNanos())
                        && !HalfFile.is(target)
                        && content.same(source, target)
                ? copied(found, target)
                : null;
    }

    /** A file that is not there any more, and cannot be told from the one that has the place which it was to get; else null. */
    PlaceOutcome.@Nullable Done ofMove(FileStat seen, Path source, Path target) throws IOException {
        BasicFileAttributes found = look(source) == null ? look(target) : null;
        if (found == null || !found.isRegularFile()) {
            return null;
        }
        FileStat stat = FileStat.of(found);
        boolean ours = stat.size() == seen.size() && KeptTime.isOf(seen.modifiedNanos(), stat.modifiedNanos());
        return ours ? new PlaceOutcome.Done(seen, stat, JournalEntry.NO_SUM, How.MOVED) : null;
    }

    /**
     * A copy that is whole but for its time, since its maker was killed before he could set that: it gets it now. Only
     * what was written since the run began can be one; else null.
     *
     * @param run the run's own directory
     */
    PlaceOutcome.@Nullable Done ofUntimedCopy(Path source, Path target, Path run) throws IOException {
        BasicFileAttributes found = look(target);
        BasicFileAttributes original = look(source);
        BasicFileAttributes began = look(run);
        if (found == null || original == null || began == null) {
            return null;
        }
        boolean may = found.isRegularFile()
                && original.isRegularFile()
                && original.size() == found.size()
                && found.lastModifiedTime().compareTo(began.lastModifiedTime()) >= 0;
        if (!may || HalfFile.is(target) || !content.same(source, target)) {
            return null;
        }
        Recovery.retime(target, FileStat.of(original));
        return ofCopy(source, target);
    }

    /** What is to be remembered of a whole copy. The source's identity is not known: the next run compares contents. */
    PlaceOutcome.Done copied(BasicFileAttributes found, Path target) throws IOException {
        FileStat stat = unknown(FileStat.of(found));
        return new PlaceOutcome.Done(stat, stat, content.sum(target), How.COPIED);
    }

    private static FileStat unknown(FileStat stat) {
        return new FileStat(stat.size(), stat.modifiedNanos(), Recognition.UNKNOWN);
    }

    /** What was kept aside is there; was its place taken by the new file already? Else null. */
    PlaceOutcome.@Nullable Done ofReplacement(How how, Path source, Path target, Path aside) throws IOException {
        BasicFileAttributes found = look(target);
        if (found == null || !found.isRegularFile() || Files.isSameFile(target, aside)) {
            return null;
        }
        BasicFileAttributes original = look(source);
        return switch (how) {
            case LINKED ->
                original != null && Files.isSameFile(source, target)
                        ? new PlaceOutcome.Done(FileStat.of(found), FileStat.of(found), JournalEntry.NO_SUM, How.LINKED)
                        : null;
            case MOVED ->
                original == null
                        ? new PlaceOutcome.Done(FileStat.of(found), FileStat.of(found), JournalEntry.NO_SUM, How.MOVED)
                        : ofCopy(source, target);
            default -> ofCopy(source, target);
        };
    }

    /** Gives a file its place back from which it was put aside, if that is free or still its own. */
    void putBack(Path aside, Path target) throws IOException {
        BasicFileAttributes found = look(target);
        if (found != null && Files.isSameFile(aside, target)) {
            Files.delete(aside);
        } else if (found == null) {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** What the file system says of a file, null when there is none. */
    public static @Nullable BasicFileAttributes look(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
