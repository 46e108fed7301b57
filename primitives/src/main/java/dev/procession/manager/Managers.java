package dev.procession.manager;

import dev.procession.DecodingException;
import dev.procession.channel.AuthKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The managers that this process knows: those that it serves, and those that it is a client of. */
final class Managers {
    private static final Map<String, ManagerServer> SERVERS = new ConcurrentHashMap<>();
    private static final Map<String, ManagerClient> CLIENTS = new ConcurrentHashMap<>();

    private Managers() {}

    static void add(ManagerServer server) {
        SERVERS.put(server.id(), server);
    }

    static void remove(ManagerServer server) {
        SERVERS.remove(server.id());
    }

    /** Who was connected on purpose is asked first: it has the options. */
    static void add(ManagerClient client) {
        CLIENTS.put(client.managerId(), client);
    }

    static void remove(ManagerClient client) {
        CLIENTS.remove(client.managerId(), client);
    }

    /** Makes a proxy of one that has arrived. */
    static Object resolve(ProxyForm form) {
        ManagerServer server = SERVERS.get(form.managerId());
        // A process may be a client of itself: what it does as such is done in the name of the connection.
        if (server != null && (Caller.current() != null || !CLIENTS.containsKey(form.managerId()))) {
            return server.proxy(server.find(form.id()));
        }
        ManagerClient client = CLIENTS.computeIfAbsent(form.managerId(), id -> client(form));
        RemoteRef ref = new RemoteRef(client, form.id(), form.kind(), classes(form.interfaces()), form.name());
        client.claimLater(ref);
        return form.kind().proxy(ref);
    }

    private static ManagerClient client(ProxyForm form) {
        ManagerOptions options = ManagerOptions.standard().name(form.managerName());
        AuthKey key = form.key();
        boolean known = form.ofTree() || key != null;
        return new ManagerClient(
                form.managerId(), form.address(), key == null ? options : options.key(key), known, form.ofTree());
    }

    static List<Class<?>> classes(List<String> names) {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            try {
                ClassLoader context = Thread.currentThread().getContextClassLoader();
                Class<?> type =
                        Class.forName(name, false, context != null ? context : ClassLoader.getSystemClassLoader());
                if (!type.isInterface()) {
                    throw new IllegalArgumentException("not an interface: " + name);
                }
                classes.add(type);
            } catch (ClassNotFoundException e) {
                throw new DecodingException("the interface of an object of a manager is not here: " + name, e);
            }
        }
        return classes;
    }
}
