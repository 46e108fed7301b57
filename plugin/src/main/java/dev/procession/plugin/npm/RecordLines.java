package dev.procession.plugin.npm;

import dev.procession.plugin.work.SealedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A small {@link SealedText} of lines of blank-separated {@link Escaped} words. Lines rather than JSON because one of them is read in every build, also in those
 * that do nothing.
 */
final class RecordLines {
    private RecordLines() {}

    /** The lines after the head, split into words; empty when the file is not there, of another kind, or damaged. */
    static Optional<List<String[]>> read(Path file, String head) {
        Optional<String> text = SealedText.read(file, head);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String[]> lines = new ArrayList<>();
        for (int begin = 0; begin < text.get().length(); ) {
            int lineEnd = text.get().indexOf('\n', begin);
            lines.add(words(text.get().substring(begin, lineEnd)));
            begin = lineEnd + 1;
        }
        return Optional.of(lines);
    }

    /** Between blanks. (Not by String.split, of which each call makes three lists.) */
    private static String[] words(String line) {
        int count = 1;
        for (int blank = line.indexOf(' '); blank >= 0; blank = line.indexOf(' ', blank + 1)) {
            count++;
        }
        String[] words = new String[count];
        int begin = 0;
        for (int i = 0; i < count - 1; i++) {
            int end = line.indexOf(' ', begin);
            words[i] = line.substring(begin, end);
            begin = end + 1;
        }
        words[count - 1] = line.substring(begin);
        return words;
    }

    /** Puts the file in its place at once, whatever was there. */
    static void write(Path file, String head, List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        Path draft = file.resolveSibling(file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
        try {
            Files.write(draft, SealedText.of(head, text));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
