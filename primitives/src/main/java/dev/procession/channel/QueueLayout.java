package dev.procession.channel;

import dev.procession.internal.locking.LockLayout;

/**
 * A queue in shared memory: two ends with a lock each, and a ring of bytes. What does not fit into the ring lies in extents,
 * and what is large in blocks of its own; both are parts of the queue's block.
 *
 * <pre>
 *    0  FLAGS         long  how it was made; never changes, like all up to 255
 *    8  CAPACITY      long  most items, Long.MAX_VALUE = no bound
 *   16  RING_BYTES    long  a power of two
 *   24  MAX_ATTEMPTS  long  of a joinable queue
 *   64  CODEC         the codec's name: length (int) and UTF-8
 *
 *  256  TAIL          long  ENDED (bit 63) | how many items were put; release: the commit of a put
 *
 *  384  HEAD          long  how many items left (63) | which of the two cursors counts (1); release: the commit of a take
 *  392  RING_READ     long  bytes of the ring that were read; release, after HEAD
 *
 *  512  TAIL_CURSORS  2 cursors; the one that does not count is written by the holder of the tail's lock
 *  576  IN_PUTS       long  items that were put when the parts that follow were made; holder of the tail's lock
 *  584  IN_ITEM       reference; likewise
 *  600  IN_EXTENT     reference; likewise
 *  616  RING_NEXT     reference: where the jump out of the ring leads; likewise
 *  632  PRODUCED      long  1 = there was a producer; anybody, never cleared
 *
 *  640  HEAD_CURSORS  2 cursors; as those of the tail, with the head's lock
 *  704  OUT_SEQ       long  the item whose block is being taken; holder of the head's lock
 *  712  OUT_ITEM      reference; likewise
 *  728  LEAVING       reference: an extent that is done with; likewise
 *  744  REMOVING      HEAD (long) before the removal, extent (reference), place (long), item (reference); likewise
 *  800  OUT           long  items of a joinable queue that were taken and are not done; likewise, before the commits
 *  808  ORPHANS       long  those of them that are to be given out again; a hint that repair() makes right
 *  816  DEAD          long  items that nobody could finish; likewise
 *
 *  832  TAIL_LOCK, HEAD_LOCK; NOT_EMPTY, NOT_FULL, FINISHED: see Bell; DEATHS: see ConsumerDeaths
 *       ROWS          128 bytes for each slot
 *       RING
 * </pre>
 *
 * A reference is a block's id and its generation. A cursor is 32 bytes: a reference to an extent (0 = the ring), the place
 * there in bytes, and the number of the item that lies there or will. An item in the ring or an extent is 8-aligned: length
 * (int), kind (int), then its bytes.
 */
final class QueueLayout {
    static final int FLAGS = 0;
    static final int CAPACITY = FLAGS + Long.BYTES;
    static final int RING_BYTES = CAPACITY + Long.BYTES;
    static final int MAX_ATTEMPTS = RING_BYTES + Long.BYTES;
    static final int CODEC = 64;
    static final int CODEC_MAX = 120;

    // A line each for what the two sides write, and one between them: processors fetch lines in pairs.
    static final int TAIL = 256;
    static final int HEAD = 384;
    static final int RING_READ = HEAD + Long.BYTES;

    static final int TAIL_CURSORS = 512;
    static final int IN_PUTS = TAIL_CURSORS + 2 * Cursor.LENGTH;
    static final int IN_ITEM = IN_PUTS + Long.BYTES;
    static final int IN_EXTENT = IN_ITEM + 2 * Long.BYTES;
    static final int RING_NEXT = IN_EXTENT + 2 * Long.BYTES;
    static final int PRODUCED = RING_NEXT + 2 * Long.BYTES;

    static final int HEAD_CURSORS = 640;
    static final int OUT_SEQ = HEAD_CURSORS + 2 * Cursor.LENGTH;
    static final int OUT_ITEM = OUT_SEQ + Long.BYTES;
    static final int LEAVING = OUT_ITEM + 2 * Long.BYTES;
    static final int REMOVING = LEAVING + 2 * Long.BYTES;
    static final int REMOVING_EXTENT = REMOVING + Long.BYTES;
    static final int REMOVING_AT = REMOVING_EXTENT + 2 * Long.BYTES;
    static final int REMOVING_ITEM = REMOVING_AT + Long.BYTES;
    static final int OUT = REMOVING_ITEM + 2 * Long.BYTES;
    static final int ORPHANS = OUT + Long.BYTES;
    static final int DEAD = ORPHANS + Long.BYTES;

    private static final int LOCKS = 832;

    /** TAIL: no item will be put any more. */
    static final long ENDED = Long.MIN_VALUE;

    /** HEAD counts by this; the lowest bit says which cursor counts. */
    static final long ONE_OUT = 2;

    /** Nothing is in IN_PUTS or OUT_SEQ. */
    static final long NONE = -1;

    private static final int ROW_BYTES = 128;

    final int tailLock;
    final int headLock;
    final int notEmpty;
    final int notFull;
    final int finished;
    final int deaths;
    private final int rows;
    final int ring;

    QueueLayout(int slots) {
        tailLock = LOCKS;
        headLock = line(tailLock + LockLayout.length(slots));
        notEmpty = line(headLock + LockLayout.length(slots));
        notFull = line(notEmpty + Bell.length(slots));
        finished = line(notFull + Bell.length(slots));
        deaths = line(finished + Bell.length(slots));
        rows = line(deaths + ConsumerDeaths.LENGTH);
        ring = rows + slots * ROW_BYTES;
    }

    /** The consumer in a row: long, the process's word; the process itself, or the holder of the head's lock. */
    int consumer(int slot) {
        return rows + (slot - 1) * ROW_BYTES;
    }

    /** The producer in a row: long, the process's word; the process itself, who sends it a handle, or who finds it dead. */
    int producer(int slot) {
        return consumer(slot) + Long.BYTES;
    }

    /** What the consumer took, see TakenItems. */
    int taken(int slot) {
        return producer(slot) + Long.BYTES;
    }

    long length(int ringBytes) {
        return (long) ring + ringBytes;
    }

    static int line(int offset) {
        return (offset + 63) / 64 * 64;
    }
}
