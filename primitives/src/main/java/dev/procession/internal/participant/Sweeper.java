package dev.procession.internal.participant;

import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.SessionDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Removes sessions whose last participant is gone, however it went. */
public final class Sweeper {
    private Sweeper() {}

    /**
     * Removes the dead sessions of a base directory.
     *
     * @return what was removed
     */
    public static List<Path> sweep(Path base) {
        try {
            return SessionDirectory.sweep(base, Sweeper::nobodyAlive);
        } catch (IOException e) {
            return List.of(); // another user's trouble, or a full disk: the next sweep tries again
        }
    }

    /** Whether no participant of a session holds its locked file. */
    public static boolean nobodyAlive(Path session) {
        return nobodyAliveBut(session, "");
    }

    private static boolean nobodyAliveBut(Path session, String self) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Participant.alive(session))) {
            for (Path file : files) {
                if (!file.endsWith(self) && ProcessTable.isHeld(file)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return !Files.isDirectory(Participant.alive(session));
        }
    }

    /** Removes the session of a JVM that ends, if nobody else takes part in it. */
    static void sweepLast(Path session, String self) {
        Path base = session.getParent();
        if (base == null || !nobodyAliveBut(session, self)) {
            return;
        }
        try {
            SessionDirectory.sweep(base, path -> path.equals(session) && nobodyAliveBut(path, self));
        } catch (IOException e) {
            // The next session of this user sweeps it.
        }
    }

    static void sweepOne(Path session) {
        Path base = session.getParent();
        if (base != null && nobodyAlive(session)) {
            sweep(base);
        }
    }
}
