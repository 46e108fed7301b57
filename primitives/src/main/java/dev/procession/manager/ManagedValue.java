package dev.procession.manager;

import org.jspecify.annotations.Nullable;

/** One value in a manager. What it is of may change; a list, map or set becomes an object of the manager itself. */
@SuppressWarnings("exports") // @Nullable: see module-info
public interface ManagedValue<V> {

    /** {@return the value} */
    @Nullable
    V get();

    /** Sets the value. */
    void set(@Nullable V value);

    /** {@return the value before, and sets it, in one step} */
    @Nullable
    V getAndSet(V value);

    /**
     * Sets the value if it is equal to another one.
     *
     * @return whether it was
     */
    boolean compareAndSet(V expected, V value);

    /**
     * Computes the value in the manager, in one step.
     *
     * @return the new value
     */
    @Nullable
    V update(RemoteFunction<? super @Nullable V, ? extends @Nullable V> function);
}
