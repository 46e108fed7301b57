package dev.procession.plugin.sort.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts any number of values with bounded memory: sorts 100,000 at a time, writes each lot to a file and merges the files
 * [1]. Equal values stay in the order in which they came.
 *
 * <p>[1] D. E. Knuth, The Art of Computer Programming, volume 3, section 5.4.
 */
public final class SpillSorter<T> {
    private static final int MOST_IN_MEMORY = 100_000;

    private final Scratch scratch;
    private final Codec<T> codec;
    private final Comparator<T> order;
    private final int most;
    private final List<SpillFile<T>> lots = new ArrayList<>();
    private List<T> values = new ArrayList<>();

    public SpillSorter(Scratch scratch, Codec<T> codec, Comparator<T> order) {
        this(scratch, codec, order, MOST_IN_MEMORY);
    }

    public SpillSorter(Scratch scratch, Codec<T> codec, Comparator<T> order, int most) {
        this.scratch = scratch;
        this.codec = codec;
        this.order = order;
        this.most = most;
    }

    public void add(T value) throws IOException {
        if (values.size() == most) {
            values.sort(order);
            try (SpillFile<T> lot = new SpillFile<>(scratch.newFile(), codec)) {
                for (T one : values) {
                    lot.add(one);
                }
                lots.add(lot);
            }
            values = new ArrayList<>();
        }
        values.add(value);
    }

    private final class Lot {
        final int number;
        final Cursor<T> cursor;
        T head;

        Lot(int number, Cursor<T> cursor, T head) {
            this.number = number;
            this.cursor = cursor;
            this.head = head;
        }
    }

    /** All values in order; nothing can be added from now on. */
    public Cursor<T> sorted() throws IOException {
        values.sort(order);
        if (lots.isEmpty()) {
            return Cursor.of(values.iterator());
        }
        List<Cursor<T>> cursors = new ArrayList<>();
        for (SpillFile<T> lot : lots) {
            cursors.add(lot.values());
        }
        cursors.add(Cursor.of(values.iterator()));
        Comparator<Lot> byHead = (one, other) -> order.compare(one.head, other.head);
        PriorityQueue<Lot> heads = new PriorityQueue<>(byHead.thenComparingInt(lot -> lot.number));
        for (int i = 0; i < cursors.size(); i++) {
            T head = cursors.get(i).next();
            if (head != null) {
                heads.add(new Lot(i, cursors.get(i), head));
            }
        }
        return new Cursor<>() {
            @Override
            public @Nullable T next() throws IOException {
                Lot first = heads.poll();
                if (first == null) {
                    return null;
                }
                T value = first.head;
                T following = first.cursor.next();
                if (following != null) {
                    first.head = following;
                    heads.add(first);
                }
                return value;
            }

            @Override
            public void close() throws IOException {
                for (Cursor<T> cursor : cursors) {
                    cursor.close();
                }
            }
        };
    }
}
