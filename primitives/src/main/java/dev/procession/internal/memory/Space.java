package dev.procession.internal.memory;

import dev.procession.ProcessionException;

/**
 * The sequence of blocks: walks it, merges and splits free blocks. Knows nothing of what a block is used for. The heap's
 * lock is held around each call.
 *
 * <p>At every store the sequence is whole: a merge and a split are one store of a SIZE, and what a SIZE then leads to was
 * written before. All these stores are releases, so that neither compiler nor processor changes their order.
 */
final class Space {
    private final Segments segments;
    private final Memory first;

    Space(Segments segments) {
        this.segments = segments;
        this.first = segments.first();
    }

    /** What is done with each block. */
    interface Visitor {
        void visit(Memory memory, int segment, int header, int size);
    }

    /** Visits all blocks, free ones too, in their order. */
    void walk(Visitor visitor) {
        int count = segments.count();
        for (int segment = 0; segment < count; segment++) {
            Memory memory = segments.get(segment);
            int header = segments.heap(segment);
            while (header < memory.size()) {
                int size = size(memory, segment, header);
                visitor.visit(memory, segment, header, size);
                header += size;
            }
        }
    }

    /**
     * Finds or makes a free block of a size: next fit.
     *
     * @return its position; it is still free
     */
    long take(int bytes) {
        int count = segments.count();
        segments.get(count - 1); // map all of them before the first store: it may fail
        long hint = first.getLong(SessionLayout.HINT);
        int start = Segments.segment(hint);
        int found = search(start, Segments.offset(hint), segments.get(start).size(), bytes);
        int segment = start;
        for (int i = 1; found < 0 && i <= count; i++) {
            segment = (start + i) % count;
            int end = segment == start
                    ? Segments.offset(hint)
                    : segments.get(segment).size();
            found = search(segment, segments.heap(segment), end, bytes);
        }
        if (found < 0) {
            segment = segments.grow(bytes);
            found = segments.heap(segment);
        }
        split(segment, found, bytes);
        return Segments.position(segment, found);
    }

    /** A block was freed: if the last search ended right behind it, the next one begins with it, in memory still warm. */
    void freed(int segment, int header, int size) {
        if (first.getLong(SessionLayout.HINT) == Segments.position(segment, header + size)) {
            setHint(segment, header);
        }
    }

    /** Begins the next search at the first block. */
    void resetHint() {
        setHint(0, segments.heap(0));
    }

    private int search(int segment, int from, int end, int bytes) {
        Memory memory = segments.get(segment);
        int header = from;
        while (header < end) {
            int size = size(memory, segment, header);
            if (memory.getLong(header + BlockLayout.STATE) == BlockLayout.FREE) {
                size = merge(memory, segment, header, size);
                if (size >= bytes) {
                    return header;
                }
            }
            header += size;
        }
        return -1;
    }

    /** Swallows the free blocks behind a free block. */
    private int merge(Memory memory, int segment, int header, int size) {
        int merged = size;
        while (header + merged < memory.size()) {
            int next = header + merged;
            if (memory.getLong(next + BlockLayout.STATE) != BlockLayout.FREE) {
                break;
            }
            if (first.getLong(SessionLayout.HINT) == Segments.position(segment, next)) {
                setHint(segment, header); // before the store that makes an end of that block
                FaultPoint.reached("heap.merge-hint");
            }
            merged += size(memory, segment, next);
            memory.setLongRelease(header + BlockLayout.SIZE, merged);
            FaultPoint.reached("heap.merge");
        }
        return merged;
    }

    /** Cuts a free block to size. Its rest is a free block before the cut is made. */
    private void split(int segment, int header, int bytes) {
        Memory memory = segments.get(segment);
        int size = size(memory, segment, header);
        int rest = header + bytes;
        if (size > bytes) {
            memory.setLongRelease(rest + BlockLayout.STATE, BlockLayout.FREE);
            memory.setLongRelease(rest + BlockLayout.SIZE, size - bytes);
            FaultPoint.reached("heap.split-remainder");
            memory.setLongRelease(header + BlockLayout.SIZE, bytes);
            FaultPoint.reached("heap.split-size");
        }
        if (rest < memory.size()) {
            setHint(segment, rest);
        } else {
            int next = (segment + 1) % segments.count();
            setHint(next, segments.heap(next));
        }
        FaultPoint.reached("heap.hint");
    }

    private void setHint(int segment, int header) {
        first.setLongRelease(SessionLayout.HINT, Segments.position(segment, header));
    }

    private int size(Memory memory, int segment, int header) {
        long size = memory.getLong(header + BlockLayout.SIZE);
        if (size < SegmentLayout.LINE || size % SegmentLayout.LINE != 0 || size > memory.size() - header) {
            throw new ProcessionException("session " + segments.directory() + ": the block at segment=" + segment
                    + " offset=" + header + " has size=" + size
                    + ": its header was overwritten; end all processes of this session");
        }
        return (int) size;
    }
}
