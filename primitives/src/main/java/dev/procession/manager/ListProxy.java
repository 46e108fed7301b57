package dev.procession.manager;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A list in a manager, from afar. */
@SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // what comes out is what was put in
final class ListProxy<E> extends AbstractList<E> implements ManagedList<E>, Proxied, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Ref ref;
    private final transient ListCalls calls;

    ListProxy(Ref ref) {
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
    public int size() {
        return calls.size();
    }

    @Override
    public E get(int index) {
        return (E) calls.get(index);
    }

    @Override
    public E set(int index, E element) {
        return (E) calls.set(index, element);
    }

    @Override
    public boolean add(E element) {
        calls.add(element);
        return true;
    }

    @Override
    public void add(int index, E element) {
        calls.add(index, element);
    }

    @Override
    public boolean addAll(Collection<? extends E> elements) {
        return calls.addAll(-1, new ArrayList<>(elements));
    }

    @Override
    public boolean addAll(int index, Collection<? extends E> elements) {
        if (index < 0) {
            throw new IndexOutOfBoundsException("index=" + index);
        }
        return calls.addAll(index, new ArrayList<>(elements));
    }

    @Override
    public E remove(int index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException("index=" + index);
        }
        return (E) calls.removeAt(index);
    }

    @Override
    public boolean remove(@Nullable Object element) {
        return calls.removeFirst(element);
    }

    @Override
    public boolean removeAll(Collection<?> elements) {
        return calls.removeAll(new ArrayList<>(elements), true);
    }

    @Override
    public boolean retainAll(Collection<?> elements) {
        return calls.removeAll(new ArrayList<>(elements), false);
    }

    @Override
    public boolean removeIf(RemotePredicate<? super E> filter) {
        return calls.removeIf((RemotePredicate) filter);
    }

    /** One that does not travel is asked here, about a copy; equal elements are the same to it. */
    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        List<@Nullable Object> removed = new ArrayList<>();
        for (E element : copy()) {
            if (filter.test(element)) {
                removed.add(element);
            }
        }
        return !removed.isEmpty() && calls.removeAll(removed, true);
    }

    @Override
    public void replaceAll(RemoteUnaryOperator<E> operator) {
        UnaryOperator any = operator;
        calls.replaceAll(any::apply);
    }

    @Override
    public void replaceAll(UnaryOperator<E> operator) {
        for (int i = 0; i < size(); i++) {
            E old = get(i);
            while (!calls.compareAndSet(i, old, operator.apply(old))) {
                old = get(i);
            }
        }
    }

    @Override
    public void sort(@Nullable RemoteComparator<? super E> order) {
        calls.sort((RemoteComparator) order);
    }

    @Override
    public void sort(@Nullable Comparator<? super E> order) {
        if (order == null) {
            calls.sort(null);
        } else if (order instanceof Serializable) {
            Comparator any = order;
            calls.sort((RemoteComparator) any::compare);
        } else {
            List<E> copy = copy();
            copy.sort(order);
            calls.setRange(0, (List) copy);
        }
    }

    @Override
    public E update(int index, RemoteFunction<? super E, ? extends E> function) {
        return (E) calls.update(index, (RemoteFunction) function);
    }

    @Override
    public void reverse() {
        calls.reverse();
    }

    @Override
    public void clear() {
        calls.clear(0, -1);
    }

    @Override
    protected void removeRange(int from, int to) {
        calls.clear(from, to);
    }

    @Override
    public int indexOf(@Nullable Object element) {
        return calls.indexOf(element);
    }

    @Override
    public int lastIndexOf(@Nullable Object element) {
        return calls.lastIndexOf(element);
    }

    @Override
    public boolean contains(@Nullable Object element) {
        return calls.indexOf(element) >= 0;
    }

    @Override
    public List<E> copy() {
        return (List<E>) calls.all();
    }

    @Override
    public @Nullable Object[] toArray() {
        return copy().toArray();
    }

    @Override
    public <T> T[] toArray(T[] array) {
        return copy().toArray(array);
    }

    @Override
    public void forEach(Consumer<? super E> action) {
        copy().forEach(action);
    }

    @Override
    public Spliterator<E> spliterator() {
        return copy().spliterator();
    }

    /** Sees what is there at each step; once at its end, it stays there. */
    @Override
    public Iterator<E> iterator() {
        return new Iterator<>() {
            private int next;
            private boolean ended;
            private @Nullable List<@Nullable Object> found;
            private boolean removable;

            @Override
            public boolean hasNext() {
                if (ended) {
                    return false;
                }
                if (found == null) {
                    found = calls.at(next);
                }
                ended = found.isEmpty();
                return !ended;
            }

            @Override
            public E next() {
                List<@Nullable Object> known = found;
                if (!hasNext() || found == null) {
                    throw new NoSuchElementException("the list has no more elements: index=" + next);
                }
                E element = (E) (known != null ? known : found).get(0);
                found = null;
                next++;
                removable = true;
                return element;
            }

            @Override
            public void remove() {
                if (!removable) {
                    throw new IllegalStateException("no element to remove: call next() before");
                }
                removable = false;
                found = null;
                next--;
                calls.removeAt(next);
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof List<?> list && (ref.isSame(other) || copy().equals(list));
    }

    @Override
    public String toString() {
        return Printed.text(ref, super::toString);
    }

    @Override
    public int hashCode() {
        return copy().hashCode();
    }
}
