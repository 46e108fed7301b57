package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Finds out whether a file was put in its place by somebody who was killed before he could say so. */
final class Proof {
    private final Publishing publishing;
    private final Content content = new Content();

    Proof(Publishing publishing) {
        this.publishing = publishing;
    }

    /** What is to be remembered of the file, if it is in its place and we have put it there. */
    Optional<PlaceOutcome.Done> ofPlaced(Path source, Path draft, Path target) throws IOException {
        if (!Files.exists(draft, LinkOption.NOFOLLOW_LINKS)) {
            return publishing == Publishing.LINK ? Optional.empty() : byContent(source, target);
        }
        if (publishing == Publishing.CLAIM
                || !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                || !Files.isSameFile(draft, target)) {
            return Optional.empty();
        }
        // One file with both names: nobody else can have made it.
        return Optional.of(done(Files.readAttributes(target, BasicFileAttributes.class), target));
    }

    /** The same where no draft can prove it: a file that cannot be told from our copy is our copy. */
    Optional<PlaceOutcome.Done> byContent(Path source, Path target) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile() && isCopy(source, found, target)
                    ? Optional.of(done(found, target))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Gives a name back that was claimed with an empty file, whose draft never came. */
    void withdrawClaim(Path draft, Path target) throws IOException {
        if (publishing == Publishing.CLAIM
                && Files.exists(draft, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                && Files.size(target) == 0) {
            Files.delete(target);
        }
    }

    /** Whether a file is what a copy of the source would be: content and time. */
    private boolean isCopy(Path source, BasicFileAttributes found, Path target) throws IOException {
        try {
            BasicFileAttributes original =
                    Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return original.isRegularFile()
                    && original.size() == found.size()
                    && original.lastModifiedTime().equals(found.lastModifiedTime())
                    && content.same(source, target);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The source's identity is not known any more: the next run compares contents. */
    private PlaceOutcome.Done done(BasicFileAttributes found, Path target) throws IOException {
        FileStat placed = FileStat.of(found);
        return new PlaceOutcome.Done(
                new FileStat(placed.size(), placed.modifiedNanos(), "?"), placed, content.sum(target));
    }
}
