package dev.procession.manager;

import dev.procession.internal.log.LibraryLog;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values that a manager gives out as copies although they can be changed: {@code map.get("row")[0] = 1} changes nothing in the
 * manager, and nothing says so. So the first of each class is told of, or all of them are refused.
 */
final class Copies {
    /** Of the JDK's classes only these; what else has a field that is not final there, has it for a cache. */
    private static final Set<String> MUTABLE = Set.of(
            "java.util.Date",
            "java.sql.Timestamp",
            "java.util.Calendar",
            "java.util.GregorianCalendar",
            "java.util.BitSet",
            "java.util.Random",
            "java.lang.StringBuilder",
            "java.lang.StringBuffer",
            "java.util.concurrent.atomic.AtomicBoolean",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicReference",
            "java.util.concurrent.atomic.LongAdder");

    private final String manager;
    private final boolean refuses;
    private final Set<Class<?>> harmless = ConcurrentHashMap.newKeySet();

    Copies(String manager, boolean refuses) {
        this.manager = manager;
        this.refuses = refuses;
    }

    /** A value is put into an object of the manager. */
    void kept(Object value) {
        Class<?> type = value.getClass();
        if (harmless.contains(type)) {
            return;
        }
        if (!isMutable(type)) {
            harmless.add(type);
        } else if (refuses) {
            throw new IllegalArgumentException(
                    text(type) + " would come out as a copy, and changes of it would be lost: " + ways()
                            + ", or make its fields final");
        } else if (harmless.add(type) && type != byte[].class) { // once; and contents of files are hardly ever changed
            LibraryLog.log(
                    Level.WARNING,
                    () -> manager + ": " + text(type) + " comes out as a copy, and changes of that are lost: "
                            + ways());
        }
    }

    private static String text(Class<?> type) {
        return "a value of " + type.getTypeName();
    }

    private static String ways() {
        return "put it back, use compute() or update(), or register an interface for it";
    }

    private static boolean isMutable(Class<?> type) {
        if (type.isArray()) {
            return true;
        }
        if (type.isEnum() || type.isRecord()) {
            return false;
        }
        try {
            return hasMutableState(type);
        } catch (LinkageError e) {
            return false; // the class of a field is not here: who asked for the value will hear of that
        }
    }

    private static boolean hasMutableState(Class<?> type) {
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (each.getName().startsWith("java.")) {
                boolean collection = Collection.class.isAssignableFrom(each) || Map.class.isAssignableFrom(each);
                return MUTABLE.contains(each.getName()) || (collection && !Modifier.isAbstract(each.getModifiers()));
            }
            for (Field field : each.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers) && !Modifier.isTransient(modifiers)) {
                    return true;
                }
            }
        }
        return false;
    }
}
