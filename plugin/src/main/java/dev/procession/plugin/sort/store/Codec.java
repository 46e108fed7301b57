package dev.procession.plugin.sort.store;

/**
 * How values become bytes. May leave out what it has written before, so a reader needs the codec's state from the same
 * beginning.
 */
public interface Codec<T> {
    void write(RecordWriter out, T value);

    T read(RecordReader in);
}
