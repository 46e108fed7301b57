package dev.procession.manager;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One value in a manager, from afar: the only entry of a map there. */
@SuppressWarnings("unchecked") // what comes out is what was put in
final class ValueProxy<V> implements ManagedValue<V>, Proxied, Serializable {
    static final String KEY = "";
    private static final long serialVersionUID = 1L;

    private final transient Ref ref;
    private final transient MapCalls calls;

    ValueProxy(Ref ref) {
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

    @Override
    public @Nullable V get() {
        return (V) calls.get(KEY);
    }

    @Override
    public void set(@Nullable V value) {
        getAndSet(value);
    }

    @Override
    public @Nullable V getAndSet(@Nullable V value) {
        return (V) (value == null ? calls.remove(KEY) : calls.put(KEY, value));
    }

    @Override
    public boolean compareAndSet(V expected, V value) {
        return calls.replace(KEY, Objects.requireNonNull(expected), Objects.requireNonNull(value));
    }

    @Override
    public @Nullable V update(RemoteFunction<? super @Nullable V, ? extends @Nullable V> function) {
        return (V) calls.compute(KEY, (key, old) -> function.apply((V) old));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return ref.isSame(other);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(ref.id());
    }

    @Override
    public String toString() {
        return Printed.text(ref, () -> "Value(" + get() + ")");
    }
}
