package dev.procession.plugin.sort.scan;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The regular files of the source, in the order of the bytes of their paths. Sorts one directory at a time, so it needs
 * room for the directories on the way to one file, and for some that come next and are listed ahead.
 */
public final class SourceScan implements Cursor<SourceFile> {
    private final DirectoryLister lister;
    private final ListAhead listAhead;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final List<String> repositories = new ArrayList<>();
    private Failures failures = new Failures();
    private long files;
    private int links;
    private int specials;

    /** @param reports what is written about runs, which is left out of them; may be null */
    public SourceScan(SortPlaces places, FileFilter filter, @Nullable Path reports, Scratch scratch, BuildLog log)
            throws IOException {
        this(places, filter, reports, scratch, ChildProcess.cpuCount(), log);
    }

    SourceScan(
            SortPlaces places, FileFilter filter, @Nullable Path reports, Scratch scratch, int processors, BuildLog log)
            throws IOException {
        this.lister = new DirectoryLister(places.output(), filter, reports, scratch, log);
        this.listAhead = new ListAhead(lister, processors);
        Path source = places.source();
        try {
            enter("", source, lister.list("", source));
        } catch (IOException e) {
            throw new SortFailedException("<source>: " + RawName.shown(source) + " cannot be read: " + Reason.of(e)
                    + "; change its permissions");
        }
    }

    private void enter(String prefix, Path directory, DirectoryListing listing) {
        failures.addAll(listing.failures());
        links += listing.links();
        specials += listing.specials();
        repositories.addAll(listing.repositories());
        levels.push(new Level(prefix, directory, listing.entries()));
    }

    /** A directory that is being read. */
    private final class Level {
        /** So many of its directories are listed before their turn; each holds what it has in memory. */
        private static final int DIRECTORIES_AHEAD = 4;

        private static final int ENTRIES_AHEAD = 256;

        /** Its raw path with a slash at the end. */
        final String prefix;

        final Path directory;
        final Cursor<DirectoryEntry> entries;
        private final Queue<DirectoryEntry> ahead = new ArrayDeque<>();

        /** For the first directories of those ahead. */
        private final Queue<ListAhead.Promise> promises = new ArrayDeque<>();

        /** How many of those ahead are directories without a promise, and come after those that have one. */
        private int unpromised;

        private boolean atEnd;

        Level(String prefix, Path directory, Cursor<DirectoryEntry> entries) {
            this.prefix = prefix;
            this.directory = directory;
            this.entries = entries;
        }

        @Nullable
        DirectoryEntry next() throws IOException {
            while (!atEnd && promises.size() + unpromised < DIRECTORIES_AHEAD && ahead.size() < ENTRIES_AHEAD) {
                DirectoryEntry entry = entries.next();
                if (entry == null) {
                    atEnd = true;
                } else {
                    ahead.add(entry);
                    if (entry.isDirectory()) {
                        promise(entry);
                    }
                }
            }
            return ahead.poll();
        }

        private void promise(DirectoryEntry entry) {
            ListAhead.Promise promise = unpromised == 0 ? listAhead.begin(prefix + entry.name(), path(entry)) : null;
            if (promise == null) {
                unpromised++;
            } else {
                promises.add(promise);
            }
        }

        private Path path(DirectoryEntry entry) {
            String name = entry.name();
            return RawName.resolve(directory, name.substring(0, name.length() - 1));
        }

        /** Goes into a directory that it has told of. */
        void enter(DirectoryEntry entry) throws ClosedByInterruptException {
            Path below = path(entry);
            String prefixBelow = prefix + entry.name();
            ListAhead.Promise promise = promises.poll();
            try {
                DirectoryListing listing;
                if (promise != null) {
                    listing = promise.take(promises);
                } else {
                    unpromised--;
                    listing = lister.list(prefixBelow, below);
                }
                SourceScan.this.enter(prefixBelow, below, listing);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                failures.add(RawName.shown(below) + " cannot be read: " + Reason.of(e));
            }
        }
    }

    @Override
    public @Nullable SourceFile next() throws IOException {
        while (true) {
            Level level = levels.peek();
            if (level == null) {
                return null;
            }
            DirectoryEntry entry = level.next();
            if (entry == null) {
                level.entries.close();
                levels.pop();
            } else if (entry.isDirectory()) {
                level.enter(entry);
            } else {
                files++;
                return new SourceFile(level.prefix + entry.name(), entry.stat());
            }
        }
    }

    /** What could not be read since this was asked last. */
    Failures takeFailures() {
        Failures taken = failures;
        failures = new Failures();
        return taken;
    }

    /** How many files it has told of. */
    public long files() {
        return files;
    }

    /** How many symbolic links were passed by. */
    public int links() {
        return links;
    }

    /** How many pipes, sockets and devices were passed by. */
    public int specials() {
        return specials;
    }

    /** The directories {@code .git} that were found, for people. */
    public List<String> repositories() {
        return repositories;
    }

    @Override
    public void close() throws IOException {
        listAhead.close();
        for (Level level : levels) {
            level.entries.close();
        }
    }
}
