package dev.procession.plugin.sort.store;

/** A set of hashes: 8 bytes for each place, of which at least one in three is free. */
public final class LongSet {
    private static final int LEAST = 1 << 10;
    private static final int MOST = 1 << 30;

    private long[] places = new long[LEAST];
    private int size;
    private boolean hasZero;

    /** A set that need not grow up to a number of values. */
    public static LongSet withRoom(long values) {
        LongSet set = new LongSet();
        long wanted = LEAST;
        while (wanted < MOST && 2 * wanted <= 3 * values) {
            wanted *= 2;
        }
        set.places = new long[(int) wanted];
        return set;
    }

    int size() {
        return size;
    }

    /** Whether it was not in the set before. */
    public boolean add(long value) {
        if (value == 0) {
            boolean isNew = !hasZero;
            hasZero = true;
            size += isNew ? 1 : 0;
            return isNew;
        }
        if (3L * size >= 2L * places.length) {
            grow();
        }
        if (!put(places, value)) {
            return false;
        }
        size++;
        return true;
    }

    public boolean contains(long value) {
        if (value == 0) {
            return hasZero;
        }
        int mask = places.length - 1;
        for (int i = (int) value & mask; places[i] != 0; i = (i + 1) & mask) {
            if (places[i] == value) {
                return true;
            }
        }
        return false;
    }

    private void grow() {
        long[] larger = new long[2 * places.length];
        for (long value : places) {
            if (value != 0) {
                put(larger, value);
            }
        }
        places = larger;
    }

    private static boolean put(long[] places, long value) {
        int mask = places.length - 1;
        int i = (int) value & mask;
        for (; places[i] != 0; i = (i + 1) & mask) {
            if (places[i] == value) {
                return false;
            }
        }
        places[i] = value;
        return true;
    }
}
