package dev.procession.plugin.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A text that is whole or counts as not there: a head line that says what it is, its own lines, and an end line with a
 * checksum of all before it. For what builds remember; a file that a killed build left half, or that somebody edited, is
 * taken for none.
 */
public final class SealedText {
    private static final String END = "end ";

    private SealedText() {}

    /**
     * Reads a text.
     *
     * @param head its first line
     * @return the lines between head and end, each with its line end; empty when the file is not there, is of another kind,
     *     or is damaged
     */
    public static Optional<String> read(Path file, String head) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return Optional.empty();
        }
        int end = text.lastIndexOf("\n" + END) + 1;
        if (end == 0 || !text.startsWith(head + "\n") || !text.substring(end).equals(endOf(text.substring(0, end)))) {
            return Optional.empty();
        }
        return Optional.of(text.substring(head.length() + 1, end));
    }

    /**
     * What is to be written, so that {@link #read} gives the lines again.
     *
     * @param head the first line
     * @param lines what follows, each line with its end
     * @return all of it, in UTF-8
     */
    public static byte[] of(String head, CharSequence lines) {
        String text = head + "\n" + lines;
        return (text + endOf(text)).getBytes(StandardCharsets.UTF_8);
    }

    private static String endOf(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return END + Long.toHexString(crc.getValue()) + "\n";
    }
}
