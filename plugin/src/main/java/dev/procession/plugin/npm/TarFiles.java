package dev.procession.plugin.npm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The regular files of a tar archive, one after the other: the POSIX format with its extended headers, and GNU's long names.
 * Links, devices and everything else are passed over. Written here because the archives are not trusted, and this much of the
 * format is all that they need.
 */
final class TarFiles {
    private static final int BLOCK = 512;
    /** No name needs more; what claims to is not believed. */
    private static final int LONGEST_HEADER = 64 * 1024;

    private final InputStream in;
    private long unread;
    private int padding;

    TarFiles(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next regular file and returns its name; empty at the end. */
    Optional<String> next() throws IOException {
        Optional<String> longName = Optional.empty();
        while (true) {
            in.skipNBytes(unread + padding);
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || isEmpty(header)) {
                // Some writers leave out the two empty blocks at the end.
                return Optional.empty();
            }
            check(header);
            unread = octal(header, 124, 12);
            padding = (int) ((BLOCK - unread % BLOCK) % BLOCK);
            switch (header[156]) {
                case 'x' -> longName = pathOf(body()).or(() -> Optional.empty());
                case 'L' -> longName = Optional.of(text(body(), 0, Integer.MAX_VALUE));
                case '0', 0 -> {
                    return Optional.of(longName.orElse(name(header)));
                }
                default -> longName = Optional.empty();
            }
        }
    }

    /** Reads on in the present file; -1 at its end. */
    int read(byte[] buffer) throws IOException {
        if (unread == 0) {
            return -1;
        }
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, unread));
        if (read < 0) {
            throw new EOFException("the archive ends in the middle of a file");
        }
        unread -= read;
        return read;
    }

    private byte[] body() throws IOException {
        if (unread > LONGEST_HEADER) {
            throw new IOException("a header of " + unread + " bytes is no header");
        }
        byte[] body = in.readNBytes((int) unread);
        if (body.length < unread) {
            throw new EOFException("the archive ends in the middle of a header");
        }
        unread = 0;
        return body;
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        String prefix = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** The path in an extended header: records of the form "length key=value\n". */
    private static Optional<String> pathOf(byte[] body) throws IOException {
        for (int begin = 0; begin < body.length; ) {
            int blank = begin;
            while (blank < body.length && body[blank] != ' ') {
                blank++;
            }
            int length = number(new String(body, begin, blank - begin, StandardCharsets.US_ASCII));
            if (length <= blank - begin || length > body.length - begin) {
                throw new IOException("an extended header is damaged");
            }
            String record = new String(body, blank + 1, length - (blank - begin) - 2, StandardCharsets.UTF_8);
            if (record.startsWith("path=")) {
                return Optional.of(record.substring("path=".length()));
            }
            begin += length;
        }
        return Optional.empty();
    }

    private static int number(String digits) throws IOException {
        if (!digits.matches("[0-9]{1,6}")) {
            throw new IOException("an extended header is damaged");
        }
        return Integer.parseInt(digits);
    }

    private static void check(byte[] header) throws IOException {
        byte[] counted = header.clone();
        Arrays.fill(counted, 148, 156, (byte) ' ');
        long sum = 0;
        for (byte b : counted) {
            sum += b & 0xFF;
        }
        if (sum != octal(header, 148, 8)) {
            throw new IOException("the checksum of a header is wrong");
        }
    }

    private static long octal(byte[] header, int offset, int length) throws IOException {
        String digits = text(header, offset, length).trim();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new IOException("a number in a header is damaged");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < bytes.length && end - offset < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static boolean isEmpty(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
