package dev.procession.internal.memory;

import dev.procession.IncompatibleSessionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that are mapped. Every byte of one is written before it is mapped: a store into a hole of a sparse file, on a file
 * system that is full, is lost without a word, or ends the JVM's thread with an InternalError much later.
 *
 * <p>An interrupt does not stop these calls; the thread's interrupt status is as it was.
 */
public final class SegmentFile {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(64 * 1024);

    private static final Set<OpenOption> MAPPED =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private SegmentFile() {}

    /**
     * Creates a file of zeros, readable and writable by its owner alone, and maps it.
     *
     * @param file a file that is not there
     * @param bytes its length
     * @return all of it
     * @throws NoSpaceException if the file system has no room for it; the file was removed again
     * @throws IOException if it cannot be created or mapped
     */
    public static Memory create(Path file, int bytes) throws IOException {
        return uninterrupted(() -> {
            Set<OpenOption> options = Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            try (FileChannel channel = FileChannel.open(file, options, ownerOnly(file))) {
                boolean done = false;
                try {
                    writeZeros(channel, bytes);
                    Memory mapped = new Memory(channel.map(MapMode.READ_WRITE, 0, bytes));
                    done = true;
                    return mapped;
                } finally {
                    if (!done) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        });
    }

    /**
     * Maps a segment of a session, after a look at its header.
     *
     * @param file the segment's file
     * @param index which segment it must be
     * @return all of it
     * @throws IncompatibleSessionException if it is not a segment that this process can use
     * @throws IOException if it cannot be opened or mapped
     */
    public static Memory map(Path file, int index) throws IOException {
        return uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(file, MAPPED)) {
                long length = channel.size();
                check(file, channel, length, index);
                return new Memory(channel.map(MapMode.READ_WRITE, 0, length));
            }
        });
    }

    /**
     * Copies the beginning of a segment, after a look at its header. Unlike a mapping, a copy cannot be pulled away under its
     * reader by somebody who cuts the file short.
     *
     * @param file the segment's file
     * @param index which segment it must be
     * @param bytes how much; less if the file is shorter
     * @return the copy
     * @throws IncompatibleSessionException if it is not a segment that this process can use
     * @throws IOException if it cannot be read
     */
    static Memory copy(Path file, int index, int bytes) throws IOException {
        return uninterrupted(() -> {
            try (FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                long length = channel.size();
                check(file, channel, length, index);
                ByteBuffer copy = ByteBuffer.allocateDirect((int) Math.min(bytes, length));
                while (copy.hasRemaining()) {
                    if (channel.read(copy, copy.position()) < 0) {
                        throw new IncompatibleSessionException(
                                file, "length", copy.position() + " bytes", Long.toString(length));
                    }
                }
                return new Memory(copy.clear());
            }
        });
    }

    /**
     * Maps a file that has no header.
     *
     * @param file a file that was {@link #create created} complete
     * @return all of it
     * @throws IOException if it cannot be opened or mapped
     */
    static Memory mapPlain(Path file) throws IOException {
        return uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(file, MAPPED)) {
                return new Memory(channel.map(MapMode.READ_WRITE, 0, channel.size()));
            }
        });
    }

    static MappedByteBuffer mapPart(Path file, int offset, int length) throws IOException {
        return uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(file, MAPPED)) {
                return channel.map(MapMode.READ_WRITE, offset, length);
            }
        });
    }

    private static void check(Path file, FileChannel channel, long length, int index) throws IOException {
        if (length < SegmentLayout.BYTES) {
            throw new IncompatibleSessionException(
                    file, "length", length + " bytes", "at least " + SegmentLayout.BYTES);
        }
        ByteBuffer header = ByteBuffer.allocate(SegmentLayout.BYTES).order(ByteOrder.nativeOrder());
        while (header.hasRemaining()) {
            if (channel.read(header, header.position()) < 0) {
                throw new IncompatibleSessionException(
                        file, "length", header.position() + " bytes", "at least " + SegmentLayout.BYTES);
            }
        }
        expect(file, "magic", header.getLong(SegmentLayout.MAGIC), SegmentLayout.MAGIC_VALUE);
        int order = header.getInt(SegmentLayout.ORDER);
        if (order == Integer.reverseBytes(SegmentLayout.ORDER_VALUE)) {
            throw new IncompatibleSessionException(
                    file, "byte order", "the opposite", ByteOrder.nativeOrder().toString());
        }
        expect(file, "byte order mark", order, SegmentLayout.ORDER_VALUE);
        expect(file, "layout version", header.getInt(SegmentLayout.VERSION), SegmentLayout.VERSION_VALUE);
        long bootId = header.getLong(SegmentLayout.BOOT_ID);
        if (bootId != 0 && BootId.VALUE != 0) {
            expect(file, "boot id", bootId, BootId.VALUE);
        }
        long said = header.getLong(SegmentLayout.LENGTH);
        if (said != length) {
            throw new IncompatibleSessionException(file, "length", length + " bytes", Long.toString(said));
        }
        expect(file, "segment", header.getInt(SegmentLayout.INDEX), index);
    }

    private static void expect(Path file, String what, long found, long expected) {
        if (found != expected) {
            throw new IncompatibleSessionException(file, what, shown(found), shown(expected));
        }
    }

    private static String shown(long value) {
        return value >= 0 && value < 1 << 16 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }

    private static void writeZeros(FileChannel channel, int bytes) throws IOException {
        ByteBuffer zeros = ZEROS.duplicate();
        int written = 0;
        try {
            while (written < bytes) {
                zeros.position(0).limit(Math.min(zeros.capacity(), bytes - written));
                written += channel.write(zeros, written);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new NoSpaceException(written, bytes, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0]; // Windows: the directory in the user's profile has to protect it
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    /** A channel that is used by an interrupted thread closes itself: then it is done again, without the interrupt. */
    private static <T> T uninterrupted(Mapping<T> mapping) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return mapping.map();
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Opens a file and maps it. */
    private interface Mapping<T> {
        T map() throws IOException;
    }

    /** Writing stopped before the file had its length. */
    static final class NoSpaceException extends IOException {
        private static final long serialVersionUID = 1L;

        NoSpaceException(int written, int bytes, IOException cause) {
            super("only " + written + " of " + bytes + " bytes could be written: " + cause.getMessage(), cause);
        }
    }
}
