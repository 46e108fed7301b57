package dev.procession.plugin.sort;

import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.settings.SortRules;
import dev.procession.plugin.sort.store.Cursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * By which layout each source was sorted into an output. Files keep their places, so another layout would sort the new
 * files in one way and leave the old ones in the other. Of a source that is not in it the layout is the default one.
 */
final class LayoutRecord {
    private static final String FILE = "layouts";

    private final Path file;
    private final Map<String, String> layouts = new TreeMap<>();

    private LayoutRecord(Path file) {
        this.file = file;
    }

    static LayoutRecord open(Path own) throws IOException {
        LayoutRecord record = new LayoutRecord(own.resolve(FILE));
        try {
            for (String line : Files.readAllLines(record.file, StandardCharsets.ISO_8859_1)) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    record.layouts.put(
                            RawName.decoded(line.substring(0, blank)), RawName.decoded(line.substring(blank + 1)));
                }
            }
        } catch (NoSuchFileException | IllegalArgumentException e) {
            // Nothing is known, or no longer.
        }
        return record;
    }

    /**
     * Checks that a source is sorted as it was before.
     *
     * @param source the key prefix of the source
     * @param rules what is asked for now
     * @param memory tells whether files of this source are in the output
     */
    void check(String source, SortRules rules, Memory memory) throws IOException {
        String asked = RawName.ofUnicode(rules.description());
        String before = layouts.getOrDefault(source, SortRules.DEFAULT.description());
        if (!asked.equals(before) && isKnown(source, memory)) {
            throw new SortFailedException(
                    "<layout>: <source> was sorted into this <output> by '" + RawName.shown(before)
                            + "', and now it is to be by '" + RawName.shown(asked)
                            + "'; what is sorted keeps its place, so there would be both: name another <output>, or undo the"
                            + " runs before with undo-sort");
        }
    }

    /** Remembers by which layout a source is sorted. */
    void keep(String source, SortRules rules) throws IOException {
        String asked = RawName.ofUnicode(rules.description());
        if (asked.equals(layouts.getOrDefault(source, SortRules.DEFAULT.description()))) {
            return;
        }
        layouts.put(source, asked);
        StringBuilder text = new StringBuilder();
        layouts.forEach((name, layout) -> text.append(RawName.encoded(name))
                .append(' ')
                .append(RawName.encoded(layout))
                .append('\n'));
        Path draft = file.resolveSibling(FILE + ".new");
        Files.writeString(draft, text, StandardCharsets.US_ASCII);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isKnown(String source, Memory memory) throws IOException {
        try (Cursor<JournalEntry> entries = memory.entries()) {
            for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                if (entry.memoryKey().startsWith(source)) {
                    return true;
                }
            }
            return false;
        }
    }
}
