package dev.procession.plugin.watch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a browser asks for, so that sound and film can be played from any place: one range of bytes, as
 * in RFC 9110, section 14. Of several at once, or what is no range, the whole file is sent, which the RFC allows.
 *
 * @param from the first byte
 * @param end the first one after it; no more than {@code from} when the file has nothing there
 */
record ByteRange(int from, int end) {
    private static final Pattern ONE = Pattern.compile("(?i)bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /**
     * Reads the header {@code Range}.
     *
     * @param header its value
     * @param length that of the file, in bytes
     * @return the part, or empty when the whole file is to be sent
     */
    static Optional<ByteRange> of(String header, int length) {
        Matcher range = ONE.matcher(header);
        if (!range.matches() || (range.end(1) == range.start(1) && range.end(2) == range.start(2))) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            long last = Long.parseLong(range.group(2));
            return Optional.of(new ByteRange((int) (length - Math.min(last, length)), length));
        }
        long from = Long.parseLong(range.group(1));
        long end = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2)) + 1;
        if (end <= from) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange((int) Math.min(from, length), (int) Math.min(end, length)));
    }

    boolean isEmpty() {
        return end <= from;
    }

    int length() {
        return end - from;
    }

    /** The value of the header {@code Content-Range}. */
    String in(int whole) {
        return "bytes " + (isEmpty() ? "*" : from + "-" + (end - 1)) + "/" + whole;
    }
}
