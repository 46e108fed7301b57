package dev.procession.plugin.sort.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Appends blocks to a file, each with its length and its checksum and each in one write: after a kill the last one is
 * there, or is half there and known to be. In the hands of the system then, not forced to the disk.
 *
 * <pre>
 *   "procession sort-files 2\n"            which format
 *   | magic 4 | kind 1 | length 4 | CRC-32C 4 | length bytes |    again and again
 * </pre>
 */
public final class BlockWriter implements AutoCloseable {
    static final String HEAD = "procession sort-files ";
    static final String VERSION = "2";
    static final int MAGIC = 0xA55E_F11E;
    public static final int HEADER = 13;

    private final FileChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

    private BlockWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Begins a file; what has the name goes. */
    public static BlockWriter create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        BlockWriter writer = new BlockWriter(channel);
        writer.write(ByteBuffer.wrap((HEAD + VERSION + "\n").getBytes(StandardCharsets.US_ASCII)));
        return writer;
    }

    /** Goes on with a file, after its last whole block. */
    public static BlockWriter append(Path file, long end) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(end);
        channel.position(end);
        return new BlockWriter(channel);
    }

    public void block(int kind, RecordWriter content) throws IOException {
        int length = content.length();
        if (buffer.capacity() < length + HEADER) {
            buffer = ByteBuffer.allocateDirect(2 * (length + HEADER));
        }
        CRC32C crc = new CRC32C();
        crc.update(content.bytes(), 0, length);
        buffer.clear();
        buffer.putInt(MAGIC).put((byte) kind).putInt(length).putInt((int) crc.getValue());
        buffer.put(content.bytes(), 0, length).flip();
        write(buffer);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
