package dev.procession.channel;

import static dev.procession.channel.QueueLayout.ENDED;
import static dev.procession.channel.QueueLayout.HEAD;
import static dev.procession.channel.QueueLayout.IN_EXTENT;
import static dev.procession.channel.QueueLayout.IN_ITEM;
import static dev.procession.channel.QueueLayout.IN_PUTS;
import static dev.procession.channel.QueueLayout.NONE;
import static dev.procession.channel.QueueLayout.RING_NEXT;
import static dev.procession.channel.QueueLayout.RING_READ;
import static dev.procession.channel.QueueLayout.TAIL;
import static dev.procession.channel.QueueLayout.TAIL_CURSORS;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.record.EventCode;
import org.jspecify.annotations.Nullable;

/* Overview

A put writes behind the last item, where nobody looks: the item, the markers that lead to it, the other cursor. Then one
store of TAIL makes all of it true. Whoever dies before it has put nothing, and the next one writes over it. Only parts that
were made for it need care: they belong to the queue from the moment before the commit, so IN_PUTS says for which put they
were, and who takes the lock over frees them if it did not happen.

The ring is used as long as there is room in it. Else the items go on in an extent, and when that is full in another, or
again in the ring if all of it was read meanwhile. So a queue whose consumers keep up never allocates, and one whose
consumers do not is bounded by the memory alone. */

/** The end of a queue where items are put. Every method but the reading ones is called by the holder of the tail's lock. */
final class QueueTail {
    static final int DONE = 0;
    static final int FULL = 1;
    static final int OVER = 2;

    private final Participant participant;
    private final Memory memory;
    private final int base;
    private final Parts parts;
    private final Extent ring;
    private final long capacity;
    private final long object;
    private final Cursor cursor;

    private Extent extent; // that of the last look
    private long outSeen; // what HEAD was at least
    private long ringReadSeen; // likewise

    QueueTail(Participant participant, Block block, Parts parts, Extent ring) {
        this.participant = participant;
        this.memory = block.memory();
        this.base = block.offset();
        this.parts = parts;
        this.ring = ring;
        this.extent = ring;
        this.capacity = memory.getLong(base + QueueLayout.CAPACITY);
        this.object = block.gen();
        this.cursor = new Cursor(memory, base + TAIL_CURSORS);
    }

    long word() {
        return memory.getLongVolatile(base + TAIL);
    }

    private long out() {
        return memory.getLongVolatile(base + HEAD) >>> 1;
    }

    /** Whether there may be room; any thread may ask. */
    boolean hasRoom() {
        return (word() & ~ENDED) - out() < capacity;
    }

    /**
     * Puts an item if there is room.
     *
     * @param bytes where the item is, at the beginning, if it has no block
     * @param length how long it is
     * @param item its block, this process's own
     */
    int put(byte[] bytes, int length, @Nullable Block item) {
        long puts = memory.getLong(base + TAIL);
        if (puts < 0) {
            return OVER;
        }
        if (puts - outSeen >= capacity) {
            outSeen = out();
            if (puts - outSeen >= capacity) {
                return FULL;
            }
        }
        cursor.read(puts);
        if (item != null) {
            makesParts(puts);
            Parts.refer(memory, base + IN_ITEM, item);
            FaultPoint.reached("queue.item-named");
            item.memory().setLong(item.offset() + Item.SEQ, cursor.seq);
            parts.put(item);
        }
        int stored = item == null ? length : 2 * Long.BYTES;
        Extent into = room(puts, Extent.space(stored));
        int to = into.offset(cursor.at);
        if (item == null) {
            into.memory.setBytes(to + Extent.HEADER, bytes, 0, length);
            into.setHeader(cursor.at, Extent.INLINE, length);
        } else {
            into.memory.setLong(to + Extent.HEADER, item.id());
            into.memory.setLong(to + Extent.HEADER + Long.BYTES, item.gen());
            into.setHeader(cursor.at, Extent.IN_BLOCK, stored);
        }
        FaultPoint.reached("queue.written");
        cursor.at += Extent.space(stored);
        cursor.seq++;
        cursor.write(puts + 1);
        participant.record(EventCode.QUEUE_PUT, object, cursor.seq - 1);
        FaultPoint.reached("queue.cursor");
        // release: publishes the item and the cursor. This is the put.
        memory.setLongRelease(base + TAIL, puts + 1);
        FaultPoint.reached("queue.put");
        return DONE;
    }

    /** Finds a place for an item: moves the cursor there, and writes the markers that lead there. */
    private Extent room(long puts, int space) {
        Extent here = at(cursor.extentId, cursor.extentGen);
        if (here.isRing()) {
            return ringHolds(space) ? ring : leave(here, puts, cursor.at + Extent.HEADER);
        }
        if (cursor.at + space + Extent.HEADER <= here.size()) {
            return here;
        }
        long leftAt = here.field(Extent.LEFT_AT);
        if (memory.getLongAcquire(base + RING_READ) != leftAt) {
            return leave(here, puts, leftAt);
        }
        // All of the ring was read, the jump out of it too.
        ringReadSeen = leftAt;
        here.setField(Extent.NEXT + Long.BYTES, 0);
        here.setField(Extent.NEXT, 0);
        here.setField(Extent.NEXT_AT, leftAt);
        here.setHeader(cursor.at, Extent.JUMP, 0);
        FaultPoint.reached("queue.jumped-back");
        cursor.extentId = 0;
        cursor.extentGen = 0;
        cursor.at = leftAt;
        ringHolds(space); // an empty ring does
        return ring;
    }

    /** Whether an item fits into the ring, and a marker behind it; moves the cursor to where it does. */
    private boolean ringHolds(int space) {
        int toEnd = ring.toEnd(cursor.at);
        long start = toEnd < space ? cursor.at + toEnd : cursor.at;
        long end = start + space + Extent.HEADER;
        if (end - ringReadSeen > ring.size()) {
            ringReadSeen = memory.getLongAcquire(base + RING_READ);
            if (end - ringReadSeen > ring.size()) {
                return false;
            }
        }
        if (start != cursor.at) {
            ring.setHeader(cursor.at, Extent.WRAP, 0);
            cursor.at = start;
        }
        return true;
    }

    /** Goes on in a new extent. */
    private Extent leave(Extent here, long puts, long leftAt) {
        Block block = parts.allocate(ObjectType.QUEUE_EXTENT, ring.size());
        Extent next = Extent.of(block);
        boolean named = false;
        try {
            next.setField(Extent.LEFT_AT, leftAt);
            makesParts(puts);
            Parts.refer(memory, base + IN_EXTENT, block);
            FaultPoint.reached("queue.extent-named");
            parts.put(block);
            named = true;
        } finally {
            if (!named) {
                parts.free(block);
            }
        }
        if (here.isRing()) {
            Parts.refer(memory, base + RING_NEXT, block);
        } else {
            here.setField(Extent.NEXT, block.id());
            here.setField(Extent.NEXT + Long.BYTES, block.gen());
            here.setField(Extent.NEXT_AT, Extent.ITEMS);
        }
        here.setHeader(cursor.at, Extent.JUMP, 0);
        FaultPoint.reached("queue.jumped");
        cursor.extentId = next.id;
        cursor.extentGen = next.gen;
        cursor.at = Extent.ITEMS;
        extent = next;
        return next;
    }

    private Extent at(long id, long gen) {
        if (id == 0) {
            return ring;
        }
        if (extent.gen != gen || extent.id != id) {
            extent = Extent.of(parts.resolve(id, gen, ObjectType.QUEUE_EXTENT));
        }
        return extent;
    }

    /** From here on parts are made for the put that comes next. */
    private void makesParts(long puts) {
        if (memory.getLong(base + IN_PUTS) != puts) {
            Parts.refer(memory, base + IN_ITEM, null);
            Parts.refer(memory, base + IN_EXTENT, null);
            memory.setLongRelease(base + IN_PUTS, puts);
        }
    }

    /** No item will be put any more. Returns whether that is new. */
    boolean end() {
        long puts = memory.getLong(base + TAIL);
        if (puts < 0) {
            return false;
        }
        memory.setLongVolatile(base + TAIL, puts | ENDED);
        FaultPoint.reached("queue.ended");
        return true;
    }

    /** Frees the parts of a put that did not happen. */
    void repair() {
        if (memory.getLong(base + IN_PUTS) == (memory.getLongVolatile(base + TAIL) & ~ENDED)) {
            parts.freeReferred(memory, base + IN_ITEM, ObjectType.QUEUE_ITEM);
            FaultPoint.reached("queue.item-dropped");
            parts.freeReferred(memory, base + IN_EXTENT, ObjectType.QUEUE_EXTENT);
        }
        memory.setLongRelease(base + IN_PUTS, NONE);
        FaultPoint.reached("queue.tail-repaired");
    }
}
