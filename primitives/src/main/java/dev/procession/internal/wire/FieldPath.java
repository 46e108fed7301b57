package dev.procession.internal.wire;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in a graph of objects the one lies that cannot be serialized: what {@code NotSerializableException} does not say.
 * Looks as serialization does: not into transient fields, and into collections, maps and arrays by their elements. What is
 * behind private fields of the JDK's other classes stays unseen.
 */
public final class FieldPath {
    /** A path that is longer helps nobody, and the look must not be the second thing that fails. */
    private static final int DEEPEST = 200;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final String className;

    private FieldPath(String className) {
        this.className = className;
    }

    /**
     * Looks for an object of a class.
     *
     * @param root where to begin
     * @param className the class that serialization refused
     * @return for example {@code Order.customer.connections[2]}, null if it was not found
     */
    public static @Nullable String find(Object root, String className) {
        try {
            return new FieldPath(className).find(root, typeName(root), 0);
        } catch (RuntimeException e) {
            return null; // a collection of the user's may throw anything; the class alone is reported then
        }
    }

    private static String typeName(Object object) {
        String name = object.getClass().getTypeName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private @Nullable String find(@Nullable Object object, String path, int depth) {
        if (object == null || depth > DEEPEST) {
            return null;
        }
        if (!(object instanceof Serializable)) {
            return object.getClass().getName().equals(className) ? path : null;
        }
        if (object instanceof String || object instanceof Number || object instanceof Enum || !seen.add(object)) {
            return null;
        }
        if (object instanceof Object[] elements) {
            return findIn(Arrays.asList(elements), path, depth);
        }
        if (object instanceof Collection<?> elements && isOfJdk(object)) {
            return findIn(elements, path, depth);
        }
        if (object instanceof Map<?, ?> entries && isOfJdk(object)) {
            return findIn(entries, path, depth);
        }
        if (object instanceof Optional<?> optional) {
            return find(optional.orElse(null), path + ".get()", depth + 1);
        }
        return object instanceof Externalizable ? null : findInFields(object, path, depth);
    }

    private static boolean isOfJdk(Object object) {
        return object.getClass().getModule().getName() != null
                && object.getClass().getName().startsWith("java.");
    }

    private @Nullable String findIn(Collection<?> elements, String path, int depth) {
        int index = 0;
        for (Object element : elements) {
            String found = find(element, path + "[" + index + "]", depth + 1);
            if (found != null) {
                return found;
            }
            index++;
        }
        return null;
    }

    private @Nullable String findIn(Map<?, ?> entries, String path, int depth) {
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            Object key = entry.getKey();
            String found = find(key, path + ".key", depth + 1);
            if (found == null) {
                // Only a key whose text is known to be harmless is put into a message.
                String shown = key instanceof String || key instanceof Number || key instanceof Enum ? "" + key : "..";
                found = find(entry.getValue(), path + "[" + shown + "]", depth + 1);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable String findInFields(Object object, String path, int depth) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            if (!Serializable.class.isAssignableFrom(type)) {
                return null; // the state of a superclass that is not serializable is not written
            }
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        || Modifier.isTransient(field.getModifiers())
                        || field.getType().isPrimitive()) {
                    continue;
                }
                String found = find(valueOf(field, object), path + "." + field.getName(), depth + 1);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable Object valueOf(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            return null;
        }
    }
}
