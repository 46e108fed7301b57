package dev.procession.plugin.sort.archive;

import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.work.FileStat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which archive was unpacked to where: a file of lines in the output, to which lines are added; of several lines for one
 * archive the last one counts. A line that is damaged, or that a kill has cut, is passed by: then the archive is unpacked
 * once more.
 */
public final class ArchiveRecord {
    private static final String FILE = "archives.journal";
    private static final String FIRST_LINE = "procession sort-files archives 1";

    private final Path file;
    private final TreeMap<String, Entry> entries = new TreeMap<>();

    private ArchiveRecord(Path file) {
        this.file = file;
    }

    /**
     * One archive.
     *
     * @param archive its raw path, relative to the output
     * @param stat what it was like when it was unpacked
     * @param folder the raw path of its folder, relative to the output
     * @param list the name of the file that tells what was put there
     */
    public record Entry(String archive, FileStat stat, String folder, String list) {
        String line() {
            return RawName.encoded(archive) + " " + stat.size() + " " + stat.modifiedNanos() + " " + stat.key() + " "
                    + RawName.encoded(folder) + " " + list;
        }

        static @Nullable Entry parse(String line) {
            String[] words = line.split(" ", -1);
            try {
                return words.length != 6 || !words[5].endsWith(".list")
                        ? null
                        : new Entry(
                                RawName.decoded(words[0]),
                                new FileStat(Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]),
                                RawName.decoded(words[4]),
                                words[5]);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return null;
            }
        }
    }

    public static ArchiveRecord open(Path own) throws IOException {
        ArchiveRecord record = new ArchiveRecord(own.resolve(FILE));
        try {
            for (String line : Files.readAllLines(record.file, StandardCharsets.ISO_8859_1)) {
                Entry entry = Entry.parse(line);
                if (entry != null) {
                    record.entries.put(entry.archive(), entry);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was unpacked here.
        }
        return record;
    }

    @Nullable
    public Entry find(String archive) {
        return entries.get(archive);
    }

    Map<String, Entry> all() {
        return entries;
    }

    void add(Entry entry) throws IOException {
        boolean first = !Files.exists(file);
        Files.writeString(
                file,
                // A line that was cut has no end.
                (first ? FIRST_LINE : "") + "\n" + entry.line() + "\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        entries.put(entry.archive(), entry);
    }

    /** Forgets all but some, in one step. */
    void keep(Collection<Entry> kept) throws IOException {
        entries.clear();
        kept.forEach(entry -> entries.put(entry.archive(), entry));
        if (entries.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Path draft = file.resolveSibling(FILE + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(draft, StandardCharsets.US_ASCII)) {
            out.write(FIRST_LINE + "\n");
            for (Entry entry : entries.values()) {
                out.write(entry.line() + "\n");
            }
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
