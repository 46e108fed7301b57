package dev.procession.manager;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list in a manager. It has the whole contract of {@link List}. Its iterators look into the manager at each step, and so see
 * changes; a loop over {@link #copy} asks the manager once. Functions run in the manager, in one step.
 *
 * <p>Elements are copied; a list, map or set that can be changed becomes an object of the manager itself.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public interface ManagedList<E> extends List<E> {

    /** Removes elements in the manager, in one step. */
    boolean removeIf(RemotePredicate<? super E> filter);

    /** Replaces all elements in the manager, in one step. */
    void replaceAll(RemoteUnaryOperator<E> operator);

    /** Sorts in the manager; null is the elements' own order. */
    void sort(@Nullable RemoteComparator<? super E> order);

    /**
     * Computes an element in the manager, in one step.
     *
     * @return the new element
     */
    E update(int index, RemoteFunction<? super E, ? extends E> function);

    /** Turns the order round. */
    void reverse();

    /** {@return a copy in this process that belongs to the caller} */
    List<E> copy();
}
