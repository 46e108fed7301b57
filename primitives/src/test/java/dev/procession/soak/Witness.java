package dev.procession.soak;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What really happened, written down beside the library: a mapped file of longs that it knows nothing of. */
final class Witness {
    /** Whether the workers are to end. */
    static final int STOP = 0;

    /** Faults that a worker saw. */
    static final int FAULTS = 1;

    /** The pid of who is inside the lock, 0 if nobody. */
    static final int IN_LOCK = 2;

    /** The same for the reentrant lock. */
    static final int IN_REENTRANT = 3;

    /** Ends of owners that were reported to the next owner. */
    static final int DEATHS_SEEN = 4;

    /** A counter that is only changed inside the lock, without an atomic operation, and one that is. */
    static final int PLAIN = 5;

    static final int ATOMIC = 6;

    /** How often somebody found that the one before it had died inside; twice if the finder died, too. */
    static final int DIED_INSIDE = 7;

    /** Pids of those who have a permit: one cell for each worker's place. */
    static final int PERMITS = 16;

    /** Steps that each worker has done. */
    static final int STEPS = 48;

    /** What each worker did last, for a report. */
    static final int LAST = 80;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private final ByteBuffer bytes;

    Witness(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    long get(int cell) {
        return (long) LONGS.getVolatile(bytes, cell * Long.BYTES);
    }

    void set(int cell, long value) {
        LONGS.setVolatile(bytes, cell * Long.BYTES, value);
    }

    void add(int cell, long value) {
        LONGS.getAndAdd(bytes, cell * Long.BYTES, value);
    }

    boolean change(int cell, long from, long to) {
        return LONGS.compareAndSet(bytes, cell * Long.BYTES, from, to);
    }
}
