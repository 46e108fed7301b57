package dev.procession.manager;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a collection that is put into an object of the manager. A copy would be given out that can be changed, and
 * the change would be lost without notice; so a list, a map or a set becomes an object of the manager itself, and who gets it
 * gets a proxy. What cannot be changed stays what it is.
 */
final class Nested {
    private Nested() {}

    static @Nullable Object kept(ManagerServer server, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        boolean collection = value instanceof Collection || value instanceof Map;
        if (!collection || !value.getClass().getName().startsWith("java.")) {
            if (Ref.of(value) == null) {
                server.copies().kept(value);
            }
            return value;
        }
        if (isFixed(value)) {
            return value;
        }
        if (value instanceof SortedMap<?, ?> map) {
            return Collections.unmodifiableSortedMap(map);
        }
        if (value instanceof SortedSet<?> set) {
            return Collections.unmodifiableSortedSet(set);
        }
        if (value instanceof Map<?, ?> map) {
            ServedMap served = new ServedMap(server);
            map.forEach(served::put);
            return server.proxy(server.export(Kind.MAP, served, null));
        }
        if (value instanceof Set<?> set) {
            ServedMap served = new ServedMap(server);
            set.forEach(each -> served.put(each, true));
            return server.proxy(server.export(Kind.SET, served, null));
        }
        if (value instanceof List<?> list) {
            ServedList served = new ServedList(server, false);
            served.addAll(0, new ArrayList<>(list));
            return server.proxy(server.export(Kind.LIST, served, null));
        }
        throw new IllegalArgumentException("a " + value.getClass().getName()
                + " in an object of a manager would be given out as a copy, and changes of it would be lost: put a list, a"
                + " map, a set, or a queue of the manager there");
    }

    /** Immutable collections, and wrappers that throw. What they hold is looked at by whoever changes it: nobody can. */
    private static boolean isFixed(Object value) {
        String name = value.getClass().getName();
        return name.startsWith("java.util.ImmutableCollections")
                || name.startsWith("java.util.Collections$Unmodifiable")
                || name.startsWith("java.util.Collections$Empty")
                || name.startsWith("java.util.Collections$Singleton")
                || name.startsWith("java.util.Collections$CopiesList");
    }
}
