package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.layout.Layout;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.sort.store.Codec;
import dev.procession.plugin.sort.store.RecordReader;
import dev.procession.plugin.sort.store.RecordWriter;
import dev.procession.plugin.sort.store.StatCodec;

/**
 * A file that has no place yet, and the one that it wants.
 *
 * @param ordinal the how manieth of all files it is
 * @param file what
 * @param target the folder and the name that the layout says
 * @param fixed whether the user has said so, and no other name will do
 * @param overwrites whether the user has said that it may take somebody else's place
 */
record Wanted(long ordinal, SourceFile file, Layout.Target target, boolean fixed, boolean overwrites) {
    static final Codec<Wanted> CODEC = new Codec<>() {
        @Override
        public void write(RecordWriter out, Wanted wanted) {
            out.number(wanted.ordinal());
            out.text(wanted.file().path());
            StatCodec.write(out, wanted.file().stat());
            out.text(wanted.target().folder());
            out.text(wanted.target().name());
            out.octet((wanted.fixed() ? 1 : 0) | (wanted.overwrites() ? 2 : 0));
        }

        @Override
        public Wanted read(RecordReader in) {
            long ordinal = in.number();
            SourceFile file = new SourceFile(in.text(), StatCodec.read(in));
            Layout.Target target = new Layout.Target(in.text(), in.text());
            int flags = in.octet();
            return new Wanted(ordinal, file, target, (flags & 1) != 0, (flags & 2) != 0);
        }
    };

    String folder() {
        return target.folder();
    }

    String name() {
        return target.name();
    }
}
