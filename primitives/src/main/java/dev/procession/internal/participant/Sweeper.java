package dev.procession.internal.participant;

import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.SessionDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Removes sessions whose last participant is gone, however it went. */
public final class Sweeper {
    /** A sweep takes milliseconds. */
    private static final int LOOKS = 200;

    private static final long PAUSE_NANOS = 5_000_000;

    private Sweeper() {}

    /**
     * Removes the dead sessions of a base directory, as far as that is possible now.
     *
     * @return what was removed
     */
    public static List<Path> sweep(Path base) {
        try {
            return sweepNow(base);
        } catch (IOException e) {
            return List.of(); // another user's trouble, or a full disk: the next sweep tries again
        }
    }

    /**
     * Removes the dead sessions of a base directory.
     *
     * @return what was removed; nothing if another process is at it
     * @throws IOException if the directory cannot be read
     */
    public static List<Path> sweepNow(Path base) throws IOException {
        return SessionDirectory.sweep(base, Sweeper::nobodyAlive);
    }

    /**
     * Whether a directory is a session's. That its name might be one does not suffice: a base directory may be any
     * directory of the user's, and {@code screenshot} or {@code workspaces} would be such names.
     */
    public static boolean isSession(Path directory) {
        // Both are made before a session gets its name.
        return Files.isDirectory(Participant.alive(directory), LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(directory.resolve("segment-0"), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether a directory is a session's, and no participant holds its locked file. */
    public static boolean nobodyAlive(Path session) {
        return nobodyAliveBut(session, "");
    }

    private static boolean nobodyAliveBut(Path session, String self) {
        if (!isSession(session)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Participant.alive(session))) {
            for (Path file : files) {
                if (!file.endsWith(self) && ProcessTable.isHeld(file)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // not knowing must never rob anybody
        }
    }

    /** Removes the session of a JVM that ends, if nobody else takes part in it. */
    static void sweepLast(Path session, String self) {
        Path base = session.getParent();
        if (base == null || !nobodyAliveBut(session, self)) {
            return;
        }
        remove(base, session, self);
    }

    /** Removes the session that this process has left, if nobody else takes part in it. */
    static void sweepOne(Path session) {
        Path base = session.getParent();
        if (base != null && nobodyAlive(session)) {
            remove(base, session, "");
        }
    }

    /** Another process may be sweeping: it has looked at this session already, perhaps when this process was in it. */
    private static void remove(Path base, Path session, String self) {
        for (int look = 0; look < LOOKS && Files.exists(session) && nobodyAliveBut(session, self); look++) {
            try {
                SessionDirectory.sweep(base, path -> path.equals(session) && nobodyAliveBut(path, self));
            } catch (IOException e) {
                return; // the next session of this user sweeps it
            }
            if (Files.exists(session)) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
