package dev.procession.plugin.npm;

import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which jar of this machine has which content, so that a clean build need not read a hundred jars to find three that hold
 * packages. A line per jar: when it was looked at, the unit of its content ({@code -} for none), what the file system said,
 * and its path. Losing it costs one reading of the jars.
 */
final class JarIndex {
    static final String NO_UNIT = "-";

    private static final String HEAD = "procession npm jars 1";
    /** Beyond this, jars that are no longer there are forgotten. */
    private static final int MANY = 2_000;

    /** What was found in a jar, and when. */
    private record Entry(long seenNanos, String unit, String stat) {}

    private final Path file;
    private final Map<String, Entry> known;
    private final Map<String, Entry> learnt = new HashMap<>();

    private JarIndex(Path file, Map<String, Entry> known) {
        this.file = file;
        this.known = known;
    }

    static JarIndex open(Path root) {
        Path file = root.resolve("jars");
        return new JarIndex(file, read(file));
    }

    private static Map<String, Entry> read(Path file) {
        Map<String, Entry> entries = new HashMap<>();
        try {
            for (String[] words : RecordLines.read(file, HEAD).orElse(List.of())) {
                entries.put(words[3], new Entry(Long.parseLong(words[0]), words[1], words[2]));
            }
            return entries;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return new HashMap<>();
        }
    }

    /** The unit of a source that is what it was, {@link #NO_UNIT} when it holds no packages, empty when nobody knows. */
    Optional<String> unit(SourceState state) {
        Entry entry = known.get(state.path());
        return entry != null && entry.stat().equals(state.stat()) && state.wasOldAt(entry.seenNanos())
                ? Optional.of(entry.unit())
                : Optional.empty();
    }

    void learn(SourceState state, String unit, long seenNanos) {
        learnt.put(state.path(), new Entry(seenNanos, unit, state.stat()));
    }

    boolean learntAny() {
        return !learnt.isEmpty();
    }

    /** Adds what was learnt to what others wrote meanwhile. Call it with the cache's lock held. */
    void save() throws IOException {
        Map<String, Entry> all = read(file);
        all.putAll(learnt);
        if (all.size() > MANY) {
            all.keySet().removeIf(path -> !Files.exists(FileName.path(Escaped.plain(path))));
        }
        List<String> lines = new ArrayList<>();
        all.forEach(
                (path, entry) -> lines.add(entry.seenNanos() + " " + entry.unit() + " " + entry.stat() + " " + path));
        RecordLines.write(file, HEAD, lines);
    }
}
