package dev.procession.manager;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An object of the server with its number.
 *
 * @param id never used again
 * @param kind which proxy stands for it
 * @param servant the object
 * @param interfaces what may be called, for {@link Kind#OWN}
 * @param name or null
 * @param methods by {@link #key}
 */
record Exported(
        long id,
        Kind kind,
        Object servant,
        List<Class<?>> interfaces,
        @Nullable String name,
        Map<String, Method> methods) {
    private static final Map<Method, String> KEYS = new ConcurrentHashMap<>();

    static Exported of(long id, Kind kind, Object servant, List<Class<?>> interfaces, @Nullable String name) {
        Map<String, Method> methods = new TreeMap<>();
        for (Class<?> type : interfaces) {
            for (Method method : type.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    method.trySetAccessible(); // its methods are public, and the interface itself may not be
                    methods.put(key(method), method);
                }
            }
        }
        return new Exported(id, kind, servant, interfaces, name, Map.copyOf(methods));
    }

    /** What identifies a method between processes: its name and the types of its parameters. */
    static String key(Method method) {
        return KEYS.computeIfAbsent(method, each -> {
            StringBuilder text = new StringBuilder(each.getName()).append('(');
            for (Class<?> type : each.getParameterTypes()) {
                text.append(type.getName()).append(';');
            }
            return text.toString();
        });
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return kind.label() + (name == null ? " " + id : " \"" + name + "\"");
    }
}
