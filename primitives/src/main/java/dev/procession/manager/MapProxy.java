package dev.procession.manager;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map in a manager, from afar. */
@SuppressWarnings({"unchecked", "rawtypes"}) // what comes out is what was put in
final class MapProxy<K, V> extends AbstractMap<K, V> implements ManagedMap<K, V>, Proxied, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Ref ref;
    private final transient MapCalls calls;

    MapProxy(Ref ref) {
        this.ref = ref;
        this.calls = ref.calls(MapCalls.class);
    }

    @Override
    public Ref ref() {
        return ref;
    }

    private Object writeReplace() {
        return ref.form();
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value, "a managed map takes no null, and neither do its methods");
    }

    @Override
    public @Nullable V get(Object key) {
        return (V) calls.get(present(key));
    }

    @Override
    public @Nullable V put(K key, V value) {
        return (V) calls.put(present(key), present(value));
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        return (V) calls.putIfAbsent(present(key), present(value));
    }

    @Override
    public @Nullable V remove(Object key) {
        return (V) calls.remove(present(key));
    }

    @Override
    public boolean remove(Object key, @Nullable Object value) {
        return calls.remove(present(key), value == null ? Missing.VALUE : value);
    }

    @Override
    public @Nullable V replace(K key, V value) {
        return (V) calls.replace(present(key), present(value));
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        return calls.replace(present(key), present(expected), present(value));
    }

    @Override
    public V getOrDefault(Object key, V otherwise) {
        V value = get(key);
        return value == null ? otherwise : value;
    }

    @Override
    public boolean containsKey(Object key) {
        return calls.containsKey(present(key));
    }

    @Override
    public boolean containsValue(Object value) {
        return calls.containsValue(present(value));
    }

    @Override
    public int size() {
        return calls.size();
    }

    @Override
    public boolean isEmpty() {
        return calls.size() == 0;
    }

    @Override
    public void clear() {
        calls.clear();
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> {
            pairs.add(present(key));
            pairs.add(present(value));
        });
        calls.putAll(pairs);
    }

    @Override
    public @Nullable V compute(
            K key, RemoteBiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        return (V) calls.compute(present(key), (RemoteBiFunction) present(function));
    }

    @Override
    public @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        return function instanceof Serializable
                ? (V) calls.compute(present(key), remote(function))
                : ManagedMap.super.compute(key, function);
    }

    @Override
    public @Nullable V computeIfAbsent(K key, RemoteFunction<? super K, ? extends @Nullable V> function) {
        return (V) calls.computeIfAbsent(present(key), (RemoteFunction) present(function));
    }

    @Override
    public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
        return function instanceof Serializable
                ? computeIfAbsent(key, (RemoteFunction<? super K, ? extends V>) function::apply)
                : ManagedMap.super.computeIfAbsent(key, function);
    }

    @Override
    public @Nullable V computeIfPresent(K key, RemoteBiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        return (V) calls.computeIfPresent(present(key), (RemoteBiFunction) present(function));
    }

    @Override
    public @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        return function instanceof Serializable
                ? (V) calls.computeIfPresent(present(key), remote(function))
                : ManagedMap.super.computeIfPresent(key, function);
    }

    @Override
    public @Nullable V merge(K key, V value, RemoteBiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        return (V) calls.merge(present(key), present(value), (RemoteBiFunction) present(function));
    }

    @Override
    public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        return function instanceof Serializable
                ? (V) calls.merge(present(key), present(value), remote(function))
                : ManagedMap.super.merge(key, value, function);
    }

    @Override
    public void replaceAll(RemoteBiFunction<? super K, ? super V, ? extends V> function) {
        calls.replaceAll((RemoteBiFunction) present(function));
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        if (function instanceof Serializable) {
            calls.replaceAll(remote(function));
        } else {
            ManagedMap.super.replaceAll(function);
        }
    }

    private static RemoteBiFunction remote(BiFunction function) {
        return function instanceof RemoteBiFunction already ? already : function::apply;
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        copy().forEach(action);
    }

    @Override
    public Map.@Nullable Entry<K, V> pollLastEntry() {
        List<Object> pair = calls.pollLast();
        return pair.isEmpty() ? null : new SimpleImmutableEntry<>((K) pair.get(0), (V) pair.get(1));
    }

    @Override
    public Map<K, V> copy() {
        List<Object> pairs = calls.pairs();
        Map<K, V> copy = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            copy.put((K) pairs.get(i), (V) pairs.get(i + 1));
        }
        return copy;
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries();
    }

    @Override
    public Set<K> keySet() {
        return new Keys();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return ref.isSame(other) || super.equals(other);
    }

    @Override
    public String toString() {
        return Printed.text(ref, super::toString);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /** A value that no map has. */
    private enum Missing {
        VALUE
    }

    /** As the map is when it is asked; an iterator, as it was when it was made. */
    private final class Entries extends AbstractSet<Map.Entry<K, V>> {
        @Override
        public int size() {
            return MapProxy.this.size();
        }

        @Override
        public void clear() {
            MapProxy.this.clear();
        }

        @Override
        public boolean contains(Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && Objects.equals(get(entry.getKey()), entry.getValue());
        }

        @Override
        public boolean remove(Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && MapProxy.this.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            Iterator<Map.Entry<K, V>> snapshot = copy().entrySet().iterator();
            return new Iterator<>() {
                private @Nullable K last;

                @Override
                public boolean hasNext() {
                    return snapshot.hasNext();
                }

                @Override
                public Map.Entry<K, V> next() {
                    Map.Entry<K, V> entry = snapshot.next();
                    last = entry.getKey();
                    return new WriteThrough(entry.getKey(), entry.getValue());
                }

                @Override
                public void remove() {
                    K key = last;
                    if (key == null) {
                        throw new IllegalStateException("no entry to remove: call next() before");
                    }
                    last = null;
                    MapProxy.this.remove(key);
                }
            };
        }
    }

    private final class Keys extends AbstractSet<K> {
        @Override
        public int size() {
            return MapProxy.this.size();
        }

        @Override
        public void clear() {
            MapProxy.this.clear();
        }

        @Override
        public boolean contains(Object key) {
            return containsKey(key);
        }

        @Override
        public boolean remove(Object key) {
            return MapProxy.this.remove(key) != null;
        }

        @Override
        public Iterator<K> iterator() {
            return new Snapshot<>(calls.keys(), MapProxy.this::remove);
        }
    }

    private final class WriteThrough extends SimpleEntry<K, V> {
        private static final long serialVersionUID = 1L;

        WriteThrough(K key, V value) {
            super(key, value);
        }

        @Override
        public V setValue(V value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}
