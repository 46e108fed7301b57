package dev.procession.models;

import java.util.Arrays;

/** Numbers states of one length in the order in which they were first seen; open addressing, no object per state. */
final class StateSet {
    private static final int CHUNK = 1 << 14;

    private final int length;
    private byte[][] chunks = new byte[16][];
    private int[] table = new int[1 << 12];
    private int size;

    StateSet(int length) {
        this.length = length;
    }

    int size() {
        return size;
    }

    byte[] get(int index) {
        int from = index % CHUNK * length;
        return Arrays.copyOfRange(chunks[index / CHUNK], from, from + length);
    }

    /** The number of {@code state}, which is the former size where it is new. */
    int add(byte[] state) {
        int mask = table.length - 1;
        int at = hash(state, 0, length) & mask;
        while (table[at] != 0) {
            int index = table[at] - 1;
            int from = index % CHUNK * length;
            if (Arrays.equals(chunks[index / CHUNK], from, from + length, state, 0, length)) {
                return index;
            }
            at = (at + 1) & mask;
        }
        int chunk = size / CHUNK;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk * 2);
        }
        if (size % CHUNK == 0) {
            chunks[chunk] = new byte[CHUNK * length];
        }
        System.arraycopy(state, 0, chunks[chunk], size % CHUNK * length, length);
        table[at] = ++size;
        if (size > table.length / 2) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        int[] wider = new int[table.length * 2];
        int mask = wider.length - 1;
        for (int index = 0; index < size; index++) {
            int at = hash(chunks[index / CHUNK], index % CHUNK * length, length) & mask;
            while (wider[at] != 0) {
                at = (at + 1) & mask;
            }
            wider[at] = index + 1;
        }
        table = wider;
    }

    private static int hash(byte[] bytes, int from, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ bytes[i]) * 0x100000001b3L;
        }
        hash ^= hash >>> 29;
        return (int) (hash ^ hash >>> 32);
    }
}
