package dev.procession.plugin.sort;

/**
 * How values become bytes. May leave out what it has written before, so a reader needs the codec's state from the same
 * beginning.
 */
interface Codec<T> {
    void write(RecordWriter out, T value);

    T read(RecordReader in);
}
