package dev.procession.manager;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list or an array is asked from afar. */
interface ListCalls {
    int size();

    @Nullable
    Object get(int index);

    /** The element in a list, or an empty list behind the last one. */
    List<@Nullable Object> at(int index);

    @Nullable
    Object set(int index, @Nullable Object value);

    boolean compareAndSet(int index, @Nullable Object expected, @Nullable Object value);

    @Nullable
    Object update(int index, RemoteFunction<@Nullable Object, @Nullable Object> function);

    void add(@Nullable Object value);

    void add(int index, @Nullable Object value);

    boolean addAll(int index, List<@Nullable Object> values);

    @Nullable
    Object removeAt(int index);

    boolean removeFirst(@Nullable Object value);

    boolean removeAll(List<@Nullable Object> values, boolean contained);

    boolean removeIf(RemotePredicate<@Nullable Object> filter);

    void replaceAll(RemoteFunction<@Nullable Object, @Nullable Object> function);

    void sort(@Nullable RemoteComparator<@Nullable Object> order);

    void reverse();

    void clear(int from, int to);

    void setRange(int from, List<@Nullable Object> values);

    int indexOf(@Nullable Object value);

    int lastIndexOf(@Nullable Object value);

    List<@Nullable Object> range(int from, int to);

    List<@Nullable Object> all();
}
