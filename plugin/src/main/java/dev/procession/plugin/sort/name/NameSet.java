package dev.procession.plugin.sort.name;

/**
 * Which names are taken, as hashes (see {@link NameHash}), and which of them must be there in the end. 8 bytes for each
 * place, of which at least one in four is free and less than one in two: five million names take 54 to 67 MB.
 *
 * <p>In parts that grow one by one, and by a quarter: while one table as large as all of them grew, the old one and the
 * new one were in memory together, half as much again as is needed.
 */
public final class NameSet {
    private static final long EXPECTED = 1;
    private static final int PARTS_BITS = 8;

    /** A small table fits into a few lines of the cache, and so many of them take 16 kB before the first name. */
    private static final int LEAST = 8;

    private final Part[] parts = new Part[1 << PARTS_BITS];
    private int expected;

    public NameSet() {
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part();
        }
    }

    /** Whether nobody had it. */
    public boolean add(long hash) {
        return part(hash).add(bits(hash));
    }

    public boolean contains(long hash) {
        return part(hash).find(bits(hash)) != 0;
    }

    /** Makes a name one that must be there; whether it was not one before. */
    public boolean expect(long hash) {
        Part part = part(hash);
        long bits = bits(hash);
        part.add(bits);
        if (!part.mark(bits)) {
            return false;
        }
        expected++;
        return true;
    }

    public boolean isExpected(long hash) {
        return (part(hash).find(bits(hash)) & EXPECTED) != 0;
    }

    /** How many names must be there. */
    public int expected() {
        return expected;
    }

    /** Without the lowest bit, which says whether the name must be there; 0 is a free place. */
    private static long bits(long hash) {
        long bits = hash & ~EXPECTED;
        return bits == 0 ? 2 : bits;
    }

    private Part part(long hash) {
        return parts[(int) (spread(bits(hash)) >>> (Long.SIZE - PARTS_BITS))];
    }

    /** All bits have a say in the high ones, also where a hash is hardly one. */
    private static long spread(long bits) {
        return bits * 0x9E3779B97F4A7C15L;
    }

    /** The names whose hashes begin with the same bits. */
    private static final class Part {
        private long[] places = new long[LEAST];
        private int size;

        boolean add(long bits) {
            int at = place(bits);
            if (places[at] != 0) {
                return false;
            }
            places[at] = bits;
            if (4L * ++size >= 3L * places.length) {
                grow();
            }
            return true;
        }

        /** What is there of it; 0 for nothing. */
        long find(long bits) {
            return places[place(bits)];
        }

        boolean mark(long bits) {
            int at = place(bits);
            boolean isNew = (places[at] & EXPECTED) == 0;
            places[at] |= EXPECTED;
            return isNew;
        }

        private int place(long bits) {
            // The first bits have chosen the part. The next 32, as a fraction, choose the place: a table of any length.
            long fraction = (spread(bits) << PARTS_BITS) >>> 32;
            int at = (int) ((fraction * places.length) >>> 32);
            while (places[at] != 0 && (places[at] & ~EXPECTED) != bits) {
                at = at + 1 == places.length ? 0 : at + 1;
            }
            return at;
        }

        private void grow() {
            long[] old = places;
            places = new long[old.length + old.length / 4];
            for (long value : old) {
                if (value != 0) {
                    places[place(value & ~EXPECTED)] = value;
                }
            }
        }
    }
}
