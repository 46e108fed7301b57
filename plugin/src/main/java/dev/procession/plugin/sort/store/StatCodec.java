package dev.procession.plugin.sort.store;

import dev.procession.plugin.work.FileStat;

/** What the file system says of a file, as bytes. */
public final class StatCodec {
    private StatCodec() {}

    public static void write(RecordWriter out, FileStat stat) {
        out.number(stat.size());
        out.signed(stat.modifiedNanos());
        out.text(stat.key());
    }

    public static FileStat read(RecordReader in) {
        return new FileStat(in.number(), in.signed(), in.text());
    }
}
