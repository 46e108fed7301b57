package dev.procession.plugin.sort;

/**
 * Which names are taken, as hashes (see {@link NameHash}), and which of them must be there in the end. 8 bytes for each
 * place, of which at least one in four is free: five million names take 64 MB.
 */
final class NameSet {
    private static final long EXPECTED = 1;

    /** Hashes without their lowest bit, which says whether the name must be there; 0 is a free place. */
    private long[] places = new long[1 << 10];

    private int size;
    private int expected;

    /** Whether nobody had it. */
    boolean add(long hash) {
        int at = find(hash);
        if (places[at] != 0) {
            return false;
        }
        places[at] = bits(hash);
        if (4L * ++size >= 3L * places.length) {
            grow();
        }
        return true;
    }

    boolean contains(long hash) {
        return places[find(hash)] != 0;
    }

    /** Makes a name one that must be there; whether it was not one before. */
    boolean expect(long hash) {
        add(hash);
        int at = find(hash);
        if ((places[at] & EXPECTED) != 0) {
            return false;
        }
        places[at] |= EXPECTED;
        expected++;
        return true;
    }

    boolean isExpected(long hash) {
        return (places[find(hash)] & EXPECTED) != 0;
    }

    /** How many names must be there. */
    int expected() {
        return expected;
    }

    private static long bits(long hash) {
        long bits = hash & ~EXPECTED;
        return bits == 0 ? 2 : bits;
    }

    private int find(long hash) {
        long bits = bits(hash);
        int mask = places.length - 1;
        int at = (int) (bits >>> 1) & mask;
        while (places[at] != 0 && (places[at] & ~EXPECTED) != bits) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = places;
        places = new long[2 * old.length];
        for (long value : old) {
            if (value != 0) {
                places[find(value)] = value;
            }
        }
    }
}
