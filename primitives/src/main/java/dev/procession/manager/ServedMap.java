package dev.procession.manager;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A map in the server, in the order in which keys came. One call after the other: functions run with the map locked, so that
 * nobody sees what is between.
 */
final class ServedMap extends Servant implements MapCalls {
    private final Map<Object, Object> map = new LinkedHashMap<>();

    ServedMap(ManagerServer server) {
        super(server);
    }

    /** What is kept: a value, or a proxy for what could be changed behind the map's back. */
    private @Nullable Object kept(@Nullable Object value) {
        return Nested.kept(server, value);
    }

    @Override
    public synchronized @Nullable Object get(Object key) {
        return map.get(key);
    }

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
        return map.put(Objects.requireNonNull(key), Objects.requireNonNull(kept(value)));
    }

    @Override
    public synchronized @Nullable Object putIfAbsent(Object key, Object value) {
        return map.containsKey(key) ? map.get(key) : put(key, value);
    }

    @Override
    public synchronized @Nullable Object remove(Object key) {
        return map.remove(key);
    }

    @Override
    public synchronized boolean remove(Object key, Object value) {
        return map.remove(key, value);
    }

    @Override
    public synchronized @Nullable Object replace(Object key, Object value) {
        return map.containsKey(key) ? put(key, value) : null;
    }

    @Override
    public synchronized boolean replace(Object key, Object expected, Object value) {
        if (!map.containsKey(key) || !Objects.equals(map.get(key), expected)) {
            return false;
        }
        put(key, value);
        return true;
    }

    @Override
    public synchronized boolean containsKey(Object key) {
        return map.containsKey(key);
    }

    @Override
    public synchronized boolean containsValue(Object value) {
        return map.containsValue(value);
    }

    @Override
    public synchronized int size() {
        return map.size();
    }

    @Override
    public synchronized void clear() {
        map.clear();
    }

    @Override
    public synchronized void putAll(List<Object> pairs) {
        for (int i = 0; i < pairs.size(); i += 2) {
            put(pairs.get(i), pairs.get(i + 1));
        }
    }

    @Override
    public synchronized List<Object> pairs() {
        List<Object> pairs = new ArrayList<>(2 * map.size());
        map.forEach((key, value) -> {
            pairs.add(key);
            pairs.add(value);
        });
        return pairs;
    }

    @Override
    public synchronized List<Object> keys() {
        return new ArrayList<>(map.keySet());
    }

    @Override
    public synchronized List<Object> pollLast() {
        List<Object> pair = new ArrayList<>(2);
        Object last = null;
        for (Object key : map.keySet()) {
            last = key;
        }
        if (last != null) {
            pair.add(last);
            pair.add(Objects.requireNonNull(map.remove(last)));
        }
        return pair;
    }

    // Not LinkedHashMap's own: what the function returns may have to be wrapped, and what it does to the map itself,
    // as a proxy for it lets it, must not end in a ConcurrentModificationException half-way.

    @Override
    public synchronized @Nullable Object compute(
            Object key, RemoteBiFunction<Object, @Nullable Object, @Nullable Object> function) {
        return store(key, function.apply(key, map.get(key)));
    }

    @Override
    public synchronized @Nullable Object computeIfAbsent(
            Object key, RemoteFunction<Object, @Nullable Object> function) {
        Object old = map.get(key);
        if (old != null) {
            return old;
        }
        Object value = function.apply(key);
        return value == null ? null : store(key, value);
    }

    @Override
    public synchronized @Nullable Object computeIfPresent(
            Object key, RemoteBiFunction<Object, Object, @Nullable Object> function) {
        Object old = map.get(key);
        return old == null ? null : store(key, function.apply(key, old));
    }

    @Override
    public synchronized @Nullable Object merge(
            Object key, Object value, RemoteBiFunction<Object, Object, @Nullable Object> function) {
        Object old = map.get(key);
        return store(key, old == null ? Objects.requireNonNull(value) : function.apply(old, value));
    }

    @Override
    public synchronized void replaceAll(RemoteBiFunction<Object, Object, Object> function) {
        // All or nothing: a function that throws changes nothing.
        Map<Object, Object> changed = new LinkedHashMap<>();
        map.forEach((key, value) -> changed.put(key, Objects.requireNonNull(kept(function.apply(key, value)))));
        map.putAll(changed);
    }

    private @Nullable Object store(Object key, @Nullable Object value) {
        if (value == null) {
            map.remove(key);
            return null;
        }
        Object kept = Objects.requireNonNull(kept(value));
        map.put(Objects.requireNonNull(key), kept);
        return kept;
    }
}
