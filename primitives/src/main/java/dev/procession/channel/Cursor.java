package dev.procession.channel;

import dev.procession.internal.memory.Memory;

/**
 * One end of a queue: in which extent it is, where there, and which number the item has that lies there or will.
 *
 * <p>In shared memory there are two of them for each end, and the word that is stored last says which one counts. So both
 * can move together with that word, in one store, and whoever dies before it has changed nothing.
 */
final class Cursor {
    static final int LENGTH = 4 * Long.BYTES;

    private static final int ID = 0;
    private static final int GENERATION = 8;
    private static final int AT = 16;
    private static final int SEQ = 24;

    private final Memory memory;
    private final int both;

    long extentId;
    long extentGen;
    long at;
    long seq;

    Cursor(Memory memory, int both) {
        this.memory = memory;
        this.both = both;
    }

    void read(long which) {
        int from = both + (int) (which & 1) * LENGTH;
        extentId = memory.getLong(from + ID);
        extentGen = memory.getLong(from + GENERATION);
        at = memory.getLong(from + AT);
        seq = memory.getLong(from + SEQ);
    }

    /** Writes the one that does not count. The store that makes it count is a release, so these are plain. */
    void write(long which) {
        int to = both + (int) (which & 1) * LENGTH;
        memory.setLong(to + ID, extentId);
        memory.setLong(to + GENERATION, extentGen);
        memory.setLong(to + AT, at);
        memory.setLong(to + SEQ, seq);
    }
}
