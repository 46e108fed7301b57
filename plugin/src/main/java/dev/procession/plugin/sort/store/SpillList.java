package dev.procession.plugin.sort.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list that is written first and read then, as often as wanted; in a file when it becomes long. */
public final class SpillList<T> {
    private static final int MOST_IN_MEMORY = 50_000;

    private final Scratch scratch;
    private final Codec<T> codec;
    private List<T> values = new ArrayList<>();
    private @Nullable SpillFile<T> file;
    private long size;

    /** @param codec without a state */
    public SpillList(Scratch scratch, Codec<T> codec) {
        this.scratch = scratch;
        this.codec = codec;
    }

    public void add(T value) throws IOException {
        size++;
        SpillFile<T> open = file;
        if (open == null && values.size() < MOST_IN_MEMORY) {
            values.add(value);
            return;
        }
        if (open == null) {
            open = new SpillFile<>(scratch.newFile(), codec);
            file = open;
            for (T before : values) {
                open.add(before);
            }
            values = new ArrayList<>();
        }
        open.add(value);
    }

    public long size() {
        return size;
    }

    /** Reads it from the beginning; nothing can be added from now on. */
    public Cursor<T> values() throws IOException {
        SpillFile<T> open = file;
        if (open == null) {
            return Cursor.of(values.iterator());
        }
        open.close();
        return open.values();
    }
}
