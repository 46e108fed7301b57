package dev.procession.manager;

import java.io.Serializable;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A set in a manager, from afar: the keys of a map there. Iterators show it as it was when they were made. */
@SuppressWarnings("unchecked") // what comes out is what was put in
final class SetProxy<E> extends AbstractSet<E> implements Proxied, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Ref ref;
    private final transient MapCalls calls;

    SetProxy(Ref ref) {
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
    public boolean add(E element) {
        return calls.putIfAbsent(Objects.requireNonNull(element), true) == null;
    }

    @Override
    public boolean addAll(Collection<? extends E> elements) {
        int before = size();
        List<Object> pairs = new ArrayList<>();
        for (E element : elements) {
            pairs.add(Objects.requireNonNull(element));
            pairs.add(true);
        }
        calls.putAll(pairs);
        return size() != before;
    }

    @Override
    public boolean remove(Object element) {
        return calls.remove(element) != null;
    }

    @Override
    public boolean contains(Object element) {
        return calls.containsKey(element);
    }

    @Override
    public int size() {
        return calls.size();
    }

    @Override
    public void clear() {
        calls.clear();
    }

    @Override
    public Object[] toArray() {
        return calls.keys().toArray();
    }

    @Override
    public Iterator<E> iterator() {
        return new Snapshot<>(calls.keys(), this::remove);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return ref.isSame(other) || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
