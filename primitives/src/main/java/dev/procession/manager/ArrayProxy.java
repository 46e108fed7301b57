package dev.procession.manager;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array in a manager, from afar. */
@SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // what comes out is what was put in
final class ArrayProxy<E> implements ManagedArray<E>, Proxied, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Ref ref;
    private final transient ListCalls calls;

    ArrayProxy(Ref ref) {
        this.ref = ref;
        this.calls = ref.calls(ListCalls.class);
    }

    @Override
    public Ref ref() {
        return ref;
    }

    private Object writeReplace() {
        return ref.form();
    }

    @Override
    public int length() {
        return calls.size();
    }

    @Override
    public E get(int index) {
        return (E) calls.get(index);
    }

    @Override
    public void set(int index, E element) {
        calls.set(index, element);
    }

    @Override
    public boolean compareAndSet(int index, E expected, E element) {
        return calls.compareAndSet(index, expected, element);
    }

    @Override
    public E update(int index, RemoteFunction<? super E, ? extends E> function) {
        return (E) calls.update(index, (RemoteFunction) function);
    }

    @Override
    public List<E> slice(int from, int to) {
        return (List<E>) calls.range(from, to);
    }

    @Override
    public void setSlice(int from, List<? extends E> elements) {
        calls.setRange(from, new ArrayList<>(elements));
    }

    @Override
    public List<E> copy() {
        return (List<E>) calls.all();
    }

    @Override
    public Iterator<E> iterator() {
        return copy().iterator();
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
        return Printed.text(ref, () -> copy().toString());
    }
}
