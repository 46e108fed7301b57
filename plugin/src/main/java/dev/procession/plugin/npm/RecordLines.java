package dev.procession.plugin.npm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/**
 * A small text file that is whole or not there: a head line that says what it is, lines of blank-separated
 * {@link Escaped} words, and a checksum. Lines rather than JSON because one of them is read in every build, also in those
 * that do nothing.
 */
final class RecordLines {
    private RecordLines() {}

    /** The lines after the head, split into words; empty when the file is not there, of another kind, or damaged. */
    static Optional<List<String[]>> read(Path file, String head) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return Optional.empty();
        }
        int end = text.lastIndexOf("\nend ") + 1;
        if (end == 0
                || !text.startsWith(head + "\n")
                || !text.substring(end).equals("end " + checksum(text.substring(0, end)) + "\n")) {
            return Optional.empty();
        }
        List<String[]> lines = new ArrayList<>();
        for (int begin = head.length() + 1; begin < end; ) {
            int lineEnd = text.indexOf('\n', begin);
            lines.add(text.substring(begin, lineEnd).split(" ", -1));
            begin = lineEnd + 1;
        }
        return Optional.of(lines);
    }

    /** Puts the file in its place at once, whatever was there. */
    static void write(Path file, String head, List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder(head).append('\n');
        for (String line : lines) {
            text.append(line).append('\n');
        }
        String sum = checksum(text.toString());
        text.append("end ").append(sum).append('\n');
        Path draft = file.resolveSibling(file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
        try {
            Files.writeString(draft, text.toString(), StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
