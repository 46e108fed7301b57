package dev.procession.plugin.sort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Reads contents, for their sum and to compare them; a link is not followed. */
final class Content {
    /** Most files fit: one read is enough for them. */
    static final int BUFFER = 256 << 10;

    private final ByteBuffer left = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer right = ByteBuffer.allocateDirect(BUFFER);

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** The CRC-32C of a file's content. */
    long sum(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        try (FileChannel channel = open(file)) {
            while (fill(channel, left)) {
                crc.update(left);
            }
        }
        return crc.getValue();
    }

    /** Whether two files have the same content. */
    boolean same(Path one, Path other) throws IOException {
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
