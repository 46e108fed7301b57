package dev.procession.manager;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of a manager, from where it is used: in another process, or in the manager's own. */
abstract class Ref {

    /** {@return the reference behind a proxy, null for any other object} */
    static @Nullable Ref of(Object value) {
        if (value instanceof Proxied proxy) {
            return proxy.ref();
        }
        return Proxy.isProxyClass(value.getClass()) && Proxy.getInvocationHandler(value) instanceof OwnTypeHandler own
                ? own.ref()
                : null;
    }

    abstract String managerId();

    abstract long id();

    abstract Kind kind();

    abstract List<Class<?>> interfaces();

    abstract @Nullable String name();

    /** {@return the calls of its kind} */
    abstract <T> T calls(Class<T> type);

    /** Calls a method of a type of the user's. */
    abstract @Nullable Object invoke(Method method, @Nullable Object[] arguments) throws Throwable;

    /** {@return what is serialized instead} */
    abstract ProxyForm form();

    /** Where a wait ends that a closed proxy of a synchroniser would begin. */
    String label() {
        String known = name();
        return kind().label() + (known == null ? " " + id() : " \"" + known + "\"");
    }

    boolean isSame(@Nullable Object other) {
        Ref ref = other == null ? null : of(other);
        return ref != null && ref.id() == id() && ref.managerId().equals(managerId());
    }
}
