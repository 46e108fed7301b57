package dev.procession.manager;

import dev.procession.ObjectGoneException;
import dev.procession.channel.Connection;
import dev.procession.channel.Listener;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.lang.ref.WeakReference;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a manager and who uses them, in the process that serves them.
 *
 * <p>How long an object lives is left to the garbage collector: clients that have been given it, names, and objects that it is in
 * refer to it, and the table of numbers does so weakly.
 */
final class ManagerServer implements AutoCloseable {
    /** How often calls that take long are looked after: a cancellation or a death takes effect that much later. */
    static final long WATCH_NANOS = 20_000_000;

    private static final long PIN_NANOS = 60_000_000_000L;
    private static final int ROUNDS_UNTIL_SLEEP = 50;

    final Map<Caller, ServedLock> waitsFor = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final ManagerOptions options;
    private final Listener listener;
    private final Exported root;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, WeakReference<Exported>> table = new ConcurrentHashMap<>();
    private final Map<String, Exported> names = new ConcurrentHashMap<>();
    private final Map<Long, ClientSession> sessions = new ConcurrentHashMap<>();
    private final Set<ServerLink> links = ConcurrentHashMap.newKeySet();
    private final Copies copies;
    private final ClientSession local;
    private final Housekeeping localThreads;
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Pin(long until, Exported object) {}

    private final ArrayDeque<Pin> pins = new ArrayDeque<>();
    private final Object watch = new Object();
    private volatile boolean asleep;

    private ManagerServer(ManagerOptions options, Listener listener) {
        this.options = options;
        this.listener = listener;
        this.root = Exported.of(0, Kind.ROOT, new RootServant(this), List.of(RootCalls.class), null);
        this.copies = new Copies("manager \"" + options.name() + "\"", options.refusesCopies());
        this.local = new ClientSession(ProcessHandle.current().pid(), options.name());
        this.localThreads = new Housekeeping(options.name(), new Housekeeping.Reporter() {
            @Override
            public void released(Map<Long, Long> idsAndTimes) {
                // Nothing is counted here.
            }

            @Override
            public void ended(Thread thread) {
                local.threadEnded(thread.getId(), thread.getName());
            }
        });
    }

    static ManagerServer open(ManagerOptions options) throws IOException {
        SocketAddress address = options.address();
        Listener listener = address == null
                ? Listener.local(options.connectionWithKey())
                : Listener.open(address, options.connectionWithKey());
        ManagerServer server = new ManagerServer(options, listener);
        Managers.add(server);
        server.start("accept", server::accept);
        server.start("watch", server::watch);
        return server;
    }

    private Thread start(String what, Runnable body) {
        Thread thread = new Thread(null, body, "procession manager " + options.name() + " " + what, 0, false);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (true) {
            Connection connection;
            try {
                connection = listener.accept();
            } catch (IOException | InterruptedException e) {
                return; // it is closed
            }
            ServerLink link = new ServerLink(this, connection);
            links.add(link);
            try {
                start("client", link);
            } catch (OutOfMemoryError e) { // no thread
                links.remove(link);
                connection.close();
            }
        }
    }

    /** Looks after calls that take long, and sleeps while there are none. */
    private void watch() {
        int quiet = 0;
        try {
            while (closed.getCount() > 0) {
                boolean busy = false;
                for (ServerLink link : links) {
                    busy |= link.isCalling();
                    link.look();
                }
                busy |= unpin();
                quiet = busy ? 0 : quiet + 1;
                synchronized (watch) {
                    if (quiet > ROUNDS_UNTIL_SLEEP) {
                        asleep = true;
                        // Again after it is seen that this thread is asleep: or a call that began now would not be
                        // noticed.
                        if (links.stream().noneMatch(ServerLink::isCalling)) {
                            watch.wait();
                        }
                        asleep = false;
                        quiet = 0;
                    } else {
                        watch.wait(WATCH_NANOS / 1_000_000);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After the call can be seen. */
    void callBegins() {
        if (asleep) {
            wakeWatch();
        }
    }

    private void wakeWatch() {
        synchronized (watch) {
            watch.notifyAll();
        }
    }

    private boolean unpin() {
        synchronized (pins) {
            while (!pins.isEmpty() && System.nanoTime() - pins.peek().until() > 0) {
                pins.remove();
            }
            return !pins.isEmpty();
        }
    }

    void pin(Exported object) {
        synchronized (pins) {
            pins.add(new Pin(System.nanoTime() + PIN_NANOS, object));
        }
        callBegins();
    }

    String id() {
        return id;
    }

    SocketAddress address() {
        return listener.address();
    }

    String describe() {
        return "manager \"" + options.name() + "\" (pid "
                + ProcessHandle.current().pid() + ")";
    }

    ObjectInputFilter filter(int bytes) {
        return options.connection().filter(listener.address(), bytes);
    }

    Copies copies() {
        return copies;
    }

    Exported root() {
        return root;
    }

    /** For whom this thread works: a client, or this process itself. */
    Caller caller() {
        Caller caller = Caller.current();
        return caller != null
                ? caller
                : new Caller(local, Thread.currentThread().getId());
    }

    void mayHold(Caller caller) {
        if (caller.session() == local) {
            localThreads.holds(Thread.currentThread());
        }
    }

    void ifUndelivered(Runnable undo) {
        if (Caller.current() != null) {
            ServerLink.ifUndelivered(undo);
        }
    }

    @Nullable
    ClientSession session(long sessionId, long pid, String name, boolean isNew) {
        return isNew
                ? sessions.computeIfAbsent(sessionId, key -> new ClientSession(pid, name))
                : sessions.get(sessionId);
    }

    void ended(ClientSession session) {
        session.end();
        sessions.values().remove(session);
    }

    void remove(ServerLink link) {
        links.remove(link);
    }

    Exported export(Kind kind, Object servant, @Nullable String name) {
        return export(kind, List.of(kind.calls()), servant, name);
    }

    Exported export(Class<?> type, Object servant, @Nullable String name) {
        return export(Kind.OWN, List.of(type), servant, name);
    }

    private Exported export(Kind kind, List<Class<?>> interfaces, Object servant, @Nullable String name) {
        Exported object = Exported.of(ids.incrementAndGet(), kind, servant, interfaces, name);
        if (servant instanceof Servant own) {
            own.exportedAs(object);
        }
        if (object.id() % 1024 == 0) {
            table.values().removeIf(reference -> reference.get() == null);
        }
        table.put(object.id(), new WeakReference<>(object));
        if (name != null) {
            names.put(name, object);
        }
        return object;
    }

    Object proxy(Exported object) {
        return object.kind().proxy(new LocalRef(this, object));
    }

    Object proxyOf(Servant servant) {
        return proxy(servant.exported());
    }

    @Nullable
    Exported findOrNull(long number) {
        if (number == 0) {
            return root;
        }
        WeakReference<Exported> reference = table.get(number);
        return reference == null ? null : reference.get();
    }

    Exported find(long number) {
        Exported object = findOrNull(number);
        if (object == null) {
            throw new ObjectGoneException(Long.toString(number), "of " + describe() + " is gone");
        }
        return object;
    }

    @Nullable
    Exported named(String name) {
        return names.get(name);
    }

    boolean forget(String name) {
        return names.remove(name) != null;
    }

    Set<String> names() {
        return new TreeSet<>(names.keySet());
    }

    boolean isRegistered(Class<?> type) {
        return options.types().containsKey(type.getName());
    }

    RemoteSupplier<?> factory(Class<?> type) {
        RemoteSupplier<?> factory = options.types().get(type.getName());
        if (factory == null) {
            throw new IllegalArgumentException(type.getName() + " is not registered with " + describe()
                    + ": say ManagerOptions.register(), or give create() a factory");
        }
        return factory;
    }

    /** {@return the numbers of what clients hold or what has a name} */
    Set<Long> objects() {
        Set<Long> all = new HashSet<>();
        sessions.values().forEach(session -> all.addAll(session.objects()));
        names.values().forEach(object -> all.add(object.id()));
        return all;
    }

    String dump() {
        StringBuilder text = new StringBuilder(describe()).append(" at ").append(address());
        for (ClientSession session : sessions.values()) {
            text.append("\n  client ").append(session.describe());
        }
        Map<Long, Exported> known = new TreeMap<>();
        for (Long each : objects()) {
            Exported object = findOrNull(each);
            if (object != null) {
                known.put(each, object);
            }
        }
        known.values().forEach(object -> text.append("\n  ").append(describe(object)));
        return text.toString();
    }

    private static String describe(Exported object) {
        Object servant = object.servant();
        if (servant instanceof LockCalls lock) {
            return lock.describe();
        }
        if (servant instanceof BarrierCalls barrier) {
            return barrier.describe();
        }
        if (servant instanceof ConditionCalls condition) {
            return condition.describe();
        }
        if (servant instanceof MapCalls map) {
            return object + ": " + map.size() + " entries";
        }
        if (servant instanceof ListCalls list) {
            return object + ": " + list.size() + " elements";
        }
        if (servant instanceof QueueCalls queue) {
            return object + ": " + queue.size() + " items, room for " + queue.remainingCapacity();
        }
        if (servant instanceof SemaphoreCalls semaphore) {
            return object + ": " + semaphore.available() + " permits";
        }
        if (servant instanceof EventCalls event) {
            return object + ": " + (event.isSet() ? "set" : "unset");
        }
        return object + ": " + servant.getClass().getName();
    }

    ProxyForm form(Exported object) {
        return new ProxyForm(
                id,
                options.name(),
                address(),
                options.key() == null,
                options.keyForTravel(),
                object.id(),
                object.kind(),
                ProxyForm.names(object.interfaces()),
                object.name());
    }

    /** Ends it: all clients are cut off, and what they wait for ends. */
    @Override
    public void close() {
        closed.countDown();
        Managers.remove(this);
        listener.close();
        localThreads.close();
        sessions.values().forEach(ClientSession::end);
        links.forEach(ServerLink::cutOff);
        local.end();
        wakeWatch();
    }
}
