package dev.procession.manager;

import dev.procession.channel.AuthKey;
import dev.procession.channel.ConnectionOptions;
import dev.procession.internal.participant.Reservations;
import dev.procession.process.ChildOptions;
import java.io.Serializable;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a manager is started, served or connected with. Immutable; each method returns a changed copy. */
public final class ManagerOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    private String name = "manager";
    private @Nullable AuthKey key;

    @SuppressWarnings("serial") // the two kinds that there are, are serializable
    private @Nullable SocketAddress address;

    private ConnectionOptions connection = ConnectionOptions.standard();
    private HashMap<String, RemoteSupplier<?>> types = new HashMap<>();
    private @Nullable RemoteAction initializer;
    private Duration answerTimeout = Duration.ofSeconds(30);
    private Duration reconnect = Duration.ZERO;
    private transient @Nullable ChildOptions child;

    private ManagerOptions() {}

    /**
     * {@return a socket of this machine that only this user reaches, the key of this tree of processes, no types of one's own,
     * 30 seconds for an answer, no reconnection}
     */
    public static ManagerOptions standard() {
        return new ManagerOptions();
    }

    private ManagerOptions copy() {
        ManagerOptions copy = new ManagerOptions();
        copy.name = name;
        copy.key = key;
        copy.address = address;
        copy.connection = connection;
        copy.types = new HashMap<>(types);
        copy.initializer = initializer;
        copy.answerTimeout = answerTimeout;
        copy.reconnect = reconnect;
        copy.child = child;
        return copy;
    }

    /** What messages call the manager; also the name of its process. */
    public ManagerOptions name(String value) {
        ManagerOptions copy = copy();
        copy.name = value;
        return copy;
    }

    /**
     * What clients must know. Without it, it follows from the key of the tree of processes, which proxies in other processes
     * of the tree know. A key that is given here travels with proxies into children that are being started, and nowhere else:
     * other processes connect with it before they use a proxy.
     */
    public ManagerOptions key(AuthKey value) {
        ManagerOptions copy = copy();
        copy.key = value;
        return copy;
    }

    /**
     * Where the manager listens: a {@link java.net.UnixDomainSocketAddress}, or an {@link java.net.InetSocketAddress}, with
     * port 0 for a free one.
     */
    public ManagerOptions address(SocketAddress value) {
        ManagerOptions copy = copy();
        copy.address = value;
        return copy;
    }

    /** Limits, classes that are allowed over TCP, TLS. A key in them is not used: {@link #key} says it. */
    public ManagerOptions connection(ConnectionOptions value) {
        ManagerOptions copy = copy();
        copy.connection = value;
        return copy;
    }

    /**
     * Registers a type of one's own. Clients get proxies that implement the interface; only its methods can be called from
     * afar. Methods that return the interface of a registered type return a proxy, too.
     *
     * @param type an interface
     * @param factory makes an object of it in the manager
     * @throws IllegalArgumentException if it is no interface
     */
    public <T> ManagerOptions register(Class<T> type, RemoteSupplier<? extends T> factory) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException("only an interface can be registered: type=" + type.getName());
        }
        ManagerOptions copy = copy();
        copy.types.put(type.getName(), factory);
        return copy;
    }

    /** What runs in the manager before it serves anybody. */
    public ManagerOptions initializer(RemoteAction value) {
        ManagerOptions copy = copy();
        copy.initializer = value;
        return copy;
    }

    /**
     * How long a client waits for an answer, beyond the time that the call itself may wait; not for functions and types of the
     * user's, which may take as long as they like.
     */
    public ManagerOptions answerTimeout(Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(
                    "answerTimeout must be more than zero, and a year at most: answerTimeout=" + value);
        }
        ManagerOptions copy = copy();
        copy.answerTimeout = value;
        return copy;
    }

    /**
     * How long a client tries to connect again when its connection broke. The call that was under way fails all the same,
     * since it may have been carried out; what the client held was given back; objects that are still there can be used again.
     *
     * @param value zero, the default: never, and every call fails at once
     */
    public ManagerOptions reconnect(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("reconnect must not be negative: reconnect=" + value);
        }
        ManagerOptions copy = copy();
        copy.reconnect = value;
        return copy;
    }

    /** How the manager's process is started: its JVM options, class path and so on. Its name is {@link #name}'s. */
    public ManagerOptions child(ChildOptions value) {
        ManagerOptions copy = copy();
        copy.child = value;
        return copy;
    }

    String name() {
        return name;
    }

    @Nullable
    AuthKey key() {
        return key;
    }

    /** The key, if what is being serialized goes where it may go. */
    @Nullable
    AuthKey keyForTravel() {
        return Reservations.isForChild() ? key : null;
    }

    @Nullable
    SocketAddress address() {
        return address;
    }

    ConnectionOptions connection() {
        return connection;
    }

    /** With what both sides must know. */
    ConnectionOptions connectionWithKey() {
        AuthKey given = key;
        return connection.key(given != null ? given : AuthKey.ofThisTree().derive("manager"));
    }

    Map<String, RemoteSupplier<?>> types() {
        return types;
    }

    void initialize() throws Exception {
        if (initializer != null) {
            initializer.run();
        }
    }

    Duration answerTimeout() {
        return answerTimeout;
    }

    Duration reconnect() {
        return reconnect;
    }

    @Nullable
    ChildOptions child() {
        return child;
    }

    ProxyForm form(String managerId, SocketAddress at, boolean ofTree, Ref ref) {
        return new ProxyForm(
                managerId,
                name,
                at,
                ofTree,
                keyForTravel(),
                ref.id(),
                ref.kind(),
                ProxyForm.names(ref.interfaces()),
                ref.name());
    }
}
