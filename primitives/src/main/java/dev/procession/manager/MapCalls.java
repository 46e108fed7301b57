package dev.procession.manager;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a map is asked from afar. Keys and values are whatever travels; functions are serializable. */
interface MapCalls {
    @Nullable
    Object get(Object key);

    @Nullable
    Object put(Object key, Object value);

    @Nullable
    Object putIfAbsent(Object key, Object value);

    @Nullable
    Object remove(Object key);

    boolean remove(Object key, Object value);

    @Nullable
    Object replace(Object key, Object value);

    boolean replace(Object key, Object expected, Object value);

    boolean containsKey(Object key);

    boolean containsValue(Object value);

    int size();

    void clear();

    /** Keys and values in turn. */
    void putAll(List<Object> pairs);

    /** Keys and values in turn, in the order in which the keys came. */
    List<Object> pairs();

    List<Object> keys();

    /** The entry that came last, taken out; empty if there is none. */
    List<Object> pollLast();

    @Nullable
    Object compute(Object key, RemoteBiFunction<Object, @Nullable Object, @Nullable Object> function);

    @Nullable
    Object computeIfAbsent(Object key, RemoteFunction<Object, @Nullable Object> function);

    @Nullable
    Object computeIfPresent(Object key, RemoteBiFunction<Object, Object, @Nullable Object> function);

    @Nullable
    Object merge(Object key, Object value, RemoteBiFunction<Object, Object, @Nullable Object> function);

    void replaceAll(RemoteBiFunction<Object, Object, Object> function);
}
