package dev.procession.channel;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Listener} and a {@link Connection} behave. Immutable; each method returns a changed copy. Both sides need the
 * same key; everything else each side decides for itself. They travel as fields of a child that is being started; not with an
 * {@link SSLContext}, which each process has to make itself.
 */
public final class ConnectionOptions implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ConnectionOptions STANDARD = new ConnectionOptions(new Values());
    private static final int MIB = 1024 * 1024;

    private final Values values;

    private ConnectionOptions(Values values) {
        this.values = values;
    }

    /**
     * {@return the key of this tree of processes, messages of 64 MiB at the most, graphs of objects 64 deep at the most, five
     * seconds to show the key, 128 who have not shown it yet, 1,024 connections}
     */
    public static ConnectionOptions standard() {
        return STANDARD;
    }

    /** What both sides must know. Without it, it is {@link AuthKey#ofThisTree}. */
    public ConnectionOptions key(AuthKey value) {
        Values changed = values.copy();
        changed.key = value;
        return new ConnectionOptions(changed);
    }

    /**
     * Enciphers connections over TCP; needed for addresses other than the loopback, unless {@link #allowPlainText} says
     * otherwise. The key has to be shown all the same, and is bound to the listener's certificate.
     *
     * @param value with the listener's certificate and key on its side, and with who is trusted on the other
     */
    public ConnectionOptions sslContext(SSLContext value) {
        Values changed = values.copy();
        changed.sslContext = value;
        return new ConnectionOptions(changed);
    }

    /**
     * Allows addresses other than the loopback without TLS: whoever is on the way can then read messages and change them, also
     * after the keys were shown. For networks in which nobody else is.
     */
    public ConnectionOptions allowPlainText() {
        Values changed = values.copy();
        changed.plainText = true;
        return new ConnectionOptions(changed);
    }

    /**
     * The longest message, in either direction.
     *
     * @param bytes 1 or more; memory is taken as a message comes in, not when its length is announced
     */
    public ConnectionOptions maxMessage(int bytes) {
        Values changed = values.copy();
        changed.maxMessage = positive("maxMessage", bytes);
        return new ConnectionOptions(changed);
    }

    /**
     * How deep objects may refer to each other in a message that comes in.
     *
     * @param depth 1 or more
     */
    public ConnectionOptions maxDepth(int depth) {
        Values changed = values.copy();
        changed.maxDepth = positive("maxDepth", depth);
        return new ConnectionOptions(changed);
    }

    /**
     * Allows more classes in messages that come in. Over TCP only numbers, strings, dates, the usual collections, the
     * exceptions of Java, and what is named here may come; over a Unix-domain socket every class may, until this method
     * names the first one. A class that is not allowed is not even initialized.
     *
     * @param patterns class names, {@code com.acme.*} for a package, {@code com.acme.**} for it and those below; a lambda is
     *     allowed where the class that it stands in is
     * @throws IllegalArgumentException if one is neither
     */
    public ConnectionOptions allow(String... patterns) {
        Values changed = values.copy();
        for (String pattern : patterns) {
            if (!pattern.matches("[\\p{javaJavaIdentifierPart}.]+(\\.\\*\\*?)?")) {
                throw new IllegalArgumentException(
                        "not a class name, package.* or package.**: pattern=\"" + pattern + "\"");
            }
            changed.allowed.add(pattern);
        }
        return new ConnectionOptions(changed);
    }

    /** Allows classes in messages that come in; see {@link #allow(String...)}. */
    public ConnectionOptions allow(Class<?>... classes) {
        String[] names = new String[classes.length];
        for (int i = 0; i < classes.length; i++) {
            names[i] = classes[i].getName();
        }
        return allow(names);
    }

    /** How long the other side may take to show its key, and TCP to connect. */
    public ConnectionOptions handshakeTimeout(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("handshakeTimeout must be more than zero: handshakeTimeout=" + value);
        }
        Values changed = values.copy();
        changed.handshakeTimeout = value;
        return new ConnectionOptions(changed);
    }

    /**
     * How many may be connected to a listener that have not shown the key yet. When one more comes, the oldest of them is cut
     * off, so that silent ones keep nobody away.
     */
    public ConnectionOptions maxPending(int value) {
        Values changed = values.copy();
        changed.maxPending = positive("maxPending", value);
        return new ConnectionOptions(changed);
    }

    /** How many connections a listener has at the most at a time. Who has the key and comes when they are there is told so. */
    public ConnectionOptions maxConnections(int value) {
        Values changed = values.copy();
        changed.maxConnections = positive("maxConnections", value);
        return new ConnectionOptions(changed);
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more: " + name + "=" + value);
        }
        return value;
    }

    AuthKey key() {
        AuthKey given = values.key;
        return given == null ? AuthKey.ofThisTree() : given;
    }

    @Nullable
    SSLContext sslContext() {
        return values.sslContext;
    }

    int maxMessage() {
        return values.maxMessage;
    }

    Duration handshakeTimeout() {
        return values.handshakeTimeout;
    }

    int maxPending() {
        return values.maxPending;
    }

    int maxConnections() {
        return values.maxConnections;
    }

    /**
     * What may come over a connection of an address.
     *
     * @param messageBytes how long the message is
     * @return for one message
     */
    public ObjectInputFilter filter(SocketAddress address, int messageBytes) {
        boolean everything = address instanceof UnixDomainSocketAddress && values.allowed.isEmpty();
        return new MessageFilter(everything ? null : values.allowed, values.maxDepth, messageBytes);
    }

    /**
     * Refuses what these options do not allow.
     *
     * @throws IllegalArgumentException for an address beyond this machine without TLS
     * @throws IOException if its name has no address
     */
    void check(SocketAddress address) throws IOException {
        if (address instanceof UnixDomainSocketAddress) {
            return;
        }
        if (!(address instanceof InetSocketAddress tcp)) {
            throw new IllegalArgumentException(
                    "address must be a UnixDomainSocketAddress or an InetSocketAddress: address=" + address);
        }
        if (tcp.isUnresolved()) {
            throw new IOException("the host of " + tcp + " is not known");
        }
        if (!tcp.getAddress().isLoopbackAddress() && values.sslContext == null && !values.plainText) {
            throw new IllegalArgumentException("messages to and from " + tcp
                    + " can be read on the way: give options an sslContext(), or say allowPlainText() if nobody else is on"
                    + " that network");
        }
    }

    /** What is said; a copy of it is changed while it is made. */
    private static final class Values implements Serializable {
        private static final long serialVersionUID = 1L;

        private @Nullable AuthKey key;

        @SuppressWarnings("serial") // see writeObject
        private @Nullable SSLContext sslContext;

        private boolean plainText;
        private int maxMessage = 64 * MIB;
        private int maxDepth = 64;
        private ArrayList<String> allowed = new ArrayList<>();
        private Duration handshakeTimeout = Duration.ofSeconds(5);
        private int maxPending = 128;
        private int maxConnections = 1024;

        private void writeObject(ObjectOutputStream out) throws IOException {
            if (sslContext != null) {
                throw new NotSerializableException(
                        "javax.net.ssl.SSLContext: it cannot travel; make it in the process that is to use it");
            }
            out.defaultWriteObject();
        }

        Values copy() {
            Values copy = new Values();
            copy.key = key;
            copy.sslContext = sslContext;
            copy.plainText = plainText;
            copy.maxMessage = maxMessage;
            copy.maxDepth = maxDepth;
            copy.allowed = new ArrayList<>(allowed);
            copy.handshakeTimeout = handshakeTimeout;
            copy.maxPending = maxPending;
            copy.maxConnections = maxConnections;
            return copy;
        }
    }
}
