package dev.procession.manager;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of a manager in the manager's own process: calls go to it directly. */
final class LocalRef extends Ref {
    private final ManagerServer server;
    private final Exported object;

    LocalRef(ManagerServer server, Exported object) {
        this.server = server;
        this.object = object;
    }

    Exported object() {
        return object;
    }

    @Override
    String managerId() {
        return server.id();
    }

    @Override
    long id() {
        return object.id();
    }

    @Override
    Kind kind() {
        return object.kind();
    }

    @Override
    List<Class<?>> interfaces() {
        return object.interfaces();
    }

    @Override
    @Nullable
    String name() {
        return object.name();
    }

    @Override
    <T> T calls(Class<T> type) {
        return type.cast(object.servant());
    }

    @Override
    @Nullable
    Object invoke(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            Method own = object.methods().get(Exported.key(method)); // the one that was made accessible
            return (own != null ? own : method).invoke(object.servant(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    @Override
    ProxyForm form() {
        server.pin(object);
        return server.form(object);
    }
}
