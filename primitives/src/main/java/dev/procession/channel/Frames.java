package dev.procession.channel;

import static dev.procession.channel.PipeLayout.FRAME_BYTES;
import static dev.procession.channel.PipeLayout.FRAME_EXTRA;
import static dev.procession.channel.PipeLayout.FRAME_KIND;
import static dev.procession.channel.PipeLayout.FRAME_LENGTH;
import static dev.procession.channel.PipeLayout.HEAD;
import static dev.procession.channel.PipeLayout.LONG;
import static dev.procession.channel.PipeLayout.RECEIVED;
import static dev.procession.channel.PipeLayout.SENT;
import static dev.procession.channel.PipeLayout.TAIL;

import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import java.nio.ByteBuffer;

/** A ring of frames between two positions that only grow. Knows nothing of locks and waiting: its callers have the locks. */
final class Frames {
    static final int WHOLE = 1;
    static final int FIRST = 2;
    static final int MORE = 3;
    static final int LAST = 4;

    /** Beside one of the four: the message was given as bytes and not as a value. */
    static final int RAW = 8;

    private static final int PLACE = 7;

    private static final long OPEN = 1;
    private static final long AGAIN = 2;
    private static final int STATE_BITS = 2;

    private final Memory memory;
    private final ByteBuffer bytes;
    private final int base;
    private final int data;
    private final int capacity;

    Frames(Memory memory, int base, PipeLayout layout) {
        this.memory = memory;
        this.bytes = memory.bytes();
        this.base = base;
        this.data = base + layout.data;
        this.capacity = layout.capacity;
    }

    long head() {
        return memory.getLongVolatile(base + HEAD);
    }

    long tail() {
        return memory.getLongVolatile(base + TAIL);
    }

    /** {@return the bytes that are free; exact for who has the lock of the senders, whom others can only give more} */
    int room() {
        long tail = tail();
        return capacity - (int) (tail - head());
    }

    /** Whether all parts of the message that begins at HEAD are there. Nonsense if HEAD moves meanwhile, but it ends. */
    boolean isComplete(long head) {
        long end = tail();
        for (long at = head; at < end; ) {
            int place = place(kind(at));
            if (place == LAST) {
                return true;
            }
            if (place < FIRST || (place == FIRST && at != head)) {
                return false; // another message begins
            }
            int length = length(at);
            if (length < 0 || length > capacity) {
                return false;
            }
            at += PipeLayout.frame(length);
        }
        return false;
    }

    static int place(int kind) {
        return kind & PLACE;
    }

    /** The kind of the frame at a position; nonsense if the position was passed meanwhile. */
    int kind(long position) {
        return memory.getIntAcquire(at(position) + FRAME_KIND);
    }

    int length(long position) {
        return memory.getInt(at(position) + FRAME_LENGTH);
    }

    long extra(long position) {
        return memory.getLong(at(position) + FRAME_EXTRA);
    }

    private int at(long position) {
        return data + (int) (position & capacity - 1);
    }

    /** Writes a frame behind the last one; nobody sees it yet. */
    void write(int kind, long extra, ByteBuffer from, int start, int length) {
        long tail = tail();
        int header = at(tail);
        memory.setInt(header + FRAME_LENGTH, length);
        memory.setInt(header + FRAME_KIND, kind);
        memory.setLong(header + FRAME_EXTRA, extra);
        int first = at(tail + FRAME_BYTES);
        int straight = Math.min(length, data + capacity - first);
        bytes.put(first, from, start, straight);
        bytes.put(data, from, start + straight, length - straight);
    }

    /** The frame that was written is there. */
    void commit(int length, boolean countsAsMessage) {
        if (countsAsMessage) {
            memory.setLong(base + SENT, memory.getLong(base + SENT) + 1);
        }
        // Volatile: the frame before it for whoever sees it, and the look at sleepers after it.
        memory.setLongVolatile(base + TAIL, tail() + PipeLayout.frame(length));
    }

    /** Copies the bytes of the frame at HEAD to where a buffer stands, and moves it on. */
    void copy(long head, int length, ByteBuffer into) {
        int first = at(head + FRAME_BYTES);
        int straight = Math.min(length, data + capacity - first);
        int to = into.position();
        into.put(to, bytes, first, straight);
        into.put(to + straight, bytes, data, length - straight);
        into.position(to + length);
    }

    /** The frame at HEAD is not needed any more. */
    long pass(long head, int length, boolean countsAsMessage) {
        if (countsAsMessage) {
            memory.setLong(base + RECEIVED, memory.getLong(base + RECEIVED) + 1);
        }
        long next = head + PipeLayout.frame(length);
        // Volatile: what was copied before it, and the look at senders that sleep for room after it.
        memory.setLongVolatile(base + HEAD, next);
        return next;
    }

    long sent() {
        return memory.getLongOpaque(base + SENT);
    }

    long received() {
        return memory.getLongOpaque(base + RECEIVED);
    }

    /** A long message begins at TAIL. */
    long open() {
        long id = tail();
        memory.setLongVolatile(base + LONG, word(id, OPEN));
        FaultPoint.reached("pipe.opened");
        return id;
    }

    /** Whether a long message is being sent, and nobody wants it from the beginning. */
    boolean isOpen(long id) {
        return memory.getLongVolatile(base + LONG) == word(id, OPEN);
    }

    /** All parts were sent. Returns whether they were wanted. */
    boolean finish(long id) {
        return memory.compareAndSetLong(base + LONG, word(id, OPEN), 0);
    }

    /** Whatever long message was being sent is not. */
    void abandon() {
        memory.setLongVolatile(base + LONG, 0);
    }

    boolean isAnyOpen() {
        return memory.getLongVolatile(base + LONG) != 0;
    }

    /** Asks for a long message from its beginning. Returns false if its sender has done with it. */
    boolean again(long id) {
        return memory.compareAndSetLong(base + LONG, word(id, OPEN), word(id, AGAIN));
    }

    private static long word(long id, long state) {
        return id << STATE_BITS | state;
    }
}
