package dev.procession.plugin.sort;

import dev.procession.plugin.report.BuildLog;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The regular files of the source, in the order of the bytes of their paths. Looked at once, without following a link and
 * without opening a file; sorts one directory at a time, so it needs room for the directories on the way to one file.
 */
final class SourceScan implements Cursor<SourceFile> {
    private static final LinkOption[] NO_LINKS = {LinkOption.NOFOLLOW_LINKS};

    private final Path source;
    private final Path output;
    private final @Nullable Object outputKey;
    private final FileFilter filter;
    private final @Nullable Path reports;
    private final Scratch scratch;
    private Failures failures = new Failures();
    private final BuildLog log;
    private final Class<? extends BasicFileAttributes> kind =
            FileSystems.getDefault().supportedFileAttributeViews().contains("dos") && !isPosix()
                    ? DosFileAttributes.class
                    : BasicFileAttributes.class;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final List<String> repositories = new ArrayList<>();
    private long files;
    private long bytes;
    private int links;
    private int specials;
    private long filtered;

    /** @param reports what is written about runs, which is left out of them; may be null */
    SourceScan(SortPlaces places, FileFilter filter, @Nullable Path reports, Scratch scratch, BuildLog log)
            throws IOException {
        this.source = places.source();
        this.output = places.output();
        this.outputKey = Files.exists(output)
                ? Files.readAttributes(output, BasicFileAttributes.class).fileKey()
                : null;
        this.filter = filter;
        this.reports = reports;
        this.scratch = scratch;
        this.log = log;
        try {
            levels.push(new Level("", source, list("", source)));
        } catch (IOException e) {
            throw new SortFailedException("<source>: " + RawName.shown(source) + " cannot be read: " + Reason.of(e)
                    + "; change its permissions");
        }
    }

    /** A directory that is being read, by its raw path with a slash at the end. */
    private record Level(String prefix, Path directory, Cursor<DirectoryEntry> entries) {}

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public @Nullable SourceFile next() throws IOException {
        while (true) {
            Level level = levels.peek();
            if (level == null) {
                return null;
            }
            DirectoryEntry entry = level.entries().next();
            if (entry == null) {
                level.entries().close();
                levels.pop();
            } else if (entry.isDirectory()) {
                enter(level, entry.name());
            } else {
                files++;
                bytes += entry.stat().size();
                return new SourceFile(level.prefix() + entry.name(), entry.stat());
            }
        }
    }

    private void enter(Level above, String name) {
        String prefix = above.prefix() + name;
        Path directory = RawName.resolve(above.directory(), name.substring(0, name.length() - 1));
        try {
            levels.push(new Level(prefix, directory, list(prefix, directory)));
        } catch (IOException e) {
            failures.add(RawName.shown(directory) + " cannot be read: " + Reason.of(e));
        }
    }

    private Cursor<DirectoryEntry> list(String prefix, Path directory) throws IOException {
        SpillSorter<DirectoryEntry> sorter =
                new SpillSorter<>(scratch, DirectoryEntry.CODEC, Comparator.comparing(DirectoryEntry::name));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path path : entries) {
                DirectoryEntry entry = look(prefix, path);
                if (entry != null) {
                    sorter.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            failures.add(RawName.shown(directory) + " cannot be read to its end: "
                    + Reason.of(Objects.requireNonNull(e.getCause())));
        }
        return sorter.sorted();
    }

    private @Nullable DirectoryEntry look(String prefix, Path path) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, kind, NO_LINKS);
        } catch (IOException e) {
            failures.add(RawName.shown(path) + " cannot be read: " + Reason.of(e));
            return null;
        }
        String name = RawName.of(Objects.requireNonNull(path.getFileName()));
        if (attributes.isRegularFile()) {
            if (!filter.accepts(prefix + name, attributes)) {
                filtered++;
                return null;
            }
            return new DirectoryEntry(name, FileStat.of(attributes));
        }
        if (attributes.isDirectory()) {
            if (name.equals(".git")) {
                repositories.add(RawName.shown(path));
            }
            return isOutput(path, attributes) || path.equals(reports) || !filter.enters(prefix + name, attributes)
                    ? null
                    : new DirectoryEntry(name + "/", new FileStat(0, 0, ""));
        }
        if (attributes.isSymbolicLink()) {
            links++;
            tell("passed by, a symbolic link: ", path);
        } else {
            specials++;
            tell("passed by, a pipe, socket or device: ", path);
        }
        return null;
    }

    private void tell(String what, Path path) {
        if (log.debugs()) {
            log.debug(what + RawName.shown(path));
        }
    }

    /** By identity too: the same directory can be mounted, or spelled, in another way. */
    private boolean isOutput(Path directory, BasicFileAttributes attributes) {
        return directory.equals(output) || (outputKey != null && Objects.equals(outputKey, attributes.fileKey()));
    }

    /** What could not be read since this was asked last. */
    Failures takeFailures() {
        Failures taken = failures;
        failures = new Failures();
        return taken;
    }

    /** How many files it has told of. */
    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    /** How many symbolic links were passed by. */
    int links() {
        return links;
    }

    /** How many pipes, sockets and devices were passed by. */
    int specials() {
        return specials;
    }

    /** How many files the user does not want. */
    long filtered() {
        return filtered;
    }

    /** The directories {@code .git} that were found, for people. */
    List<String> repositories() {
        return repositories;
    }

    @Override
    public void close() throws IOException {
        for (Level level : levels) {
            level.entries().close();
        }
    }
}
