package dev.procession.internal.memory;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lock that is held by who deletes sessions of a base directory: {@code sweep.lock} in it. One holder at a time. */
final class SweepLock {
    /**
     * A literal is one object for all class loaders of the JVM. Two of them must not have the file open at once: where one
     * closes it, the kernel drops the lock of the other.
     */
    private static final Object WHOLE_JVM = "dev.procession.internal.memory.SweepLock";

    private SweepLock() {}

    /** What is done while the lock is held. */
    interface Action<T> {
        T run() throws IOException;
    }

    /**
     * Runs an action with the lock.
     *
     * @return what it returned, or null if another process holds the lock or this thread is interrupted
     */
    static <T> @Nullable T tryWith(Path base, Action<T> action) throws IOException {
        synchronized (WHOLE_JVM) {
            if (Thread.currentThread().isInterrupted()) {
                return null;
            }
            try (FileChannel channel = FileChannel.open(
                            base.resolve("sweep.lock"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
                    FileLock lock = channel.tryLock()) {
                return lock == null ? null : action.run();
            } catch (OverlappingFileLockException | ClosedByInterruptException e) {
                return null; // another class of this JVM has it, or we are to stop
            }
        }
    }
}
