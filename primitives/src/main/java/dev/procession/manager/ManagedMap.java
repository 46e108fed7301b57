package dev.procession.manager;

import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A map in a manager. It has the whole contract of {@link ConcurrentMap}; keys come out in the order in which they came in.
 *
 * <p><b>Functions</b> that are serializable run in the manager, in one step that nobody sees half of; a lambda is so by itself
 * here, since these methods take {@link RemoteBiFunction} and its like. A function that is not serializable runs in this
 * process, and runs again when somebody else changed the value meanwhile.
 *
 * <p><b>Iterators</b> and views show the map as it was when they were made; removing through them reaches the manager.
 *
 * <p><b>Values</b> are copied. A list, map or set that can be changed becomes an object of the manager itself, and who gets it
 * gets a proxy, so that no change is lost. Objects of types of one's own, and arrays, are copies: put them back after a change.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public interface ManagedMap<K, V> extends ConcurrentMap<K, V> {

    /** Computes a value in the manager; otherwise as {@link ConcurrentMap#compute}. */
    @Nullable
    V compute(K key, RemoteBiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function);

    /** Computes a value in the manager if there is none; otherwise as {@link ConcurrentMap#computeIfAbsent}. */
    @Nullable
    V computeIfAbsent(K key, RemoteFunction<? super K, ? extends @Nullable V> function);

    /** Computes a value in the manager if there is one; otherwise as {@link ConcurrentMap#computeIfPresent}. */
    @Nullable
    V computeIfPresent(K key, RemoteBiFunction<? super K, ? super V, ? extends @Nullable V> function);

    /** Joins values in the manager; otherwise as {@link ConcurrentMap#merge}. */
    @Nullable
    V merge(K key, V value, RemoteBiFunction<? super V, ? super V, ? extends @Nullable V> function);

    /** Replaces all values in the manager, in one step; otherwise as {@link ConcurrentMap#replaceAll}. */
    void replaceAll(RemoteBiFunction<? super K, ? super V, ? extends V> function);

    /** {@return the entry that came last, taken out, or null if the map is empty: Python's {@code popitem()}} */
    Map.@Nullable Entry<K, V> pollLastEntry();

    /** {@return a copy in this process that belongs to the caller} */
    Map<K, V> copy();
}
