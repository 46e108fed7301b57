package dev.procession.internal.liveness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that its participant keeps locked for as long as it lives. The kernel drops the lock after the last thread of
 * the process has left, whatever ended it.
 *
 * <p>A JVM must never open a file that it holds itself: closing that second channel would drop the lock. So every JVM
 * keeps a list of its own files, in the system properties, where a second copy of this class, loaded by another class
 * loader, finds it too.
 */
final class AliveFile implements AutoCloseable {
    /** Begins the names of the system properties; each value is a plain string, as those who list them expect. */
    private static final String PROPERTY = "dev.procession.alive.";

    /** The same again, for programs that replace the system properties. */
    private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private AliveFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** {@return the file, locked, or null if somebody else holds it} */
    static @Nullable AliveFile hold(Path file) throws IOException {
        String key = key(file);
        if (!claim(key)) {
            return null;
        }
        boolean held = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            held = lock != null;
            return held ? new AliveFile(file, channel) : null;
        } finally {
            if (!held) {
                if (channel != null) {
                    channel.close();
                }
                unclaim(key);
            }
        }
    }

    /** What a look at a file shows. */
    enum State {
        HELD,
        /** It is there, and nobody holds it. */
        FREE,
        MISSING
    }

    /** {@return whether a living process holds the file} */
    static boolean isHeld(Path file) {
        return look(file) == State.HELD;
    }

    /** {@return whether a living process holds the file; costs about 8 microseconds} */
    static State look(Path file) {
        if (isOwn(key(file))) {
            return State.HELD;
        }
        // A shared lock: two processes that probe at the same time do not take each other for the owner.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            return lock == null ? State.HELD : State.FREE;
        } catch (NoSuchFileException e) {
            return State.MISSING;
        } catch (OverlappingFileLockException e) {
            return State.HELD; // another thread of this JVM is probing it: that one will tell
        } catch (IOException e) {
            return State.HELD; // no descriptor left, for example: not knowing must never rob anybody
        }
    }

    /** Drops the lock and deletes the file. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            try {
                channel.close();
            } finally {
                unclaim(key(file));
            }
        }
    }

    /** The session's name and the file's: it stays when the session's directory gets its final name. */
    private static String key(Path file) {
        Path session = file.getParent() == null ? null : file.getParent().getParent();
        String name = session == null ? "" : String.valueOf(session.getFileName());
        return (name.startsWith(".new-") ? name.substring(".new-".length()) : name) + '/' + file.getFileName();
    }

    private static boolean claim(String key) {
        return HELD.add(key) && System.getProperties().putIfAbsent(PROPERTY + key, "held") == null;
    }

    private static boolean isOwn(String key) {
        return HELD.contains(key) || System.getProperty(PROPERTY + key) != null;
    }

    private static void unclaim(String key) {
        System.getProperties().remove(PROPERTY + key);
        HELD.remove(key);
    }
}
