package dev.procession.channel;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** What one call of a queue has an item's bytes in: one that is put, or one that was taken and is not decoded yet. */
final class Scratch {
    private static final int LARGEST_KEPT = 256 * 1024;

    final ByteSink out = new ByteSink();

    /** The number of the item that was taken. */
    long seq;

    /** The block of the item, if it has one; it is this process's. */
    @Nullable
    Block block;

    private ByteBuffer in = ByteBuffer.allocate(256);

    /** Makes room for an item that is copied out of shared memory. */
    void copy(Memory memory, int offset, int length) {
        if (in.capacity() < length || in.capacity() > LARGEST_KEPT) {
            in = ByteBuffer.allocate(Math.max(length, 256));
        }
        memory.getBytes(offset, in.array(), 0, length);
        in.clear().limit(length);
        block = null;
    }

    void copy(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
        block = null;
    }

    <E> E decode(Codec<E> codec) throws IOException, ClassNotFoundException {
        Block its = block;
        return codec.decode(its == null ? in : bytes(its));
    }

    private static ByteBuffer bytes(Block block) {
        int length = (int) block.memory().getLong(block.offset() + Item.BYTES);
        return block.memory().slice(block.offset() + Item.DATA, length).order(ByteOrder.BIG_ENDIAN);
    }

    void clear() {
        block = null;
        out.clear();
    }
}
