package dev.procession.manager;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a collection in a manager as it was when it was asked; what it removes, it removes there. */
final class Snapshot<E> implements Iterator<E> {
    private final Iterator<?> elements;
    private final Consumer<Object> remove;
    private @Nullable Object last;

    /**
     * @param elements none of them null
     * @param remove removes one of them from the manager's collection
     */
    Snapshot(List<?> elements, Consumer<Object> remove) {
        this.elements = elements.iterator();
        this.remove = remove;
    }

    @Override
    public boolean hasNext() {
        return elements.hasNext();
    }

    @Override
    @SuppressWarnings("unchecked") // what comes out is what was put in
    public E next() {
        Object element = elements.next();
        last = element;
        return (E) element;
    }

    @Override
    public void remove() {
        Object element = last;
        if (element == null) {
            throw new IllegalStateException("nothing to remove: call next() before");
        }
        last = null;
        remove.accept(element);
    }
}
