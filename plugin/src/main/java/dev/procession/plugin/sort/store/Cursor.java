package dev.procession.plugin.sort.store;

import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Values one after the other, from memory or from a file. */
public interface Cursor<T> extends AutoCloseable {

    /** The next one; null at the end. */
    @Nullable
    T next() throws IOException;

    @Override
    void close() throws IOException;

    static <T> Cursor<T> of(Iterator<T> values) {
        return new Cursor<>() {
            @Override
            public @Nullable T next() {
                return values.hasNext() ? values.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
