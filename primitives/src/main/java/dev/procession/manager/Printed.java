package dev.procession.manager;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Texts of objects that may contain themselves. A collection of the JDK knows itself by {@code ==}; what comes out of a
 * manager's object is a proxy of its own each time.
 */
final class Printed {
    private record Key(String managerId, long id) {}

    /** What this thread is just about to print, from the outermost to the innermost; absent where that is nothing. */
    private static final ThreadLocal<Set<Key>> UNDER_WAY = new ThreadLocal<>();

    private Printed() {}

    /**
     * {@return the text of an object, or a hint where the object is inside of itself}
     *
     * @param text makes it, from the texts of what the object contains
     */
    static String text(Ref ref, Supplier<String> text) {
        Set<Key> outer = UNDER_WAY.get();
        Set<Key> all = outer == null ? new HashSet<>() : outer;
        Key key = new Key(ref.managerId(), ref.id());
        if (!all.add(key)) {
            return "(this " + ref.kind().label() + ")";
        }
        if (outer == null) {
            UNDER_WAY.set(all);
        }
        try {
            return text.get();
        } finally {
            all.remove(key);
            if (outer == null) {
                UNDER_WAY.remove();
            }
        }
    }
}
