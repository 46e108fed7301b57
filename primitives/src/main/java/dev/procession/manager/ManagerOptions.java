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
import java.util.function.Consumer;
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
    private boolean refusesCopies;

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
        copy.refusesCopies = refusesCopies;
        return copy;
    }

    private ManagerOptions with(Consumer<ManagerOptions> change) {
        ManagerOptions changed = copy();
        change.accept(changed);
        return changed;
    }

    /** What messages call the manager; also the name of its process. */
    public ManagerOptions name(String value) {
        return with(copy -> copy.name = value);
    }

    /**
     * What clients must know. Without it, it follows from the key of the tree of processes, which proxies in other processes
     * of the tree know. A key that is given here travels with proxies into children that are being started, and nowhere else:
     * other processes connect with it before they use a proxy.
     */
    public ManagerOptions key(AuthKey value) {
        return with(copy -> copy.key = value);
    }

    /**
     * Where the manager listens: a {@link java.net.UnixDomainSocketAddress}, or an {@link java.net.InetSocketAddress}, with
     * port 0 for a free one.
     */
    public ManagerOptions address(SocketAddress value) {
        return with(copy -> copy.address = value);
    }

    /** Limits, classes that are allowed over TCP, TLS. A key in them is not used: {@link #key} says it. */
    public ManagerOptions connection(ConnectionOptions value) {
        return with(copy -> copy.connection = value);
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
        return with(copy -> copy.types.put(type.getName(), factory));
    }

    /** What runs in the manager before it serves anybody. */
    public ManagerOptions initializer(RemoteAction value) {
        return with(copy -> copy.initializer = value);
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
        return with(copy -> copy.answerTimeout = value);
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
        return with(copy -> copy.reconnect = value);
    }

    /**
     * Refuses values in maps, lists and other objects of the manager that could be changed where they come out, without that the
     * manager would notice: arrays, and objects of classes with fields that are not final. Without this they are copies, and the
     * log ({@link dev.procession.process.ProcessLog}) has a warning for the first one of each class. Items of queues may be of
     * any class: they are handed over.
     */
    public ManagerOptions refuseCopies() {
        return with(copy -> copy.refusesCopies = true);
    }

    /** How the manager's process is started: its JVM options, class path and so on. Its name is {@link #name}'s. */
    public ManagerOptions child(ChildOptions value) {
        return with(copy -> copy.child = value);
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

    boolean refusesCopies() {
        return refusesCopies;
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
