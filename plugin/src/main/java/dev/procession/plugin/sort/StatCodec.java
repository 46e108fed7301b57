package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;

/** What the file system says of a file, as bytes. */
final class StatCodec {
    private StatCodec() {}

    static void write(RecordWriter out, FileStat stat) {
        out.number(stat.size());
        out.signed(stat.modifiedNanos());
        out.text(stat.key());
    }

    static FileStat read(RecordReader in) {
        return new FileStat(in.number(), in.signed(), in.text());
    }
}
