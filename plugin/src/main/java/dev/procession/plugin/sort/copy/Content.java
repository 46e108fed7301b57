package dev.procession.plugin.sort.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Reads contents, for their sum and to compare them; a link is not followed. For one thread. */
public final class Content {
    /** Most files fit: one read is enough for them. Fits into the second cache, so a long file passes through it. */
    public static final int BUFFER = 256 << 10;

    /** One pair of buffers for a thread: making them costs as much as copying a file. They go with the thread. */
    private static final ThreadLocal<Content> OF_THREAD = ThreadLocal.withInitial(Content::new);

    private final ByteBuffer left = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer right = ByteBuffer.allocateDirect(BUFFER);

    /** The one of a thread that ends with the work. */
    public static Content ofThread() {
        return OF_THREAD.get();
    }

    /** For a thread that does not end with the work. */
    public static void releaseThread() {
        OF_THREAD.remove();
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** For who copies. */
    ByteBuffer buffer() {
        return left;
    }

    /** The CRC-32C of a file's content. */
    public long sum(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        try (FileChannel channel = open(file)) {
            while (fill(channel, left)) {
                crc.update(left);
            }
        }
        return crc.getValue();
    }

    /** 64 bits of a file's content, of two checksums: who wants to be sure compares the bytes of those that are equal. */
    public long hash(Path file) throws IOException {
        CRC32C one = new CRC32C();
        CRC32 other = new CRC32();
        try (FileChannel channel = open(file)) {
            while (fill(channel, left)) {
                one.update(left.duplicate());
                other.update(left);
            }
        }
        return one.getValue() << 32 | other.getValue();
    }

    /** Whether two files have the same content. */
    public boolean same(Path one, Path other) throws IOException {
        try (FileChannel first = open(one);
                FileChannel second = open(other)) {
            while (true) {
                boolean more = fill(first, left);
                if (fill(second, right) != more || left.mismatch(right) >= 0) {
                    return false;
                }
                if (!more) {
                    return true;
                }
            }
        }
    }

    /** Whether a file begins with all that is in another one. */
    boolean begins(Path whole, Path part) throws IOException {
        try (FileChannel first = open(whole);
                FileChannel second = open(part)) {
            while (fill(second, right)) {
                fill(first, left);
                if (left.remaining() < right.remaining()
                        || left.limit(right.limit()).mismatch(right) >= 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Fills the buffer as far as the file goes, so that two buffers hold the same part of two files. */
    private static boolean fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // A read may give less than there is.
        }
        buffer.flip();
        return buffer.hasRemaining();
    }
}
