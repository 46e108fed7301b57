package dev.procession.plugin.sort.journal;

import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.store.Codec;
import dev.procession.plugin.sort.store.RecordReader;
import dev.procession.plugin.sort.store.RecordWriter;
import dev.procession.plugin.work.FileStat;

/** Entries as bytes; of what is like the entry before only the difference. */
public final class EntryCodec implements Codec<JournalEntry> {
    private static final int SETTLED = 1;
    private static final int SUM = 2;
    private static final int SAME_NAME = 4;
    private static final int SAME_STAT = 8;
    private static final int HOW = 4;

    private String key = "";
    private String folder = "";
    private String identity = "";
    private String placedIdentity = "";
    private long modified;

    @Override
    public void write(RecordWriter out, JournalEntry entry) {
        FileStat source = entry.source();
        FileStat placed = entry.placed();
        String name = RawName.last(entry.target());
        boolean sameName = name.equals(RawName.last(entry.key()));
        boolean sameStat = source.size() == placed.size() && source.modifiedNanos() == placed.modifiedNanos();
        out.octet((entry.settled() ? SETTLED : 0)
                | (entry.hasSum() ? SUM : 0)
                | (sameName ? SAME_NAME : 0)
                | (sameStat ? SAME_STAT : 0)
                | entry.how().code() << HOW);
        out.text(entry.key(), key);
        key = entry.key();
        String into = entry.target().substring(0, entry.target().length() - name.length());
        out.text(into, folder);
        folder = into;
        if (!sameName) {
            out.text(name);
        }
        out.number(source.size());
        out.signed(source.modifiedNanos() - modified);
        modified = source.modifiedNanos();
        out.text(source.key(), identity);
        identity = source.key();
        if (!sameStat) {
            out.number(placed.size());
            out.signed(placed.modifiedNanos());
        }
        out.text(placed.key(), placedIdentity);
        placedIdentity = placed.key();
        if (entry.hasSum()) {
            out.number(entry.sum());
        }
    }

    @Override
    public JournalEntry read(RecordReader in) {
        int flags = in.octet();
        key = in.text(key);
        folder = in.text(folder);
        String name = (flags & SAME_NAME) != 0 ? RawName.last(key) : in.text();
        long size = in.number();
        modified += in.signed();
        identity = in.text(identity);
        boolean sameStat = (flags & SAME_STAT) != 0;
        long placedSize = sameStat ? size : in.number();
        long placedModified = sameStat ? modified : in.signed();
        placedIdentity = in.text(placedIdentity);
        return new JournalEntry(
                key,
                new FileStat(size, modified, identity),
                folder + name,
                new FileStat(placedSize, placedModified, placedIdentity),
                (flags & SUM) != 0 ? in.number() : JournalEntry.NO_SUM,
                (flags & SETTLED) != 0,
                How.of(flags >> HOW));
    }
}
