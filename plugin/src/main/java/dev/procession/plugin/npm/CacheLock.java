package dev.procession.plugin.npm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps builds from doing the same work twice. It saves work and no more: everything in the cache gets its place by a rename,
 * so a build that does not get the lock, because its holder was stopped or the file system has no locks, goes on without. The
 * system releases it when the holder dies.
 */
final class CacheLock implements AutoCloseable {
    /** Longer than it takes to unpack the largest jar from a slow disk. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Optional<FileChannel> channel;

    private CacheLock(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param file is created, and stays: if it were deleted, somebody could hold a lock that nobody else meets
     * @param patience how long at most
     * @throws InterruptedException when this thread is interrupted while it waits
     */
    static CacheLock acquire(Path file, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (!(locked = tryLock(channel)) && System.nanoTime() < deadline) {
                // The holder may be another process, which cannot wake us.
                Thread.sleep(10);
            }
        } catch (IOException e) {
            locked = false;
        } finally {
            if (!locked) {
                close(channel);
            }
        }
        return new CacheLock(locked ? Optional.ofNullable(channel) : Optional.empty());
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held in this JVM: another module under -T.
            return false;
        }
    }

    /** Whether nobody else is at work here. */
    boolean isHeld() {
        return channel.isPresent();
    }

    @Override
    public void close() {
        close(channel.orElse(null));
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // What was written is in place already; the system lets go of the lock at the latest when this process
                // ends.
                return;
            }
        }
    }
}
