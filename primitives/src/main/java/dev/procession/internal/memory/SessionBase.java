package dev.procession.internal.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which this user's sessions are, chosen and found safe: a directory, not a link to one, ours, and closed
 * to others.
 *
 * @param path where it is; it exists
 * @param passedOver why places that come before it were not taken, one sentence each; empty if the first one was
 */
public record SessionBase(Path path, List<String> passedOver) {
    /**
     * A Unix socket's path has 107 bytes at the most, and the longest in a session is {@code /bell/4096-1073741823}. The
     * rest is a reserve for what is put there later.
     */
    static final int MAX_SESSION_PATH = 60;

    private static final String PROPERTY = "procession.sessions";

    /** Without ownership and modes there is only the directory's place in the user's profile: Windows. */
    private static final boolean POSIX =
            Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");

    /** Checks nothing: {@link #choose} does. */
    public SessionBase {
        passedOver = List.copyOf(passedOver);
    }

    /**
     * The directory that {@code -Dprocession.sessions} names, or else the first that will do of /dev/shm (Linux), the
     * directory for temporary files, and /tmp.
     *
     * @return the directory, created if it was not there
     * @throws IOException if none will do; the message says why for each
     */
    public static SessionBase choose() throws IOException {
        String wanted = System.getProperty(PROPERTY);
        if (wanted != null && !wanted.isBlank()) {
            // No other place is tried: who names one would look there.
            Path path = Path.of(wanted).toAbsolutePath().normalize();
            String reason = prepare(path);
            if (reason != null) {
                throw new IOException("-D" + PROPERTY + "=" + wanted + " cannot hold sessions: " + reason);
            }
            return new SessionBase(path, List.of());
        }
        return choose(places());
    }

    /**
     * The first of some directories that will do.
     *
     * @param places where to look, the best first
     * @return the directory, created if it was not there
     * @throws IOException if none will do; the message says why for each
     */
    public static SessionBase choose(List<Path> places) throws IOException {
        List<String> passedOver = new ArrayList<>();
        for (Path place : places) {
            String reason = prepare(place);
            if (reason == null) {
                return new SessionBase(place, passedOver);
            }
            passedOver.add(reason);
        }
        throw new IOException("no directory can hold sessions; name one with -D" + PROPERTY + "=<dir>: "
                + String.join("; ", passedOver));
    }

    /** {@return where sessions may be when no property says it, the best place first} */
    public static List<Path> places() {
        String name = "procession-" + user();
        List<Path> places = new ArrayList<>();
        Path memory = Path.of("/dev/shm");
        if (System.getProperty("os.name", "").startsWith("Linux") && Files.isDirectory(memory)) {
            places.add(memory.resolve(name));
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
                .toAbsolutePath()
                .normalize()
                .resolve(name);
        places.add(temporary);
        Path shortest = Path.of("/tmp", name);
        if (POSIX && !shortest.equals(temporary)) {
            places.add(shortest); // macOS: the directory of each user has a path too long for sockets
        }
        return places;
    }

    /** The user, as a part of a file name; in a container a user may have a number only. */
    private static String user() {
        String name = System.getProperty("user.name", "?");
        if (name.equals("?") && POSIX) {
            try {
                name = "uid-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                name = "unknown";
            }
        }
        String safe = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return safe.substring(0, Math.min(20, safe.length()));
    }

    /** Creates the directory, or looks at what is there. Returns why it will not do, or null. */
    private static @Nullable String prepare(Path base) {
        int length = base.toString().getBytes(StandardCharsets.UTF_8).length + 1 + SessionDirectory.NAME_LENGTH;
        if (POSIX && length > MAX_SESSION_PATH) {
            return base + " is too long: a session's path there has " + length + " bytes, and Unix sockets in it need "
                    + MAX_SESSION_PATH + " at the most";
        }
        try {
            Optional<String> network = NetworkFileSystem.of(base);
            if (network.isPresent()) {
                return base + " is on a network or FUSE file system (" + network.get()
                        + "): processes would not see one memory there";
            }
            create(base);
            return POSIX ? unsafe(base) : null;
        } catch (AccessDeniedException e) {
            return base + " is not writable";
        } catch (IOException e) {
            return base + ": " + e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private static void create(Path base) throws IOException {
        Path parent = base.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(base, ownerOnly());
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("it is not a directory, or a link to one", e);
            }
        }
    }

    /** Whose it is shows in comparison with a directory that we make in it: Java does not tell the user's number. */
    private static @Nullable String unsafe(Path base) throws IOException {
        Path probe = Files.createTempDirectory(base, SessionDirectory.NEW, ownerOnly()); // swept if we are killed now
        try {
            UserPrincipal us = Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
            UserPrincipal owner = Files.getOwner(base, LinkOption.NOFOLLOW_LINKS);
            if (!us.equals(owner)) {
                return base + " belongs to " + owner.getName() + ", not to " + us.getName();
            }
        } finally {
            Files.deleteIfExists(probe);
        }
        Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
        mode.addAll(Files.getPosixFilePermissions(base, LinkOption.NOFOLLOW_LINKS));
        if (mode.stream().anyMatch(p -> !p.name().toLowerCase(Locale.ROOT).startsWith("owner"))) {
            return base + " is open to others (" + PosixFilePermissions.toString(mode)
                    + "): chmod 700 it, or name a directory that does not exist yet";
        }
        return null;
    }

    static FileAttribute<?>[] ownerOnly() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    static boolean posix() {
        return POSIX;
    }
}
