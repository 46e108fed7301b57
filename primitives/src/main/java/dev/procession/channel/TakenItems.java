package dev.procession.channel;

import dev.procession.internal.memory.Memory;

/**
 * The numbers of the items that one process took last from a queue.
 *
 * <pre>
 *    0  COUNT  long  how many it took; release, by the process itself, or by the holder of the head's lock
 *    8  ITEMS  PLACES longs: item n of these is in place n % PLACES; likewise, before COUNT
 * </pre>
 *
 * An item is written down before it is taken, and one of the places is always about to be overwritten: so one less is known.
 */
final class TakenItems {
    private static final int COUNT = 0;
    private static final int ITEMS = COUNT + Long.BYTES;
    private static final int PLACES = 13;

    /** So many of the last items are known. */
    static final int KNOWN = PLACES - 1;

    /** Its size in bytes. */
    static final int LENGTH = ITEMS + PLACES * Long.BYTES;

    private final Memory memory;
    private final int base;

    TakenItems(Memory memory, int base) {
        this.memory = memory;
        this.base = base;
    }

    /** Nothing was taken. */
    void clear() {
        memory.setLongRelease(base + COUNT, 0);
    }

    /** The next item that is taken. */
    void add(long seq) {
        long count = count();
        memory.setLongRelease(place(count), seq);
        memory.setLongRelease(base + COUNT, count + 1);
    }

    /** Forgets the last item if the process did not get as far as to take it: nothing from this number on was taken. */
    void voidFrom(long seq) {
        long count = count();
        if (count > 0 && memory.getLong(place(count - 1)) >= seq) {
            memory.setLongRelease(base + COUNT, count - 1);
        }
    }

    /** {@return how many were taken} */
    long count() {
        return memory.getLong(base + COUNT);
    }

    /** {@return the numbers of the last ones, oldest first} */
    long[] last() {
        long count = count();
        long[] items = new long[(int) Math.min(count, KNOWN)];
        for (int i = 0; i < items.length; i++) {
            items[i] = memory.getLong(place(count - items.length + i));
        }
        return items;
    }

    private int place(long number) {
        return base + ITEMS + (int) (number % PLACES) * Long.BYTES;
    }
}
