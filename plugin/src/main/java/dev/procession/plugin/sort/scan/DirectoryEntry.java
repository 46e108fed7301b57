package dev.procession.plugin.sort.scan;

import dev.procession.plugin.sort.store.Codec;
import dev.procession.plugin.sort.store.RecordReader;
import dev.procession.plugin.sort.store.RecordWriter;
import dev.procession.plugin.sort.store.StatCodec;
import dev.procession.plugin.work.FileStat;

/**
 * What lies in a directory and is of interest.
 *
 * @param name the raw name; that of a directory ends with '/', so that names are in the order of their paths
 * @param stat what the file system says of a file
 */
record DirectoryEntry(String name, FileStat stat) {
    static final Codec<DirectoryEntry> CODEC = new Codec<>() {
        @Override
        public void write(RecordWriter out, DirectoryEntry entry) {
            out.text(entry.name());
            StatCodec.write(out, entry.stat());
        }

        @Override
        public DirectoryEntry read(RecordReader in) {
            return new DirectoryEntry(in.text(), StatCodec.read(in));
        }
    };

    boolean isDirectory() {
        return name.endsWith("/");
    }
}
