package dev.procession.plugin.sort.output;

import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.RawName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * Held, shared with others, by a worker while it works on a batch. A worker outlives its run's process by up to two
 * seconds when that is killed; who clears up after the run waits until nobody holds this, so that nothing is placed behind
 * his back. The system releases it when the worker dies.
 */
public final class WorkersLock implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final FileChannel channel;

    private WorkersLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock for a worker, beside others.
     *
     * @param run the directory of the run that the worker works for
     */
    public static WorkersLock share(OwnPlaces own, Path run) throws IOException {
        FileChannel channel = FileChannel.open(own.workers(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            channel.lock(0, Long.MAX_VALUE, true);
            // Whoever cleared up before we had the lock has said so.
            if (!Files.exists(run.resolve("drafts"))) {
                throw new IOException("the run was ended; its worker does no more");
            }
            return new WorkersLock(channel);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** Waits until no worker is at work, and keeps others from beginning. */
    public static WorkersLock alone(OwnPlaces own) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(
                own.workers(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            FileLock lock = channel.tryLock();
            while (lock == null) {
                if (System.nanoTime() > deadline) {
                    throw new SortFailedException("<output>: workers of a run that was killed are still at work in "
                            + RawName.shown(own.directory()) + "; end them and run again");
                }
                Thread.sleep(20);
                lock = channel.tryLock();
            }
            return new WorkersLock(channel);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** Whether it is held; anything else is a mistake of the caller. */
    public void check() {
        if (!channel.isOpen()) {
            throw new IllegalStateException("the lock was given back");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
