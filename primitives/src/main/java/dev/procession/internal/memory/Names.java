package dev.procession.internal.memory;

import java.util.Arrays;

/**
 * The chains of published named blocks, by the hash of their names. The heap's lock is held around each call.
 *
 * <p>They can be made anew from the blocks at any time, and {@link Heap#repair} does: what a dead process left half done
 * here need not be understood.
 */
final class Names {
    private final Segments segments;
    private final Memory first;
    private final int payload;

    Names(Segments segments, int headerBytes) {
        this.segments = segments;
        this.first = segments.first();
        this.payload = headerBytes;
    }

    /** The position of the published block with that name, or 0. */
    long find(byte[] name) {
        long hash = ObjectName.hash(name);
        for (long at = first.getLong(chain(hash)); at != 0; at = next(at)) {
            Memory memory = memory(at);
            int header = Segments.offset(at);
            if (memory.getLong(header + BlockLayout.NAME_HASH) == hash
                    && (memory.getLong(header + BlockLayout.STATE) & BlockLayout.PUBLISHED) != 0
                    && Arrays.equals(name, nameOf(memory, header))) {
                return at;
            }
        }
        return 0;
    }

    /** Puts a named block at the head of its chain. */
    void link(long position) {
        Memory memory = memory(position);
        int header = Segments.offset(position);
        int chain = chain(memory.getLong(header + BlockLayout.NAME_HASH));
        memory.setLong(header + BlockLayout.NEXT_NAMED, first.getLong(chain));
        first.setLongRelease(chain, position);
    }

    /** Takes a named block out of its chain, if it is in it. */
    void unlink(long position) {
        int chain = chain(memory(position).getLong(Segments.offset(position) + BlockLayout.NAME_HASH));
        long at = first.getLong(chain);
        if (at == position) {
            first.setLongRelease(chain, next(at));
            return;
        }
        while (at != 0) {
            long next = next(at);
            if (next == position) {
                memory(at).setLongRelease(Segments.offset(at) + BlockLayout.NEXT_NAMED, next(next));
                return;
            }
            at = next;
        }
    }

    void clear() {
        first.clear(SessionLayout.NAMES, SessionLayout.NAME_CHAINS * Long.BYTES);
    }

    /** The bytes of a block's name; none = anonymous. */
    byte[] nameOf(Memory memory, int header) {
        byte[] name = new byte[memory.getInt(header + BlockLayout.NAME)];
        memory.getBytes(header + payload + memory.getInt(header + BlockLayout.PAYLOAD), name, 0, name.length);
        return name;
    }

    private long next(long position) {
        return memory(position).getLong(Segments.offset(position) + BlockLayout.NEXT_NAMED);
    }

    private Memory memory(long position) {
        return segments.get(Segments.segment(position));
    }

    private static int chain(long hash) {
        int index = (int) (hash ^ hash >>> 32) & (SessionLayout.NAME_CHAINS - 1);
        return SessionLayout.NAMES + index * Long.BYTES;
    }
}
