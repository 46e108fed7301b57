package dev.procession.plugin.sort.store;

import java.util.Arrays;

/** Numbers and raw names as bytes, one after the other; short numbers and names that begin alike take little room. */
public final class RecordWriter {
    private byte[] bytes = new byte[1 << 13];
    private int length;

    public int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    public void clear() {
        length = 0;
    }

    public void octet(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) value;
    }

    /** Seven bits a byte, the low ones first; a negative number takes ten bytes. */
    public void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octet((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /** A number that may be negative, short when it is near zero. */
    public void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    public void text(String raw) {
        text(raw, "");
    }

    /** A raw name of which only the end is written that differs from what the reader has read before. */
    public void text(String raw, String previous) {
        int most = Math.min(raw.length(), previous.length());
        int same = 0;
        while (same < most && raw.charAt(same) == previous.charAt(same)) {
            same++;
        }
        number(same);
        number(raw.length() - same);
        for (int i = same; i < raw.length(); i++) {
            octet(raw.charAt(i));
        }
    }
}
