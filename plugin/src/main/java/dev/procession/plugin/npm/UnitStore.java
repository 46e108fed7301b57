package dev.procession.plugin.npm;

import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The unpacked jars of this machine, one {@link Unit} for each content, below {@code npm/} in the cache directory. A unit gets
 * its place by a rename when it is whole, so it is never seen half unpacked. Units are never changed; a damaged one is moved
 * away and made anew.
 */
final class UnitStore {
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path root;
    private final Limits limits;
    private final BuildLog log;

    UnitStore(Path cacheDirectory, Limits limits, BuildLog log) {
        // The 1 is the layout's: another version of this plugin may have another layout beside it.
        this.root = cacheDirectory.resolve("npm").resolve("1");
        this.limits = limits;
        this.log = log;
    }

    /** Where all of it is. */
    Path root() {
        return root;
    }

    Path lockFile() throws IOException {
        Folders.createPrivate(root);
        return root.resolve("lock");
    }

    private Path directory(String key) {
        return root.resolve("units").resolve(key);
    }

    Optional<Unit> find(String key) {
        return Unit.read(key, directory(key));
    }

    /**
     * The unit of a content, unpacked if it is not there.
     *
     * @param label names the jar in the log
     */
    Unit unit(String key, Contents contents, String label)
            throws IOException, InterruptedException, UnusableJarException {
        Optional<Unit> known = find(key);
        if (known.isPresent()) {
            return known.get();
        }
        try (CacheLock lock = CacheLock.acquire(lockFile(), CacheLock.PATIENCE)) {
            // Whoever had the lock before may have unpacked the same jar.
            Optional<Unit> made = find(key);
            if (made.isPresent()) {
                return made.get();
            }
            if (lock.isHeld()) {
                sweep();
            }
            return make(key, contents, label);
        }
    }

    /** Forgets a unit whose files are not what they were. */
    void discard(String key) throws IOException {
        Path trash = Folders.fresh(staging());
        try {
            Files.move(directory(key), trash.resolve(key), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            log.debug("another build has already taken the damaged " + directory(key) + " away");
        }
        Folders.delete(trash);
    }

    private Path staging() {
        return root.resolve("staging");
    }

    /** Removes what killed builds left. A build that works without the lock is never that old. */
    private void sweep() throws IOException {
        if (!Files.isDirectory(staging())) {
            return;
        }
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(staging())) {
            for (Path folder : left) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                    Folders.delete(folder);
                }
            }
        }
    }

    private Unit make(String key, Contents contents, String label) throws IOException, UnusableJarException {
        long begin = System.nanoTime();
        Path draft = Folders.fresh(staging());
        try {
            Unit unit = Unpacker.unpack(contents, key, draft, limits);
            Path place = directory(key);
            Files.createDirectories(root.resolve("units"));
            if (Files.exists(place)) {
                log.debug(place + " is damaged, and is made anew");
                discard(key);
            }
            try {
                Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                // Without a lock somebody else may have been first; what is there and whole is as good as ours.
                Optional<Unit> theirs = find(key);
                if (theirs.isPresent()) {
                    return theirs.get();
                }
                throw e;
            }
            log.debug(
                    "unpacked " + label + " into " + place + " in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            return new Unit(key, place, unit.packages(), unit.leftOut());
        } finally {
            Folders.delete(draft);
        }
    }
}
