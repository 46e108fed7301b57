package dev.procession.channel;

import dev.procession.internal.locking.LockLayout;
import dev.procession.internal.waiting.WaitPoint;

/**
 * The block of a pipe.
 *
 * <pre>
 *     0  DIRECTIONS  long  1 = from side 1 to side 0 only, 2 = both; who creates it
 *     8  CAPACITY    long  bytes of messages in each direction; likewise
 *    16  CHANGES     long  how often a process got or gave up an end; anybody, getAndAdd
 *    64  TRAVELS           64 longs: ends on their way to nobody knows whom: sender (46 bits) | number (17 bits) | side; CAS
 *   576  OWNERS            per side and slot an int: the generation of the process in that slot that has the end, 0 = none
 *        DIRECTION         one for each:
 *
 *     0  HEAD        long  up to where messages were received; who has the lock of the receivers
 *     8  RECEIVED    long  how many that were; likewise, for people
 *    64  TAIL        long  up to where messages were sent; who has the lock of the senders. The commit of a message
 *    72  SENT        long  how many that were; likewise, for people
 *    80  LONG        long  the long message that is being sent: where it began (62 bits) | OPEN or AGAIN; 0 = none
 *   128  SENDERS           the lock of the senders
 *        RECEIVERS         the lock of the receivers
 *        AWAIT_MESSAGE     the slots of the processes that sleep for messages
 *        AWAIT_ROOM        the slots of the processes that sleep for room
 *        DATA              CAPACITY bytes
 * </pre>
 *
 * <p>A frame lies in DATA at a multiple of 16 and takes a multiple of 16 bytes: length of its bytes (int), kind (int), a long,
 * the bytes. It may go around the end of DATA, its first 16 bytes never do.
 */
final class PipeLayout {
    static final int DIRECTIONS = 0;
    static final int CAPACITY = DIRECTIONS + Long.BYTES;
    static final int CHANGES = CAPACITY + Long.BYTES;
    static final int TRAVELS = 64;
    static final int TRAVEL_PLACES = 64;
    static final int OWNERS = TRAVELS + TRAVEL_PLACES * Long.BYTES;

    static final int HEAD = 0;
    static final int RECEIVED = HEAD + Long.BYTES;
    static final int TAIL = 64; // its own cache line: HEAD is another process's
    static final int SENT = TAIL + Long.BYTES;
    static final int LONG = SENT + Long.BYTES;
    static final int SENDERS = 128;

    static final int FRAME_LENGTH = 0;
    static final int FRAME_KIND = FRAME_LENGTH + Integer.BYTES;
    static final int FRAME_EXTRA = FRAME_KIND + Integer.BYTES;
    static final int FRAME_BYTES = FRAME_EXTRA + Long.BYTES;

    final int slots;
    final int capacity;
    final int directions;
    final int receivers;
    final int awaitMessage;
    final int awaitRoom;
    final int data;

    PipeLayout(int slots, int capacity, int directions) {
        this.slots = slots;
        this.capacity = capacity;
        this.directions = directions;
        this.receivers = SENDERS + LockLayout.length(slots);
        this.awaitMessage = receivers + LockLayout.length(slots);
        this.awaitRoom = awaitMessage + lines(WaitPoint.bitmapLength(slots));
        this.data = awaitRoom + lines(WaitPoint.bitmapLength(slots));
    }

    long length() {
        return direction(0) + (long) directions * (data + capacity);
    }

    /** Where the owners of a side stand. */
    int owners(int side) {
        return OWNERS + side * slots * Integer.BYTES;
    }

    /** Where a direction lies. */
    int direction(int index) {
        return lines(owners(2)) + index * (data + capacity);
    }

    /** The bytes that a frame takes. */
    static int frame(int length) {
        return FRAME_BYTES + (length + FRAME_BYTES - 1) / FRAME_BYTES * FRAME_BYTES;
    }

    private static int lines(int bytes) {
        return (bytes + 63) / 64 * 64;
    }
}
