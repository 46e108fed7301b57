package dev.procession.plugin.sort.journal;

import dev.procession.plugin.sort.store.BlockReader;
import dev.procession.plugin.sort.store.BlockWriter;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.RecordReader;
import dev.procession.plugin.sort.store.RecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of all runs up to one, in the order of the keys: read from one end to the other beside the scan, and
 * written anew in one step. So its length does not matter.
 */
public final class Index {
    private static final int FIRST = 1;
    private static final int ENTRIES = 2;
    private static final int CHUNK = 1 << 15;

    private final Path file;

    public Index(Path file) {
        this.file = file;
    }

    /** The last run that it knows of; 0 for none. */
    public int lastRun() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (BlockReader reader = BlockReader.open(file)) {
            BlockReader.Block block = reader.next();
            return block != null && block.kind() == FIRST ? (int) block.reader().number() : 0;
        }
    }

    /** Entries in order, with what is damaged left out and counted. */
    static final class Entries implements Cursor<JournalEntry> {
        private final @Nullable BlockReader blocks;
        private RecordReader in = new RecordReader(new byte[0], 0);
        private EntryCodec codec = new EntryCodec();

        private Entries(@Nullable BlockReader blocks) {
            this.blocks = blocks;
        }

        @Override
        public @Nullable JournalEntry next() throws IOException {
            while (!in.hasMore()) {
                BlockReader.Block block = blocks == null ? null : blocks.next();
                if (block == null) {
                    return null;
                }
                if (block.kind() == ENTRIES) {
                    in = block.reader();
                    codec = new EntryCodec();
                }
            }
            return codec.read(in);
        }

        int damages() {
            return blocks == null ? 0 : blocks.damages();
        }

        @Override
        public void close() throws IOException {
            if (blocks != null) {
                blocks.close();
            }
        }
    }

    Entries entries() throws IOException {
        return new Entries(Files.exists(file) ? BlockReader.open(file) : null);
    }

    /** Writes it anew, in one step. */
    void write(Cursor<JournalEntry> entries, int lastRun) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            writeAll(next, entries, lastRun);
        } catch (IOException e) {
            // Where there is no room, half an index must not take what there is.
            Files.deleteIfExists(next);
            throw e;
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeAll(Path next, Cursor<JournalEntry> entries, int lastRun) throws IOException {
        try (BlockWriter writer = BlockWriter.create(next)) {
            RecordWriter record = new RecordWriter();
            record.number(lastRun);
            writer.block(FIRST, record);
            record.clear();
            EntryCodec codec = new EntryCodec();
            for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                codec.write(record, entry);
                if (record.length() >= CHUNK) {
                    writer.block(ENTRIES, record);
                    record.clear();
                    codec = new EntryCodec();
                }
            }
            if (record.length() > 0) {
                writer.block(ENTRIES, record);
            }
        }
    }
}
