package dev.procession.plugin.timeline;

import java.io.IOException;
import java.io.Writer;

/** Lets a page be written while its parts are made. */
final class AppendableWriter extends Writer {
    private final Appendable out;

    AppendableWriter(Appendable out) {
        this.out = out;
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        out.append(new String(characters, from, length));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.append(text, from, from + length);
    }

    @Override
    public void flush() {
        // Nothing is kept here.
    }

    @Override
    public void close() {
        // What it writes to is the caller's.
    }
}
