package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.journal.EntryCodec;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.sort.store.Codec;
import dev.procession.plugin.sort.store.RecordReader;
import dev.procession.plugin.sort.store.RecordWriter;
import dev.procession.plugin.sort.store.StatCodec;
import dev.procession.plugin.work.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be placed, and where to.
 *
 * @param step what is to be done with it
 * @param file what
 * @param key the raw name under which the journal knows it
 * @param folder the raw path of the folder, relative to the output
 * @param name the raw name that it gets there
 * @param wanted the raw name that it would have if that were free
 * @param replaces what it replaces, as it is now; null for nothing
 * @param before what is known of what it replaces, or of what is pruned; null for nothing
 */
public record Placement(
        Step step,
        SourceFile file,
        String key,
        String folder,
        String name,
        String wanted,
        @Nullable FileStat replaces,
        @Nullable JournalEntry before) {

    static final Codec<Placement> CODEC = new Codec<>() {
        @Override
        public void write(RecordWriter out, Placement placement) {
            out.octet(placement.step().code());
            out.text(placement.file().path());
            StatCodec.write(out, placement.file().stat());
            out.text(placement.key());
            out.text(placement.folder());
            out.text(placement.name());
            out.text(placement.wanted(), placement.name());
            out.octet((placement.replaces() != null ? 1 : 0) | (placement.before() != null ? 2 : 0));
            if (placement.replaces() != null) {
                StatCodec.write(out, placement.replaces());
            }
            if (placement.before() != null) {
                new EntryCodec().write(out, placement.before());
            }
        }

        @Override
        public Placement read(RecordReader in) {
            Step step = Step.of(in.octet());
            SourceFile file = new SourceFile(in.text(), StatCodec.read(in));
            String key = in.text();
            String folder = in.text();
            String name = in.text();
            String wanted = in.text(name);
            int flags = in.octet();
            return new Placement(
                    step,
                    file,
                    key,
                    folder,
                    name,
                    wanted,
                    (flags & 1) != 0 ? StatCodec.read(in) : null,
                    (flags & 2) != 0 ? new EntryCodec().read(in) : null);
        }
    };

    /** A file that gets a name that is free. */
    public static Placement of(SourceFile file, String key, String folder, String name, String wanted) {
        return new Placement(Step.PLACE, file, key, folder, name, wanted, null, null);
    }

    /** The raw path that it gets, relative to the output. */
    public String target() {
        return folder + "/" + name;
    }

    /** Whether it gets a number. */
    public boolean isRenamed() {
        return !name.equals(wanted);
    }
}
