package dev.procession.manager;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A namespace in a manager, from afar: a map there. */
final class NamespaceProxy implements Namespace, Proxied, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Ref ref;
    private final transient MapCalls calls;

    NamespaceProxy(Ref ref) {
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
    public Object get(String name) {
        Object value = calls.get(name);
        if (value == null) {
            throw new NoSuchElementException(this + " has no attribute \"" + name + "\"");
        }
        return value;
    }

    @Override
    public <T> T get(String name, Class<T> type) {
        return type.cast(get(name));
    }

    @Override
    public void set(String name, Object value) {
        calls.put(name, value);
    }

    @Override
    public boolean delete(String name) {
        return calls.remove(name) != null;
    }

    @Override
    public boolean has(String name) {
        return calls.containsKey(name);
    }

    @Override
    public @Nullable Object update(String name, RemoteFunction<@Nullable Object, @Nullable Object> function) {
        return calls.compute(name, (key, old) -> function.apply(old));
    }

    @Override
    public Map<String, Object> attributes() {
        List<Object> pairs = calls.pairs();
        Map<String, Object> attributes = new TreeMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            String name = (String) pairs.get(i);
            if (!name.startsWith("_")) {
                attributes.put(name, pairs.get(i + 1));
            }
        }
        return attributes;
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
        return Printed.text(ref, this::text);
    }

    private String text() {
        StringBuilder text = new StringBuilder("Namespace(");
        attributes()
                .forEach((name, value) -> text.append(text.length() > "Namespace(".length() ? ", " : "")
                        .append(name)
                        .append('=')
                        .append(value instanceof String ? "'" + value + "'" : value));
        return text.append(')').toString();
    }
}
