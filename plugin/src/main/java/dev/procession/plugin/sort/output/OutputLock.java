package dev.procession.plugin.sort.output;

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
import org.jspecify.annotations.Nullable;

/** Keeps a second run out of an output. The system releases it when the run's process dies, however it dies. */
public final class OutputLock implements AutoCloseable {
    private final FileChannel channel;

    private OutputLock(FileChannel channel) {
        this.channel = channel;
    }

    public static OutputLock acquire(SortPlaces places) throws IOException {
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
            return new OutputLock(channel);
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

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held in this JVM: another module under -T.
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
        channel.close();
    }
}
