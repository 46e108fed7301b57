package dev.procession.plugin.sort.store;

import java.nio.charset.StandardCharsets;

/** Reads what a {@link RecordWriter} has written. What is read here was checked before: it is as it was written. */
public final class RecordReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    public RecordReader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    public boolean hasMore() {
        return at < end;
    }

    public int octet() {
        return bytes[at++] & 0xFF;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int part = octet();
            value |= (long) (part & 0x7F) << shift;
            if (part < 0x80) {
                return value;
            }
        }
    }

    public long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    public String text() {
        return text("");
    }

    public String text(String previous) {
        int same = (int) number();
        int rest = (int) number();
        String tail = new String(bytes, at, rest, StandardCharsets.ISO_8859_1);
        at += rest;
        return same == 0 ? tail : previous.substring(0, same) + tail;
    }
}
