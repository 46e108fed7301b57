package dev.procession.manager;

import java.lang.ref.Reference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of a manager in another process. As long as this is reachable, the object is kept there. */
final class RemoteRef extends Ref implements InvocationHandler {
    private final ManagerClient client;
    private final long id;
    private final Kind kind;
    private final List<Class<?>> interfaces;
    private final @Nullable String name;

    RemoteRef(ManagerClient client, long id, Kind kind, List<Class<?>> interfaces, @Nullable String name) {
        this.client = client;
        this.id = id;
        this.kind = kind;
        this.interfaces = interfaces;
        this.name = name;
    }

    @Override
    String managerId() {
        return client.managerId();
    }

    @Override
    long id() {
        return id;
    }

    @Override
    Kind kind() {
        return kind;
    }

    @Override
    List<Class<?>> interfaces() {
        return interfaces;
    }

    @Override
    @Nullable
    String name() {
        return name;
    }

    @Override
    <T> T calls(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    @Nullable
    public Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        return invoke(method, arguments == null ? new Object[0] : arguments);
    }

    @Override
    @Nullable
    Object invoke(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return new Call(client, this, method, arguments).run();
        } finally {
            Reference.reachabilityFence(this); // the cleaner must not give the object back while it is used
        }
    }

    @Override
    ProxyForm form() {
        return client.form(this);
    }
}
