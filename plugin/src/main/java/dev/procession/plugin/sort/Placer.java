package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Copies files and puts them in their places. Placing a file twice is harmless: an attempt that was killed is
 * recognised by what it left in the run's directory.
 */
final class Placer {
    private final Path source;
    private final Path output;
    private final Path run;
    private final Publishing publishing;
    private final Draft drafts = new Draft();
    private final Proof proof;

    /**
     * @param run the run's own directory, in the file system of the output; when it is moved away, nothing is placed any
     *     more: that is how a new run keeps the orphans of a killed one from going on
     */
    Placer(Path source, Path output, Path run, Publishing publishing) {
        this.source = source;
        this.output = output;
        this.run = run;
        this.publishing = publishing;
        this.proof = new Proof(publishing);
    }

    /** Places a file; tells what became of it. Throws only what concerns all files. */
    PlaceOutcome place(PlaceJob job) throws InterruptedException {
        Path file = RawName.resolve(source, job.source());
        Path target = RawName.resolve(output, job.target());
        Path draft = run.resolve(Integer.toString(job.number()));
        try {
            PlaceOutcome.Done copy;
            try {
                copy = drafts.copy(file, draft);
            } catch (FileAlreadyExistsException e) {
                // A worker was killed on this job.
                Optional<PlaceOutcome.Done> done = proof.ofPlaced(file, draft, target);
                if (done.isPresent()) {
                    return done.get();
                }
                proof.withdrawClaim(draft, target);
                Files.deleteIfExists(draft);
                Files.deleteIfExists(second(draft));
                copy = drafts.copy(file, draft);
            }
            PlaceOutcome outcome = job.replaces() == null
                    ? publish(draft, target, copy, file)
                    : replace(draft, target, copy, job.replaces(), file);
            if (!outcome.equals(copy)) {
                Files.deleteIfExists(draft);
            }
            return outcome;
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (Draft.UnusableException e) {
            discard(draft);
            return new PlaceOutcome.Failed(RawName.shown(file) + " " + e.getMessage());
        } catch (IOException e) {
            discard(draft);
            boolean reading =
                    e instanceof FileSystemException system && file.toString().equals(system.getFile());
            return new PlaceOutcome.Failed(RawName.shown(file)
                    + (reading ? " cannot be read: " : " cannot be copied to " + RawName.shown(target) + ": ")
                    + Reason.of(e));
        }
    }

    private PlaceOutcome publish(Path draft, Path target, PlaceOutcome.Done copy, Path file) throws IOException {
        try {
            if (publishing == Publishing.LINK) {
                Files.createLink(target, draft);
                return copy;
            }
            Files.createFile(target);
        } catch (FileAlreadyExistsException e) {
            return placedWithoutLinks(file, target).orElse(new PlaceOutcome.NameTaken());
        }
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.delete(target);
            throw e;
        }
        return copy;
    }

    private PlaceOutcome replace(Path draft, Path target, PlaceOutcome.Done copy, FileStat expected, Path file)
            throws IOException {
        FileStat now;
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            now = FileStat.of(attributes);
        } catch (NoSuchFileException e) {
            return publish(draft, target, copy, file);
        }
        if (!now.equals(expected)) {
            return placedWithoutLinks(file, target).orElse(new PlaceOutcome.TargetChanged());
        }
        // There is no "replace if it is this one" in any file system: between the look and the move lies the one moment
        // in which a change by somebody else would be lost. It is as short as it can be.
        if (publishing == Publishing.LINK) {
            Path moved = second(draft);
            Files.createLink(moved, draft);
            Files.move(moved, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return copy;
    }

    /** Without links an attempt that was killed leaves no draft behind once it has placed its file. */
    private Optional<PlaceOutcome> placedWithoutLinks(Path file, Path target) throws IOException {
        return publishing == Publishing.LINK
                ? Optional.empty()
                : proof.byContent(file, target).map(done -> done);
    }

    /** The name that a draft is moved from when it replaces a file: its first name stays behind as the proof. */
    static Path second(Path draft) {
        return draft.resolveSibling(draft.getFileName() + "-replacing");
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(second(draft));
        } catch (IOException e) {
            // The run's directory is removed as a whole in the end, by this run or the next.
        }
    }
}
