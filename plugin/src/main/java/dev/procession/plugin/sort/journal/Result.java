package dev.procession.plugin.sort.journal;

import dev.procession.plugin.sort.store.Codec;
import dev.procession.plugin.sort.store.RecordReader;
import dev.procession.plugin.sort.store.RecordWriter;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What was done with one file. All that is needed to remember it, and to undo it.
 *
 * @param number which file of the run; what was displaced is kept under this number. 0 where nothing was placed
 * @param step what was done
 * @param key the raw name under which its source is known
 * @param now what is known of it now, null for nothing
 * @param before what was known of it before, null for nothing
 */
public record Result(
        int number,
        Step step,
        String key,
        @Nullable JournalEntry now,
        @Nullable JournalEntry before) {

    /** Single entries, each without regard to the one before. */
    public static final Codec<JournalEntry> ENTRY = new Codec<>() {
        @Override
        public void write(RecordWriter out, JournalEntry entry) {
            new EntryCodec().write(out, entry);
        }

        @Override
        public JournalEntry read(RecordReader in) {
            return new EntryCodec().read(in);
        }
    };

    public static final Codec<Result> CODEC = new Codec<>() {
        @Override
        public void write(RecordWriter out, Result result) {
            out.number(result.number());
            out.octet(result.step().code());
            out.text(result.key());
            out.octet((result.now() != null ? 1 : 0) | (result.before() != null ? 2 : 0));
            if (result.now() != null) {
                new EntryCodec().write(out, result.now());
            }
            if (result.before() != null) {
                new EntryCodec().write(out, result.before());
            }
        }

        @Override
        public Result read(RecordReader in) {
            int number = (int) in.number();
            Step step = Step.of(in.octet());
            String key = in.text();
            int flags = in.octet();
            return new Result(
                    number,
                    step,
                    key,
                    (flags & 1) != 0 ? new EntryCodec().read(in) : null,
                    (flags & 2) != 0 ? new EntryCodec().read(in) : null);
        }
    };

    /** Tells what this changes in the memory: what is known under a name from now on, or null for nothing. */
    void changes(BiConsumer<String, @Nullable JournalEntry> change) {
        if (before != null && (now == null || !now.memoryKey().equals(before.memoryKey()))) {
            change.accept(before.memoryKey(), null);
        }
        if (now != null) {
            change.accept(now.memoryKey(), now);
        }
    }
}
