package dev.procession.plugin.sort.output;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.RawName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run out of an output. The system releases it when the run's process dies, however it dies. Runs of one
 * build ({@code -T}) wait for each other: without threads they would come one after the other, too.
 */
public final class OutputLock implements AutoCloseable {
    /** Which outputs runs of this JVM have, or wait for. */
    private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

    /** Never closed, see {@link #tryLock}. */
    private static final Queue<FileChannel> LEFT_OPEN = new ConcurrentLinkedQueue<>();

    private final FileChannel channel;
    private final Semaphore turn;

    private OutputLock(FileChannel channel, Semaphore turn) {
        this.channel = channel;
        this.turn = turn;
    }

    /**
     * Takes it.
     *
     * @param log where it is told that another run of this build is waited for
     * @throws SortFailedException when another process has it
     */
    public static OutputLock acquire(SortPlaces places, BuildLog log) throws IOException, InterruptedException {
        Semaphore turn = TURNS.computeIfAbsent(places.output(), output -> new Semaphore(1, true));
        if (!turn.tryAcquire()) {
            if (log.debugs()) {
                log.debug("waits until another run of this build has ended in " + RawName.shown(places.output()));
            }
            turn.acquire();
        }
        try {
            return new OutputLock(locked(places), turn);
        } catch (Throwable e) {
            turn.release();
            throw e;
        }
    }

    private static FileChannel locked(SortPlaces places) throws IOException {
        Path file = places.own().lock();
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new SortFailedException("<output>: another run" + holder(channel) + " is sorting into "
                        + RawName.shown(places.output())
                        + "; wait for its end and run again, or name another <output>");
            }
            channel.truncate(0);
            sign(channel);
            return channel;
        } catch (Throwable e) {
            if (!LEFT_OPEN.contains(channel)) {
                channel.close();
            }
            throw e;
        }
    }

    /** Whether it is held; anything else is a mistake of the caller. */
    public void check() {
        if (!channel.isOpen()) {
            throw new IllegalStateException("the lock was given back");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held in this JVM by somebody with other classes: the build has this plugin twice. Closed, or collected,
            // this
            // channel would take his lock from him, as POSIX has it.
            LEFT_OPEN.add(channel);
            return null;
        }
    }

    /** For the message that others get. */
    private static void sign(FileChannel channel) throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // A full disk: it is held all the same, and the message does without the number.
        }
    }

    private static String holder(FileChannel channel) {
        ByteBuffer text = ByteBuffer.allocate(20);
        try {
            int length = channel.read(text, 0);
            return length <= 0
                    ? ""
                    : " (process " + new String(text.array(), 0, length, StandardCharsets.US_ASCII) + ")";
        } catch (IOException e) {
            // On Windows nobody else may read a locked file; the message does without the number.
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        // The file stays: if it were deleted, a run that has just opened it would hold a lock that nobody else meets.
        try {
            channel.close();
        } finally {
            turn.release();
        }
    }
}
