package dev.procession.plugin.sort.journal;

import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.store.BlockReader;
import dev.procession.plugin.sort.store.BlockWriter;
import dev.procession.plugin.sort.store.RecordReader;
import dev.procession.plugin.sort.store.RecordWriter;
import dev.procession.plugin.sort.store.StatCodec;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run is about to do, and what it has done, a batch at a time and each batch in one write. So a run that is
 * killed leaves its knowledge behind. It is kept until the run is forgotten: to undo it.
 */
public final class RunLog implements AutoCloseable {
    private static final int INTENTS = 1;
    private static final int RESULTS = 2;
    private static final int FOLDERS = 3;
    private static final int END = 4;

    private final BlockWriter writer;
    private final RecordWriter record = new RecordWriter();

    private final Path file;

    private RunLog(BlockWriter writer, Path file) {
        this.writer = writer;
        this.file = file;
    }

    public static RunLog create(Path file) throws IOException {
        return new RunLog(BlockWriter.create(file), file);
    }

    /** Goes on with a log that was read. */
    public static RunLog append(Path file, Contents read) throws IOException {
        return read.end() == 0 ? create(file) : new RunLog(BlockWriter.append(file, read.end()), file);
    }

    public void intend(Collection<Intent> intents) throws IOException {
        record.clear();
        EntryCodec codec = new EntryCodec();
        String key = "";
        String target = "";
        for (Intent intent : intents) {
            record.number(intent.number());
            record.octet(intent.step().code());
            record.octet(intent.how().code());
            record.text(intent.key(), key);
            key = intent.key();
            record.text(intent.target(), target);
            target = intent.target();
            StatCodec.write(record, intent.source());
            optional(intent.before(), codec);
        }
        append(INTENTS);
    }

    public void results(Collection<Result> results) throws IOException {
        if (results.isEmpty()) {
            return;
        }
        record.clear();
        EntryCodec now = new EntryCodec();
        EntryCodec before = new EntryCodec();
        String key = "";
        for (Result result : results) {
            record.number(result.number());
            record.octet(result.step().code());
            JournalEntry entry = result.now() != null ? result.now() : result.before();
            boolean same = entry != null && entry.key().equals(result.key());
            record.octet(same ? 1 : 0);
            if (!same) {
                record.text(result.key(), key);
                key = result.key();
            }
            optional(result.now(), now);
            optional(result.before(), before);
        }
        append(RESULTS);
    }

    /** Folders that are about to be made; raw paths relative to the output. */
    public void folders(List<String> folders) throws IOException {
        record.clear();
        folders.forEach(record::text);
        append(FOLDERS);
    }

    /** The run has ended by itself: nothing is left to be found out. */
    public void end() throws IOException {
        record.clear();
        append(END);
    }

    public void force() throws IOException {
        writer.force();
    }

    private void optional(@Nullable JournalEntry entry, EntryCodec codec) {
        record.octet(entry == null ? 0 : 1);
        if (entry != null) {
            codec.write(record, entry);
        }
    }

    private void append(int kind) throws IOException {
        try {
            writer.block(kind, record);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // Nothing may be placed that nobody knows of.
            throw new SortFailedException(
                    "<output>: the journal " + RawName.shown(file) + " cannot be written: " + Reason.of(e)
                            + "; make room there, with forget-run too, and run again: what is sorted already is not"
                            + " copied again",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /** Takes what was read. */
    public interface Taker {
        void take(Result result) throws IOException;
    }

    /**
     * What a log says, but for the results.
     *
     * @param open intents without a result
     * @param folders the folders that were made
     * @param ended whether the run ended by itself
     * @param damages in how many places the log is damaged
     * @param end where the last whole block ends; 0 without any
     */
    public record Contents(List<Intent> open, List<String> folders, boolean ended, int damages, long end) {}

    public static Contents read(Path file, Taker results) throws IOException {
        Map<Integer, Intent> open = new LinkedHashMap<>();
        List<String> folders = new ArrayList<>();
        boolean ended = false;
        if (!Files.exists(file)) {
            return new Contents(List.of(), folders, false, 0, 0);
        }
        try (BlockReader reader = BlockReader.open(file)) {
            for (BlockReader.Block block = reader.next(); block != null; block = reader.next()) {
                RecordReader in = block.reader();
                ended = block.kind() == END;
                switch (block.kind()) {
                    case INTENTS -> {
                        for (Intent intent : intents(in)) {
                            open.put(intent.number(), intent);
                        }
                    }
                    case RESULTS -> {
                        for (Result result : results(in)) {
                            open.remove(result.number());
                            results.take(result);
                        }
                    }
                    case FOLDERS -> {
                        while (in.hasMore()) {
                            folders.add(in.text());
                        }
                    }
                    default -> {
                        // The end.
                    }
                }
            }
            return new Contents(List.copyOf(open.values()), folders, ended, reader.damages(), reader.end());
        } catch (NoSuchFileException e) {
            return new Contents(List.of(), folders, false, 0, 0);
        }
    }

    /** The results, the last one first: the way in which they are undone. */
    public static void readBackwards(Path file, Taker results) throws IOException {
        List<Long> positions = new ArrayList<>();
        try (BlockReader reader = BlockReader.open(file)) {
            for (BlockReader.Block block = reader.next(); block != null; block = reader.next()) {
                if (block.kind() == RESULTS) {
                    positions.add(reader.end() - BlockWriter.HEADER - block.length());
                }
            }
            for (int i = positions.size() - 1; i >= 0; i--) {
                List<Result> lot = results(reader.block(positions.get(i)).reader());
                for (int k = lot.size() - 1; k >= 0; k--) {
                    results.take(lot.get(k));
                }
            }
        }
    }

    private static List<Intent> intents(RecordReader in) {
        List<Intent> intents = new ArrayList<>();
        EntryCodec codec = new EntryCodec();
        String key = "";
        String target = "";
        while (in.hasMore()) {
            int number = (int) in.number();
            Step step = Step.of(in.octet());
            How how = How.of(in.octet());
            key = in.text(key);
            target = in.text(target);
            intents.add(new Intent(
                    number, step, how, key, target, StatCodec.read(in), in.octet() == 0 ? null : codec.read(in)));
        }
        return intents;
    }

    private static List<Result> results(RecordReader in) {
        List<Result> results = new ArrayList<>();
        EntryCodec nowCodec = new EntryCodec();
        EntryCodec beforeCodec = new EntryCodec();
        String key = "";
        while (in.hasMore()) {
            int number = (int) in.number();
            Step step = Step.of(in.octet());
            boolean same = in.octet() == 1;
            if (!same) {
                key = in.text(key);
            }
            JournalEntry now = in.octet() == 0 ? null : nowCodec.read(in);
            JournalEntry before = in.octet() == 0 ? null : beforeCodec.read(in);
            JournalEntry entry = now != null ? now : before;
            results.add(new Result(number, step, same && entry != null ? entry.key() : key, now, before));
        }
        return results;
    }
}
