package dev.procession.plugin.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The lock of a store. The system releases it when the holder's process dies, however it dies. */
final class StoreLock implements AutoCloseable {
    /** To unpack takes a second; who waits longer than this waits for a machine that stands still. */
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private static final long PAUSE_MILLIS = 20;

    private final FileLock lock;

    private StoreLock(FileLock lock) {
        this.lock = lock;
    }

    static StoreLock acquire(FileChannel channel) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return new StoreLock(lock);
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("another build has been unpacking the engine for "
                        + TimeUnit.NANOSECONDS.toMinutes(LIMIT_NANOS) + " minutes");
            }
            // A lock that is held in this JVM cannot be waited for, so both kinds of holders are asked again.
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
    }
}
