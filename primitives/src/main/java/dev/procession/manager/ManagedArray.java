package dev.procession.manager;

import java.util.List;

/** An array in a manager: a list that keeps its length. Indexes count from 0. */
public interface ManagedArray<E> extends Iterable<E> {

    /** {@return how many elements it has} */
    int length();

    /**
     * {@return an element}
     *
     * @throws IndexOutOfBoundsException if there is none at that index
     */
    E get(int index);

    /**
     * Sets an element.
     *
     * @throws IndexOutOfBoundsException if there is none at that index
     */
    void set(int index, E element);

    /**
     * Sets an element if it is equal to another one.
     *
     * @return whether it was
     */
    boolean compareAndSet(int index, E expected, E element);

    /**
     * Computes an element in the manager, in one step.
     *
     * @return the new element
     */
    E update(int index, RemoteFunction<? super E, ? extends E> function);

    /** {@return a copy of the elements from an index on to another one, which does not belong to it} */
    List<E> slice(int from, int to);

    /**
     * Sets several elements, in one step.
     *
     * @throws IndexOutOfBoundsException if there are not so many behind that index; nothing was set
     */
    void setSlice(int from, List<? extends E> elements);

    /** {@return a copy of all elements} */
    List<E> copy();
}
