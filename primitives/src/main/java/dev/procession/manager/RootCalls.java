package dev.procession.manager;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the manager itself is asked. */
interface RootCalls {
    /**
     * Makes an object, or finds the one of a name.
     *
     * @param kind the name of a {@link Kind}
     * @param name null for an anonymous one
     * @param details what its kind needs
     */
    Object open(String kind, @Nullable String name, List<@Nullable Object> details);

    /** Makes an object of a registered type, or by a factory. */
    Object create(String type, @Nullable RemoteSupplier<?> factory, @Nullable String name);

    /** Takes a name from an object. Returns whether there was one. */
    boolean forget(String name);

    /** The client holds an object that it got by other ways than an answer. Returns false if it is gone. */
    boolean claim(long id);

    /** Keeps an object for a while, since a proxy for it is on its way to somebody. */
    void pin(long id);

    int objects();

    List<String> names();

    String dump();
}
