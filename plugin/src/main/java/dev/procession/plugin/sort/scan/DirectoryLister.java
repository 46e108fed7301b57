package dev.procession.plugin.sort.scan;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.sort.store.SpillSorter;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists directories of the source: what is of interest in each, looked at once, without following a link and without
 * opening a file. For any number of threads.
 */
final class DirectoryLister {
    private static final LinkOption[] NO_LINKS = {LinkOption.NOFOLLOW_LINKS};

    private final Path output;
    private final @Nullable Object outputKey;
    private final FileFilter filter;
    private final @Nullable Path reports;
    private final Scratch scratch;
    private final BuildLog log;
    private final Class<? extends BasicFileAttributes> kind =
            FileSystems.getDefault().supportedFileAttributeViews().contains("dos") && !isPosix()
                    ? DosFileAttributes.class
                    : BasicFileAttributes.class;

    /** @param reports what is written about runs, which is left out of them; may be null */
    DirectoryLister(Path output, FileFilter filter, @Nullable Path reports, Scratch scratch, BuildLog log)
            throws IOException {
        this.output = output;
        this.outputKey = Files.exists(output)
                ? Files.readAttributes(output, BasicFileAttributes.class).fileKey()
                : null;
        this.filter = filter;
        this.reports = reports;
        this.scratch = scratch;
        this.log = log;
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Lists a directory of any size.
     *
     * @param prefix its raw path relative to the source, with a slash at its end; empty for the source itself
     */
    DirectoryListing list(String prefix, Path directory) throws IOException {
        return Objects.requireNonNull(list(prefix, directory, Integer.MAX_VALUE));
    }

    /** The same; null for a directory with more entries than that. */
    @Nullable
    DirectoryListing list(String prefix, Path directory, int most) throws IOException {
        DirectoryListing.Builder listing = new DirectoryListing.Builder();
        SpillSorter<DirectoryEntry> sorter =
                new SpillSorter<>(scratch, DirectoryEntry.CODEC, Comparator.comparing(DirectoryEntry::name));
        int entries = 0;
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                if (entries++ == most) {
                    return null;
                }
                DirectoryEntry entry = look(prefix, path, listing);
                if (entry != null) {
                    sorter.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            listing.failures.add(RawName.shown(directory) + " cannot be read to its end: "
                    + Reason.of(Objects.requireNonNull(e.getCause())));
        }
        return listing.of(sorter.sorted());
    }

    private @Nullable DirectoryEntry look(String prefix, Path path, DirectoryListing.Builder listing) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, kind, NO_LINKS);
        } catch (IOException e) {
            listing.failures.add(RawName.shown(path) + " cannot be read: " + Reason.of(e));
            return null;
        }
        String name = RawName.of(Objects.requireNonNull(path.getFileName()));
        if (attributes.isRegularFile()) {
            return filter.accepts(prefix + name, attributes) ? new DirectoryEntry(name, FileStat.of(attributes)) : null;
        }
        if (attributes.isDirectory()) {
            if (name.equals(".git")) {
                listing.repositories.add(RawName.shown(path));
            }
            if (isOwnPlace(name, path)) {
                tell("passed by, what this goal keeps of an output in <source>: ", path);
                return null;
            }
            return isOutput(path, attributes) || path.equals(reports) || !filter.enters(prefix + name, attributes)
                    ? null
                    : new DirectoryEntry(name + "/", new FileStat(0, 0, ""));
        }
        if (attributes.isSymbolicLink()) {
            listing.links++;
            tell("passed by, a symbolic link: ", path);
        } else {
            listing.specials++;
            tell("passed by, a pipe, socket or device: ", path);
        }
        return null;
    }

    private void tell(String what, Path path) {
        if (log.debugs()) {
            log.debug(what + RawName.shown(path));
        }
    }

    /** A journal that was sorted, or even moved, would be lost to the output that it tells of. */
    private static boolean isOwnPlace(String name, Path directory) {
        return name.equals(OwnPlaces.NAME)
                && Files.isRegularFile(new OwnPlaces(directory).lock(), LinkOption.NOFOLLOW_LINKS);
    }

    /** By identity too: the same directory can be mounted, or spelled, in another way. */
    private boolean isOutput(Path directory, BasicFileAttributes attributes) {
        return directory.equals(output) || (outputKey != null && Objects.equals(outputKey, attributes.fileKey()));
    }
}
