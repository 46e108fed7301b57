package dev.procession.manager;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes in a manager: values with names. Names that begin with {@code _} are hidden from {@link #attributes} and
 * {@code toString()}.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public interface Namespace {

    /**
     * {@return the value of an attribute}
     *
     * @throws java.util.NoSuchElementException if there is none of that name
     */
    Object get(String name);

    /**
     * {@return the value of an attribute, as a type}
     *
     * @throws java.util.NoSuchElementException if there is none of that name
     * @throws ClassCastException if it is of another type
     */
    <T> T get(String name, Class<T> type);

    /** Sets an attribute, and adds it if it is new. */
    void set(String name, Object value);

    /** {@return whether there was an attribute of that name, which is gone now} */
    boolean delete(String name);

    /** {@return whether there is an attribute of that name} */
    boolean has(String name);

    /** Computes an attribute in the manager, in one step; the function gets null if it is new. */
    @Nullable
    Object update(String name, RemoteFunction<@Nullable Object, @Nullable Object> function);

    /** {@return a copy of all attributes that are not hidden} */
    Map<String, Object> attributes();
}
