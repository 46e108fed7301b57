package dev.procession.internal.memory;

import dev.procession.IncompatibleSessionException;
import dev.procession.OutOfSharedMemoryException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The segment files of a session, as this process has them mapped. They are only ever added to, so that what is mapped once
 * stays right; a file that another process added is mapped when it is first asked for.
 */
final class Segments {
    private static final int SMALLEST = 1 << 20;
    private static final int LARGEST = 64 << 20;

    /** Docker gives /dev/shm 64 MB: a session that grows leaves room for others. */
    private static final int SHARE_OF_FREE = 4;

    /** What the first segment has for blocks at the least. */
    private static final int FIRST_HEAP = 64 * 1024;

    /** Segments are whole pages: the rest of a page could not be used by anybody else. */
    private static final int PAGE = 4096;

    private final SessionLayout layout;
    private final Memory first;
    private volatile Path directory;
    private volatile Memory[] mapped;

    private Segments(Path directory, SessionLayout layout, Memory first) {
        this.directory = directory;
        this.layout = layout;
        this.first = first;
        this.mapped = new Memory[] {first};
    }

    static Segments create(Path directory, HeapOptions options) throws IOException {
        SessionLayout layout = new SessionLayout(options.slotCount());
        int smallest = layout.heap() + FIRST_HEAP;
        long free = freeBytes(directory);
        int bytes = pages(Math.max(smallest, Math.min(options.firstSegmentBytes(), free / SHARE_OF_FREE)));
        Memory first = write(file(directory, 0), bytes, free);
        first.setInt(SessionLayout.SEGMENTS, 1);
        first.setLong(SessionLayout.HINT, position(0, layout.heap()));
        SegmentLayout.format(first, 0, layout.slotCount(), layout.heap());
        return new Segments(directory, layout, first);
    }

    static Segments attach(Path directory) throws IOException {
        Path file = file(directory, 0);
        Memory first = SegmentFile.map(file, 0);
        SessionLayout layout = layout(file, first);
        if (layout.heap() >= first.size()) {
            throw new IncompatibleSessionException(
                    file, "length", first.size() + " bytes", "more than " + layout.heap());
        }
        return new Segments(directory, layout, first);
    }

    /** Where things lie in a first segment whose header was looked at. */
    static SessionLayout layout(Path file, Memory first) {
        int slots = first.getInt(SegmentLayout.SLOTS);
        if (slots < 64 || slots > HeapOptions.MAX_SLOTS || slots % 64 != 0) {
            throw new IncompatibleSessionException(
                    file, "slot count", Integer.toString(slots), "a multiple of 64 up to " + HeapOptions.MAX_SLOTS);
        }
        SessionLayout layout = new SessionLayout(slots);
        int heap = first.getInt(SegmentLayout.HEAP);
        if (heap != layout.heap()) {
            throw new IncompatibleSessionException(
                    file, "start of the heap", Integer.toString(heap), Integer.toString(layout.heap()));
        }
        return layout;
    }

    SessionLayout layout() {
        return layout;
    }

    Memory first() {
        return first;
    }

    Path directory() {
        return directory;
    }

    void movedTo(Path newDirectory) {
        directory = newDirectory;
    }

    /** How many there are, in all processes. */
    int count() {
        // acquire: pairs with the release in grow; who sees the count sees the file under its name.
        return first.getIntAcquire(SessionLayout.SEGMENTS);
    }

    /** A segment below {@link #count}. */
    Memory get(int index) {
        Memory[] now = mapped;
        return index < now.length ? now[index] : mapThrough(index)[index];
    }

    private synchronized Memory[] mapThrough(int index) {
        Memory[] now = mapped;
        while (now.length <= index) {
            Path file = file(directory, now.length);
            try {
                Memory segment = SegmentFile.map(file, now.length);
                int heap = segment.getInt(SegmentLayout.HEAP);
                if (heap != SegmentLayout.BYTES) {
                    throw new IncompatibleSessionException(
                            file, "start of the heap", Integer.toString(heap), Integer.toString(SegmentLayout.BYTES));
                }
                now = with(now, segment);
            } catch (IOException e) {
                throw new UncheckedIOException("segment " + now.length + " of session " + directory, e);
            }
            mapped = now;
        }
        return now;
    }

    /** A mapping of its own for some bytes of a segment. */
    MappedByteBuffer mapAgain(int index, int offset, int length) {
        try {
            return SegmentFile.mapPart(file(directory, index), offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("segment " + index + " of session " + directory, e);
        }
    }

    private static Memory[] with(Memory[] some, Memory one) {
        Memory[] all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = one;
        return all;
    }

    /** Where the blocks of a segment begin. */
    int heap(int index) {
        return index == 0 ? layout.heap() : SegmentLayout.BYTES;
    }

    /**
     * Adds a segment with room for a block. The heap's lock is held, and all segments are mapped.
     *
     * @return its index
     * @throws OutOfSharedMemoryException if the file system has no room for it; nothing was changed
     */
    synchronized int grow(int blockBytes) {
        int index = count();
        int last = get(index - 1).size();
        int needed = pages((long) SegmentLayout.BYTES + blockBytes);
        long free = freeBytes(directory);
        long wished = Math.min(LARGEST, Math.max(SMALLEST, 2L * last));
        int bytes = pages(Math.max(needed, Math.min(wished, free / SHARE_OF_FREE)));
        Path made = directory.resolve("segment-" + index + ".new");
        try {
            // Both may be left from a process that died here: it held the heap's lock, so that nobody uses them.
            Files.deleteIfExists(made);
            Files.deleteIfExists(file(directory, index));
            Memory segment = write(made, bytes, free);
            SegmentLayout.format(segment, index, layout.slotCount(), SegmentLayout.BYTES);
            FaultPoint.reached("heap.segment-written");
            Files.move(made, file(directory, index), StandardCopyOption.ATOMIC_MOVE);
            FaultPoint.reached("heap.segment-renamed");
            mapped = with(mapped, segment);
        } catch (NoSuchFileException e) {
            throw deleted(directory, e);
        } catch (IOException e) {
            throw new UncheckedIOException("segment " + index + " of session " + directory, e);
        }
        // release: publishes the file, its header and its first block; pairs with count().
        first.setIntRelease(SessionLayout.SEGMENTS, index + 1);
        FaultPoint.reached("heap.segment-counted");
        return index;
    }

    private static Memory write(Path file, int bytes, long free) throws IOException {
        if (bytes > free) {
            throw new OutOfSharedMemoryException(bytes, free, parent(file));
        }
        try {
            return SegmentFile.create(file, bytes);
        } catch (SegmentFile.NoSpaceException e) {
            // Somebody else was quicker, or a quota that the file system does not tell of is used up.
            OutOfSharedMemoryException none =
                    new OutOfSharedMemoryException(bytes, freeBytes(parent(file)), parent(file));
            none.initCause(e);
            throw none;
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /** What the file system has left; without end where it does not say, as a tmpfs without a limit. */
    private static long freeBytes(Path directory) {
        File asFile = directory.toFile();
        return asFile.getTotalSpace() == 0 ? Long.MAX_VALUE : asFile.getUsableSpace();
    }

    static Path file(Path directory, int index) {
        return directory.resolve("segment-" + index);
    }

    private static int pages(long bytes) {
        return (int) Math.min((bytes + PAGE - 1) & -PAGE, SegmentLayout.MAX_LENGTH);
    }

    /** A place in the session in one long: segment and offset. 0 is no block, since segment 0 begins with its header. */
    static long position(int segment, int offset) {
        return (long) segment << 32 | offset;
    }

    static int segment(long position) {
        return (int) (position >>> 32);
    }

    static int offset(long position) {
        return (int) position;
    }

    /** {@return what is thrown where something has to be made in a session whose directory is gone} */
    static UncheckedIOException deleted(@Nullable Path session, NoSuchFileException cause) {
        return new UncheckedIOException(
                "the session " + session
                        + " can get no more memory: its directory was deleted by somebody who does not take"
                        + " part in it; what it has goes on working; end its processes and create another one",
                cause);
    }
}
