package dev.procession.plugin.sort;

import java.nio.charset.StandardCharsets;

/** Reads what a {@link RecordWriter} has written. What is read here was checked before: it is as it was written. */
final class RecordReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    RecordReader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    int octet() {
        return bytes[at++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int part = octet();
            value |= (long) (part & 0x7F) << shift;
            if (part < 0x80) {
                return value;
            }
        }
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        return text("");
    }

    String text(String previous) {
        int same = (int) number();
        int rest = (int) number();
        String tail = new String(bytes, at, rest, StandardCharsets.ISO_8859_1);
        at += rest;
        return same == 0 ? tail : previous.substring(0, same) + tail;
    }
}
