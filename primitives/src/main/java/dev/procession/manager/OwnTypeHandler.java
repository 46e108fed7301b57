package dev.procession.manager;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Passes the calls of a proxy for a type of the user's to its object. */
final class OwnTypeHandler implements InvocationHandler {
    private final Ref ref;

    private OwnTypeHandler(Ref ref) {
        this.ref = ref;
    }

    static Object proxy(Ref ref) {
        Class<?>[] interfaces = new Class<?>[ref.interfaces().size() + 1];
        for (int i = 0; i < interfaces.length - 1; i++) {
            interfaces[i] = ref.interfaces().get(i);
        }
        interfaces[interfaces.length - 1] = ManagedObject.class;
        return Proxy.newProxyInstance(loader(ref.interfaces().get(0)), interfaces, new OwnTypeHandler(ref));
    }

    private static ClassLoader loader(Class<?> type) {
        ClassLoader own = type.getClassLoader();
        return own != null ? own : ManagedObject.class.getClassLoader(); // an interface of the JDK, such as Iterator
    }

    Ref ref() {
        return ref;
    }

    @Override
    @Nullable
    public Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given) throws Throwable {
        @Nullable Object[] arguments = given == null ? new Object[0] : given;
        if (method.getDeclaringClass() == ManagedObject.class) {
            return ref.form();
        }
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> ref.isSame(arguments[0]);
                case "hashCode" -> Long.hashCode(ref.id());
                default -> "proxy for " + ref.interfaces().get(0).getSimpleName() + " " + ref.id();
            };
        }
        try {
            // Iterator.forEachRemaining(list::add): what does not travel runs here, over the other methods.
            if (method.isDefault() && ref instanceof RemoteRef && !allTravel(arguments)) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            return ref.invoke(method, arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            if (Arrays.stream(method.getExceptionTypes()).anyMatch(type -> type.isInstance(e))) {
                throw e;
            }
            throw new IllegalStateException(method + " threw what it does not declare", e);
        }
    }

    private static boolean allTravel(@Nullable Object[] arguments) {
        return Arrays.stream(arguments).allMatch(each -> each == null || each instanceof Serializable);
    }
}
