package dev.procession.internal.memory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directories of sessions in a base directory: created complete, deleted when nobody in one is alive.
 *
 * <pre>
 *   k3x9a0qz2m/          a session
 *   k3x9a0qz2m/sweeping  a sweeper looks whether anybody is alive there: see {@link #confirm}
 *   .new-k3x9a0qz2m/     one that is being created
 *   .dead-k3x9a0qz2m/    one that is being deleted
 *   sweep.lock           held by who deletes
 * </pre>
 */
public final class SessionDirectory {
    static final int NAME_LENGTH = 10;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{" + NAME_LENGTH + "}");
    static final String NEW = ".new-";
    private static final String DEAD = ".dead-";

    /** Of a creation, or of the probe by which a base directory is looked at: its name ends in a number. */
    private static final Pattern NEW_NAME = Pattern.compile("\\.new-([a-z0-9]{" + NAME_LENGTH + "}|[0-9]+)");

    private static final Pattern DEAD_NAME = Pattern.compile("\\.dead-[a-z0-9]{" + NAME_LENGTH + "}");
    private static final String SWEEPING = "sweeping";

    /** A creator needs milliseconds. If it was stopped for longer than this its session is lost, and it is told so. */
    private static final Duration CREATION = Duration.ofMinutes(10);

    /** A sweeper needs milliseconds for a session. */
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private SessionDirectory() {}

    /**
     * Creates a session's directory. It gets its name when it is complete.
     *
     * @param base where
     * @param init fills it; where it fails nothing is left behind
     * @return the directory
     * @throws IOException if that fails
     */
    public static Path create(Path base, SessionInitializer init) throws IOException {
        String name = randomName();
        Path session = base.resolve(name);
        if (!SessionBase.posix()) {
            // Windows does not rename a directory with open files in it. The sweeper is kept away by its lock instead.
            return withLock(base, () -> fill(session, session, init));
        }
        return fill(base.resolve(NEW + name), session, init);
    }

    private static Path fill(Path made, Path session, SessionInitializer init) throws IOException {
        Files.createDirectory(made, SessionBase.ownerOnly());
        boolean done = false;
        try {
            init.initialize(made);
            FaultPoint.reached("session.filled");
            if (!made.equals(session)) {
                Files.move(made, session, StandardCopyOption.ATOMIC_MOVE);
                FaultPoint.reached("session.named");
            }
            done = true;
            return session;
        } finally {
            if (!done) {
                deleteTree(made);
            }
        }
    }

    /**
     * The sessions that are there, dead ones too.
     *
     * @param base where
     * @return their directories
     * @throws IOException if the base directory cannot be read
     */
    public static List<Path> list(Path base) throws IOException {
        return entries(base, NAME.asMatchPredicate());
    }

    private static List<Path> entries(Path base, Predicate<String> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(base)) {
            for (Path entry : entries) {
                if (wanted.test(name(entry)) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        Collections.sort(found);
        return found;
    }

    /**
     * Asked by a process that attaches, after it took the lock of its alive-file: whether the session stays. A sweeper marks
     * a session first, and then looks for living processes; who attaches shows itself first, and then looks for the mark.
     * So at least one of them sees the other.
     *
     * @param session the session's directory
     * @return false if it was swept: this process must not use it
     * @throws IOException if a sweeper does not come to an end
     */
    public static boolean confirm(Path session) throws IOException {
        if (!Files.exists(session.resolve(SWEEPING), LinkOption.NOFOLLOW_LINKS)) {
            return Files.isDirectory(session, LinkOption.NOFOLLOW_LINKS);
        }
        // A sweeper is at work, or was killed. With its lock in our hands there is none, and the mark is void.
        return withLock(base(session), () -> {
            Files.deleteIfExists(session.resolve(SWEEPING));
            return Files.isDirectory(session, LinkOption.NOFOLLOW_LINKS);
        });
    }

    /**
     * Deletes the sessions in which nobody is alive, and what is left of creations and deletions that were killed. Does
     * nothing if another process is at it.
     *
     * @param base where
     * @param nobodyAlive whether nobody holds a lock in a session's directory; asked twice before one is deleted,
     *     while no other thread of this JVM can {@link #confirm}: it must not wait for one
     * @return the sessions that were deleted, by the paths that they had
     * @throws IOException if the base directory cannot be read
     */
    public static List<Path> sweep(Path base, Predicate<Path> nobodyAlive) throws IOException {
        if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Path> swept = SweepLock.tryWith(base, () -> {
            for (Path dead : entries(base, DEAD_NAME.asMatchPredicate())) {
                deleteTree(dead);
            }
            for (Path made : entries(base, NEW_NAME.asMatchPredicate())) {
                if (isOld(made)) {
                    deleteTree(made);
                }
            }
            List<Path> deleted = new ArrayList<>();
            for (Path session : list(base)) {
                if (nobodyAlive.test(session) && remove(session, nobodyAlive)) {
                    deleted.add(session);
                }
            }
            return deleted;
        });
        return swept == null ? List.of() : swept;
    }

    /** The sweep's lock is held. */
    private static boolean remove(Path session, Predicate<Path> nobodyAlive) {
        Path mark = session.resolve(SWEEPING);
        try {
            if (!Files.exists(mark, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(mark);
            }
            FaultPoint.reached("session.marked");
            if (!nobodyAlive.test(session)) {
                Files.deleteIfExists(mark);
                return false;
            }
            Path dead = session.resolveSibling(DEAD + name(session));
            Files.move(session, dead, StandardCopyOption.ATOMIC_MOVE);
            FaultPoint.reached("session.renamed");
            deleteTree(dead);
            return true;
        } catch (IOException e) {
            return false; // one that cannot be deleted does not keep the others; the next sweep tries again
        }
    }

    private static boolean isOld(Path made) {
        try {
            return Files.getLastModifiedTime(made, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(Instant.now().minus(CREATION));
        } catch (IOException e) {
            return false;
        }
    }

    /** Deletes a tree without following links; what another deletes at the same time is no failure. */
    static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null && !(e instanceof NoSuchFileException)) {
                    throw e;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static <T> T withLock(Path base, SweepLock.Action<T> action) throws IOException {
        long deadline = System.nanoTime() + SWEEP.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                T result = SweepLock.tryWith(base, action);
                if (result != null) {
                    return result;
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException("another process has held " + base.resolve("sweep.lock") + " for more than "
                            + SWEEP.toSeconds() + " s");
                }
                LockSupport.parkNanos(1_000_000);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String randomName() {
        Random random = new Random(); // nobody else can look into the base directory, and SecureRandom is slow to load
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < NAME_LENGTH; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    private static Path base(Path session) {
        Path parent = session.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not a session's directory: " + session);
        }
        return parent;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
