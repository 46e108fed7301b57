package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The second half of a move across file systems, for a batch: the copies are forced to the disk and read again, and only
 * then the sources are deleted.
 */
public final class SourceRemoval {
    private final Path source;
    private final Path output;
    private final Content content = Content.ofThread();

    SourceRemoval(PlaceRules rules) {
        this.source = RawName.absolute(rules.source());
        this.output = RawName.absolute(rules.output());
    }

    /** Puts what became of each in the place of what was known before. */
    void remove(PlaceJob[] jobs, List<PlaceOutcome> outcomes) throws IOException {
        List<Integer> copied = new ArrayList<>();
        Set<@Nullable Path> folders = new LinkedHashSet<>();
        for (int i = 0; i < jobs.length; i++) {
            if (jobs[i].how() == How.MOVED
                    && outcomes.get(i) instanceof PlaceOutcome.Done done
                    && done.how() == How.COPIED) {
                Path target = RawName.resolve(output, jobs[i].target());
                force(target);
                folders.add(target.getParent());
                copied.add(i);
            }
        }
        for (Path folder : folders) {
            forceFolder(folder);
        }
        for (int i : copied) {
            outcomes.set(i, removed(jobs[i], (PlaceOutcome.Done) outcomes.get(i)));
        }
    }

    private PlaceOutcome removed(PlaceJob job, PlaceOutcome.Done copy) {
        Path file = RawName.resolve(source, job.source());
        Path target = RawName.resolve(output, job.target());
        try {
            if (content.sum(target) != copy.sum()) {
                Files.delete(target);
                return new PlaceOutcome.Failed(
                        RawName.shown(file) + " was copied to " + RawName.shown(target)
                                + ", and another content was read there; the copy is deleted, the source is kept; look at the disk");
            }
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            FileStat stat = FileStat.of(now);
            boolean same = now.isRegularFile()
                    && stat.size() == copy.source().size()
                    && stat.modifiedNanos() == copy.source().modifiedNanos();
            if (!same) {
                Files.delete(target);
                return new PlaceOutcome.Failed(RawName.shown(file) + " changes while it is moved");
            }
            Files.delete(file);
            return new PlaceOutcome.Done(copy.source(), copy.placed(), copy.sum(), How.MOVED);
        } catch (IOException e) {
            if (e instanceof NoSuchFileException gone && file.toString().equals(gone.getFile())) {
                // Somebody else took the source: the copy may be all that is left, and it is whole.
                return copy;
            }
            // The source is there: it could not be deleted, or not even looked at.
            try {
                Files.deleteIfExists(target);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            return new PlaceOutcome.Failed(
                    RawName.shown(file) + " was copied and cannot be deleted, so it stays: " + Reason.of(e));
        }
    }

    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    /** So that the names are on the disk as well. */
    public static void forceFolder(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no directories, and writes names down by itself.
        }
    }
}
