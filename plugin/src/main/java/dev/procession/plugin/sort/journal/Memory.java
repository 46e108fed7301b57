package dev.procession.plugin.sort.journal;

import dev.procession.plugin.sort.name.NameHash;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.store.Codec;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.LongSet;
import dev.procession.plugin.sort.store.RecordReader;
import dev.procession.plugin.sort.store.RecordWriter;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.sort.store.SpillSorter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an output remembers: which file of which source was placed where. The index, and over it what the runs did that
 * are not merged into it. The latter is in memory; when it becomes much, it is merged.
 *
 * <p>A name in the output belongs to one source: who got it last.
 */
public final class Memory {
    private static final int MOST_IN_MEMORY = 100_000;

    /** A journal of this length holds less than 100,000 files. */
    private static final long LONG_JOURNAL = 4L << 20;

    /** About what a journal has for each file. */
    private static final int BYTES_PER_FILE = 80;

    private static final int MOST_RUNS = 8;

    /** Beside the hashes of five million targets there is not room for more changes, in 150 MB. */
    private static final int MOST_SORTED = 20_000;

    private final OwnPlaces own;
    private final Scratch scratch;
    private final Index index;
    private final NavigableChanges recent = new NavigableChanges();
    private int merged;
    private int lastRun;
    private int damagedJournals;
    private int damagedIndex;

    private Memory(OwnPlaces own, Scratch scratch) throws IOException {
        this.own = own;
        this.scratch = scratch;
        this.index = new Index(own.index());
        this.merged = index.lastRun();
        this.lastRun = merged;
    }

    /** Reads the journals of all runs that the index does not know of; they must be recovered. */
    public static Memory open(OwnPlaces own, Scratch scratch) throws IOException {
        Memory memory = new Memory(own, scratch);
        int unmerged = 0;
        for (OwnPlaces.Run run : own.all()) {
            if (run.number() > memory.merged) {
                memory.add(run);
                unmerged++;
            }
        }
        if (unmerged > MOST_RUNS || memory.recent.size() > MOST_IN_MEMORY) {
            memory.merge();
        }
        return memory;
    }

    /** What is known under a name from now on. */
    private record Change(String key, Optional<JournalEntry> now) {}

    private static final class ChangeCodec implements Codec<Change> {
        @Override
        public void write(RecordWriter out, Change change) {
            out.text(change.key());
            out.octet(change.now().isPresent() ? 1 : 0);
            change.now().ifPresent(entry -> new EntryCodec().write(out, entry));
        }

        @Override
        public Change read(RecordReader in) {
            String key = in.text();
            return new Change(key, in.octet() == 0 ? Optional.empty() : Optional.of(new EntryCodec().read(in)));
        }
    }

    private void add(OwnPlaces.Run run) throws IOException {
        if (Files.exists(run.journal()) && Files.size(run.journal()) > LONG_JOURNAL) {
            merge();
            addLong(run);
        } else {
            read(run, result -> result.changes(recent::put));
        }
        lastRun = run.number();
    }

    private void read(OwnPlaces.Run run, RunLog.Taker taker) throws IOException {
        damagedJournals += RunLog.read(run.journal(), taker).damages();
    }

    private void addLong(OwnPlaces.Run run) throws IOException {
        SpillSorter<Change> sorter =
                new SpillSorter<>(scratch, new ChangeCodec(), Comparator.comparing(Change::key), MOST_SORTED);
        // Nobody else can have had a name before the first run; else room for all at once, since growing takes half
        // as much again for a moment.
        boolean first = !Files.exists(own.index());
        LongSet targets = first ? new LongSet() : LongSet.withRoom(Files.size(run.journal()) / BYTES_PER_FILE);
        read(run, result -> {
            try {
                result.changes((key, now) -> {
                    if (!first && now != null && now.how() != How.DUPLICATE) {
                        targets.add(NameHash.of(now.target()));
                    }
                    add(sorter, new Change(key, Optional.ofNullable(now)));
                });
            } catch (UncheckedSpill e) {
                throw e.failure;
            }
        });
        try (Index.Entries entries = index.entries();
                Cursor<Change> changes = sorter.sorted()) {
            Cursor<Change> last = lastOfEach(changes);
            index.write(merged(entries, last, entry -> targets.contains(NameHash.of(entry.target()))), run.number());
            damagedIndex = Math.max(damagedIndex, entries.damages());
        }
        merged = run.number();
    }

    private static final class UncheckedSpill extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient IOException failure;

        UncheckedSpill(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private static void add(SpillSorter<Change> sorter, Change change) {
        try {
            sorter.add(change);
        } catch (IOException e) {
            throw new UncheckedSpill(e);
        }
    }

    /** Of several changes of one key, which stand in the order of time, only the last. */
    private static Cursor<Change> lastOfEach(Cursor<Change> changes) throws IOException {
        Change first = changes.next();
        return new Cursor<>() {
            private @Nullable Change ahead = first;

            @Override
            public @Nullable Change next() throws IOException {
                Change current = ahead;
                while (current != null) {
                    ahead = changes.next();
                    if (ahead == null || !ahead.key().equals(current.key())) {
                        return current;
                    }
                    current = ahead;
                }
                return null;
            }

            @Override
            public void close() {}
        };
    }

    /** The recent changes, by key and by target. */
    private static final class NavigableChanges {
        private final TreeMap<String, Optional<JournalEntry>> byKey = new TreeMap<>();
        private final Map<String, String> keyByTarget = new HashMap<>();

        void put(String key, @Nullable JournalEntry now) {
            Optional<JournalEntry> before = byKey.put(key, Optional.ofNullable(now));
            if (before != null) {
                before.ifPresent(entry -> keyByTarget.remove(entry.target(), key));
            }
            if (now != null && now.how() != How.DUPLICATE) {
                String other = keyByTarget.put(now.target(), key);
                if (other != null && !other.equals(key)) {
                    byKey.put(other, Optional.empty());
                }
            }
        }

        boolean isOutdated(JournalEntry entry) {
            return entry.how() != How.DUPLICATE && keyByTarget.containsKey(entry.target());
        }

        int size() {
            return byKey.size();
        }

        Cursor<Change> changes() {
            return Cursor.of(byKey.entrySet().stream()
                    .map(entry -> new Change(entry.getKey(), entry.getValue()))
                    .iterator());
        }
    }

    private interface Outdated {
        boolean test(JournalEntry entry);
    }

    private static Cursor<JournalEntry> merged(Cursor<JournalEntry> entries, Cursor<Change> changes, Outdated outdated)
            throws IOException {
        JournalEntry firstEntry = entries.next();
        Change firstChange = changes.next();
        return new Cursor<>() {
            private @Nullable JournalEntry entry = firstEntry;
            private @Nullable Change change = firstChange;

            @Override
            public @Nullable JournalEntry next() throws IOException {
                while (true) {
                    JournalEntry old = entry;
                    Change recent = change;
                    if (old == null && recent == null) {
                        return null;
                    }
                    int order = old == null
                            ? 1
                            : recent == null ? -1 : old.memoryKey().compareTo(recent.key());
                    if (order <= 0) {
                        entry = entries.next();
                    }
                    if (order >= 0) {
                        change = changes.next();
                        if (recent != null && recent.now().isPresent()) {
                            return recent.now().get();
                        }
                    } else if (old != null && !outdated.test(old)) {
                        return old;
                    }
                }
            }

            @Override
            public void close() throws IOException {
                entries.close();
                changes.close();
            }
        };
    }

    /** All that is known, in the order of the keys. */
    public Cursor<JournalEntry> entries() throws IOException {
        Index.Entries entries = index.entries();
        Cursor<JournalEntry> merged = merged(entries, recent.changes(), recent::isOutdated);
        return new Cursor<>() {
            @Override
            public @Nullable JournalEntry next() throws IOException {
                JournalEntry next = merged.next();
                if (next == null) {
                    damagedIndex = Math.max(damagedIndex, entries.damages());
                }
                return next;
            }

            @Override
            public void close() throws IOException {
                merged.close();
            }
        };
    }

    /** Merges all that is known into the index. */
    public void merge() throws IOException {
        if (lastRun != merged || damages() > 0) {
            if (damages() > 0) {
                // The damage is gone then, and what stood there stays unknown.
                new MemoryGaps(own).open();
            }
            try (Cursor<JournalEntry> all = entries()) {
                index.write(all, lastRun);
            }
            merged = lastRun;
            recent.byKey.clear();
            recent.keyByTarget.clear();
        }
        for (OwnPlaces.Run leftover : own.leftovers()) {
            if (leftover.number() <= merged) {
                leftover.remove();
            }
        }
    }

    /** The number for a new run. */
    public int nextRun() {
        return lastRun + 1;
    }

    /** In how many places it is damaged, as far as it was read; what was said there is to be found out from the files. */
    public int damages() {
        return damagedJournals + damagedIndex;
    }
}
