package dev.procession.plugin.sort.store;

import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.RawName;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks that a {@link BlockWriter} has written. Half a block at the end is what a kill leaves, and no damage;
 * over other damage it goes on with the next block that is whole.
 */
public final class BlockReader implements AutoCloseable {
    /** No block is longer: what claims to be is damaged. */
    private static final int LONGEST = 1 << 28;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocateDirect(1 << 17);
    private long windowStart;
    private long at;
    private long end;
    private int damages;

    private BlockReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
        window.limit(0);
    }

    /** Opens a file; one of another version is refused. */
    public static BlockReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            BlockReader reader = new BlockReader(file, channel);
            reader.head();
            return reader;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** What a block says. */
    public static final class Block {
        private final int kind;
        private final byte[] content;

        private Block(int kind, byte[] content) {
            this.kind = kind;
            this.content = content;
        }

        public int kind() {
            return kind;
        }

        /** Its bytes without its header. */
        public int length() {
            return content.length;
        }

        public RecordReader reader() {
            return new RecordReader(content, content.length);
        }
    }

    private void head() throws IOException {
        byte[] head = new byte[(int) Math.min(size, 40)];
        get(0, head);
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int lineEnd = text.indexOf('\n');
        String line = lineEnd < 0 ? text : text.substring(0, lineEnd);
        if (line.equals(BlockWriter.HEAD + BlockWriter.VERSION) && lineEnd >= 0) {
            at = lineEnd + 1L;
        } else if (lineEnd >= 0 && line.matches(BlockWriter.HEAD + "[0-9]+")) {
            throw new SortFailedException(RawName.shown(file) + " was written by another version of sort-files (" + line
                    + "); use that version for this <output>, or name another <output>");
        } else if (!(BlockWriter.HEAD + BlockWriter.VERSION).startsWith(line)) {
            damages++;
        } else {
            // Killed before the first line was whole: nothing is to be kept.
            at = size;
            return;
        }
        end = at;
    }

    /** The next whole block; null at the end. */
    @Nullable
    public Block next() throws IOException {
        boolean damaged = false;
        while (at < size) {
            Block block = blockAt(at);
            if (block != null) {
                damages += damaged ? 1 : 0;
                at += BlockWriter.HEADER + block.length();
                end = at;
                return block;
            }
            long next = nextMagic(at + 1);
            if (next < 0) {
                // Nothing whole follows. Too short is what a kill leaves; long enough and wrong is damage.
                damages += damaged || !isTorn(at) ? 1 : 0;
                at = size;
                return null;
            }
            damaged = true;
            at = next;
        }
        damages += damaged ? 1 : 0;
        return null;
    }

    /** The block at a place where one was. */
    public Block block(long position) throws IOException {
        Block block = blockAt(position);
        if (block == null) {
            throw new IOException(RawName.shown(file) + " changes while it is read");
        }
        return block;
    }

    private boolean isTorn(long position) throws IOException {
        if (size - position < BlockWriter.HEADER) {
            return true;
        }
        byte[] header = new byte[BlockWriter.HEADER];
        get(position, header);
        ByteBuffer fields = ByteBuffer.wrap(header);
        return fields.getInt() == BlockWriter.MAGIC && fields.getInt(5) + position + BlockWriter.HEADER > size;
    }

    private @Nullable Block blockAt(long position) throws IOException {
        if (size - position < BlockWriter.HEADER) {
            return null;
        }
        byte[] header = new byte[BlockWriter.HEADER];
        get(position, header);
        ByteBuffer fields = ByteBuffer.wrap(header);
        int magic = fields.getInt();
        int kind = fields.get();
        int length = fields.getInt();
        int sum = fields.getInt();
        if (magic != BlockWriter.MAGIC
                || length < 0
                || length > LONGEST
                || length > size - position - BlockWriter.HEADER) {
            return null;
        }
        byte[] content = new byte[length];
        get(position + BlockWriter.HEADER, content);
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue() == sum ? new Block(kind, content) : null;
    }

    private long nextMagic(long from) throws IOException {
        byte[] four = new byte[4];
        for (long position = from; position + 4 <= size; position++) {
            get(position, four);
            if (ByteBuffer.wrap(four).getInt() == BlockWriter.MAGIC && blockAt(position) != null) {
                return position;
            }
        }
        return -1;
    }

    private void get(long position, byte[] into) throws IOException {
        if (position < windowStart || position + into.length > windowStart + window.limit()) {
            if (into.length > window.capacity()) {
                fill(ByteBuffer.wrap(into), position, into.length);
                return;
            }
            window.clear();
            fill(window, position, into.length);
            window.flip();
            windowStart = position;
        }
        window.get((int) (position - windowStart), into);
    }

    private void fill(ByteBuffer into, long position, int least) throws IOException {
        int start = into.position();
        while (into.position() - start < least) {
            if (channel.read(into, position + into.position() - start) < 0) {
                throw new EOFException(RawName.shown(file) + " became shorter while it was read");
            }
        }
    }

    /** Where the last whole block ends that was read. */
    public long end() {
        return end;
    }

    /** In how many places it was damaged, as far as it was read. */
    public int damages() {
        return damages;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
