package dev.procession.internal.memory;

import org.jspecify.annotations.Nullable;

/**
 * A block of the heap as this process sees it: where its payload lies, and what it is. It is a value: it does not keep the
 * block, and says nothing of whether the block is still there.
 */
public final class Block {
    private final Memory memory;
    private final long id;
    private final int header;
    private final int size;
    private final long gen;
    private final int type;
    private final @Nullable String name;

    Block(Memory memory, long id, int header, int size, long gen, int type, @Nullable String name) {
        this.memory = memory;
        this.id = id;
        this.header = header;
        this.size = size;
        this.gen = gen;
        this.type = type;
        this.name = name;
    }

    /** {@return the segment that the block lies in; the payload begins at {@link #offset}} */
    public Memory memory() {
        return memory;
    }

    /** {@return which segment that is} */
    public int segment() {
        return Segments.segment(id);
    }

    /** {@return the offset in {@link #memory} of the first byte of the payload, a multiple of 64} */
    public int offset() {
        return Segments.offset(id);
    }

    /** {@return the length of the payload in bytes, as it was asked for} */
    public int size() {
        return size;
    }

    /** {@return what tells this block from all others of the session, earlier ones at this place included} */
    public long gen() {
        return gen;
    }

    /** {@return what the payload is} */
    public int type() {
        return type;
    }

    /** {@return the name, as it was when this value was made; null = anonymous} */
    public @Nullable String name() {
        return name;
    }

    /** {@return segment and offset in one long, never 0; unique among the blocks that are there at one time} */
    public long id() {
        return id;
    }

    /** {@return {@code segment:offset:generation}} */
    public String handle() {
        return handle(segment(), offset(), gen);
    }

    static String handle(int segment, int offset, long gen) {
        return segment + ":" + offset + ":" + gen;
    }

    /** The offset of the header. */
    int header() {
        return header;
    }

    /** Whether both are the same block of a session, by whichever mapping it was found. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Block block && block.id == id && block.gen == gen;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id * 31 + gen);
    }

    @Override
    public String toString() {
        return (name == null ? "" : ObjectName.shown(name) + " ") + handle() + " type=" + type + " size=" + size;
    }
}
