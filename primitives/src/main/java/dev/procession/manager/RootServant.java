package dev.procession.manager;

import dev.procession.sync.ProcessBarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes and finds the objects of a server. */
final class RootServant implements RootCalls {
    private final ManagerServer server;

    RootServant(ManagerServer server) {
        this.server = server;
    }

    @Override
    public Object open(String kindName, @Nullable String name, List<@Nullable Object> details) {
        Kind kind = Kind.valueOf(kindName);
        if (name == null) {
            return server.proxy(server.export(kind, make(kind, details), null));
        }
        // One at a time, so that two who open a name get one object.
        synchronized (this) {
            Exported known = server.named(name);
            if (known == null) {
                known = server.export(kind, make(kind, details), name);
            } else if (known.kind() != kind) {
                throw new IllegalArgumentException(
                        "the object \"" + name + "\" is a " + known.kind().label() + ", not a " + kind.label());
            } else {
                requireSame(known, details);
            }
            return server.proxy(known);
        }
    }

    private static void requireSame(Exported known, List<@Nullable Object> details) {
        if (known.servant() instanceof ServedBarrier barrier && barrier.parties() != integer(details, 0)) {
            throw new IllegalArgumentException(known + " was made for another number of parties: parties="
                    + integer(details, 0) + ", there=" + barrier.parties());
        }
        if (known.servant() instanceof ServedSemaphore semaphore && semaphore.isLeased() != flag(details, 2)) {
            throw new IllegalArgumentException(known + " is of the other kind: leased=" + semaphore.isLeased());
        }
    }

    private Object make(Kind kind, List<@Nullable Object> details) {
        return switch (kind) {
            case MAP, NAMESPACE, SET -> new ServedMap(server);
            case VALUE -> value(details.get(0));
            case LIST, ARRAY -> {
                ServedList list = new ServedList(server, kind == Kind.ARRAY);
                list.fill((List<?>) Objects.requireNonNull(details.get(0)));
                yield list;
            }
            case QUEUE -> new ServedQueue(server, integer(details, 0));
            case LOCK, REENTRANT_LOCK ->
                new ServedLock(server, kind == Kind.REENTRANT_LOCK, flag(details, 0), flag(details, 1));
            case CONDITION -> {
                ServedLock lock = servant(Objects.requireNonNull(details.get(0)));
                ServedCondition condition = new ServedCondition(server, lock);
                lock.add(condition);
                yield condition;
            }
            case EVENT -> new ServedEvent(server);
            case SEMAPHORE ->
                new ServedSemaphore(
                        server, integer(details, 0), integer(details, 1), flag(details, 2), flag(details, 3));
            case BARRIER ->
                new ServedBarrier(
                        server,
                        integer(details, 0),
                        (Long) Objects.requireNonNull(details.get(1)),
                        (ProcessBarrier.Action) details.get(2));
            case ROOT, OWN -> throw new IllegalArgumentException("nothing that can be made so: " + kind);
        };
    }

    private ServedMap value(@Nullable Object initial) {
        ServedMap value = new ServedMap(server);
        if (initial != null) {
            value.put(ValueProxy.KEY, initial);
        }
        return value;
    }

    private static ServedLock servant(Object proxy) {
        if (Ref.of(proxy) instanceof LocalRef ref && ref.object().servant() instanceof ServedLock lock) {
            return lock;
        }
        throw new IllegalArgumentException(
                "not a lock of this manager: " + proxy.getClass().getName());
    }

    private static int integer(List<@Nullable Object> details, int index) {
        return (Integer) Objects.requireNonNull(details.get(index));
    }

    private static boolean flag(List<@Nullable Object> details, int index) {
        return (Boolean) Objects.requireNonNull(details.get(index));
    }

    @Override
    public Object create(String type, @Nullable RemoteSupplier<?> factory, @Nullable String name) {
        Class<?> exposed = Managers.classes(List.of(type)).get(0);
        if (name == null) {
            return server.proxy(server.export(exposed, made(exposed, factory), null));
        }
        synchronized (this) {
            Exported known = server.named(name);
            if (known == null) {
                known = server.export(exposed, made(exposed, factory), name);
            } else if (!known.interfaces().contains(exposed)) {
                throw new IllegalArgumentException("the object \"" + name + "\" is no " + type + ": " + known);
            }
            return server.proxy(known);
        }
    }

    private Object made(Class<?> type, @Nullable RemoteSupplier<?> given) {
        RemoteSupplier<?> factory = given != null ? given : server.factory(type);
        return type.cast(Objects.requireNonNull(factory.get(), "the factory of " + type.getName() + " returned null"));
    }

    @Override
    public boolean forget(String name) {
        return server.forget(name);
    }

    @Override
    public boolean claim(long id) {
        Exported object = server.findOrNull(id);
        if (object == null) {
            return false;
        }
        server.caller().session().hold(object);
        return true;
    }

    @Override
    public void pin(long id) {
        server.pin(server.find(id));
    }

    @Override
    public int objects() {
        return server.objects().size();
    }

    @Override
    public List<String> names() {
        return new ArrayList<>(server.names());
    }

    @Override
    public String dump() {
        return server.dump();
    }
}
