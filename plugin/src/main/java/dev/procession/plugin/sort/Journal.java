package dev.procession.plugin.sort;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory of an output: which file of which source was placed where. A file on which each run appends what it is
 * about to do, and what it has done, a batch at a time; so a run that is killed leaves its knowledge behind, and at
 * worst half a line, which is dropped. Written anew when more than half of it is outdated.
 *
 * <p>Appended lines are in the hands of the system, not forced to the disk: they outlive the process, as the copies do,
 * but a power cut may take both.
 */
final class Journal implements AutoCloseable {
    private final Path file;
    private final Map<String, JournalEntry> byKey = new HashMap<>();
    private final Map<String, JournalEntry> byTarget = new HashMap<>();
    private final List<Intent> intents = new ArrayList<>();
    private final boolean existed;
    private int lines;
    private int damagedLines;
    private boolean torn;
    private @Nullable OutputStream out;

    private Journal(Path file) throws IOException {
        this.file = file;
        this.existed = read();
    }

    /** Opens the journal of a locked output: it has one writer. */
    static Journal open(OutputLock lock) throws IOException {
        return new Journal(lock.directory().resolve("sort-files.journal"));
    }

    private boolean read() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String head = reader.readLine();
            if (head != null
                    && head.matches(JournalLines.HEAD + "[0-9]+")
                    && !head.endsWith(" " + JournalLines.VERSION)) {
                throw new SortFailedException(RawName.shown(file) + " was written by another version of sort-files ("
                        + head + "); use that version for this <output>, or name another <output>");
            }
            if (!(JournalLines.HEAD + JournalLines.VERSION).equals(head)) {
                damagedLines++;
            }
            String previous = null;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (previous != null) {
                    take(previous, false);
                }
                previous = line;
            }
            if (previous != null) {
                take(previous, true);
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void take(String line, boolean last) {
        lines++;
        Record content = JournalLines.parse(line);
        if (content instanceof JournalEntry entry) {
            remember(entry);
        } else if (content instanceof Intent intent) {
            intents.add(intent);
        } else if (last) {
            torn = true;
        } else {
            damagedLines++;
        }
    }

    /** Keeps an entry in mind, in the place of what was known of its source, and of its target. */
    private void remember(JournalEntry entry) {
        forget(byKey.get(entry.key()));
        forget(byTarget.get(entry.target()));
        byKey.put(entry.key(), entry);
        byTarget.put(entry.target(), entry);
    }

    private void forget(@Nullable JournalEntry entry) {
        if (entry != null) {
            byKey.remove(entry.key());
            byTarget.remove(entry.target());
        }
    }

    /** How many lines cannot be read; what they said has to be found out from the files. */
    int damagedLines() {
        return damagedLines;
    }

    /** What earlier runs were about to do, and this one. */
    List<Intent> intents() {
        return List.copyOf(intents);
    }

    @Nullable
    JournalEntry find(String key) {
        return byKey.get(key);
    }

    boolean hasTarget(String target) {
        return byTarget.containsKey(target);
    }

    /** Writes down what is about to be done. */
    void plan(Collection<Intent> planned) throws IOException {
        intents.addAll(planned);
        StringBuilder text = new StringBuilder();
        planned.forEach(intent -> text.append(JournalLines.of(intent)));
        append(text, planned.size());
    }

    /** Writes down what was done. */
    void record(Collection<JournalEntry> placed) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JournalEntry entry : placed) {
            remember(entry);
            text.append(JournalLines.of(entry));
        }
        append(text, placed.size());
    }

    private void append(StringBuilder text, int count) throws IOException {
        if (count == 0) {
            return;
        }
        OutputStream open = out;
        if (open == null) {
            if (!existed || torn || damagedLines > 0) {
                rewrite();
            }
            open = Files.newOutputStream(file, StandardOpenOption.APPEND);
            out = open;
        }
        lines += count;
        // In one write, without a buffer that could keep something back.
        open.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes the journal anew, in one step, when that is worth it. */
    void compact() throws IOException {
        if (lines > 2 * byKey.size() || torn || damagedLines > 0) {
            close();
            rewrite();
        }
    }

    private void rewrite() throws IOException {
        Path next = file.resolveSibling("sort-files.journal.new");
        try (BufferedWriter writer = Files.newBufferedWriter(next, StandardCharsets.US_ASCII)) {
            writer.write(JournalLines.HEAD + JournalLines.VERSION + "\n");
            for (JournalEntry entry : byKey.values()) {
                writer.write(JournalLines.of(entry));
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        lines = byKey.size();
        torn = false;
    }

    @Override
    public void close() throws IOException {
        OutputStream open = out;
        if (open != null) {
            out = null;
            open.close();
        }
    }
}
