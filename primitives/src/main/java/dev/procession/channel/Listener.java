package dev.procession.channel;

import dev.procession.Waitable;
import dev.procession.internal.waiting.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Waits for others who know the same key, at a socket of this machine or over TCP.
 *
 * <p>Threads of the listener let others show their key, whether anybody calls {@link #accept} or not: so whoever connects,
 * sends and closes is heard later. Nothing that they send is looked at before that. Who has another key, speaks nonsense,
 * slowly or not at all is cut off at the handshake's timeout, or earlier when too many of them are there, and keeps nobody
 * else away; {@link #refusals} counts them.
 *
 * <p><b>Who closes.</b> Whoever opened it. Connections that were accepted stay open. When this process dies, the system
 * closes all of them; the file of a socket of this machine is removed by the next listener then.
 *
 * <pre>{@code
 * try (Listener listener = Listener.local()) {
 *     SocketAddress address = listener.address(); // serializable: give it to a child
 *     ChildProcess child = ChildProcess.of(() -> {
 *         try (Connection up = Connection.connect(address)) { up.send("hello"); }
 *     });
 *     child.start();
 *     try (Connection down = listener.accept()) { down.receive(); }
 * }
 * }</pre>
 */
public final class Listener implements Waitable, AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long PAUSE_MILLIS = 50;
    private static final long CLOSE_MILLIS = 2000;

    private final ServerSocketChannel server;
    private final SocketAddress address;
    private final ConnectionOptions options;
    private final Thread admitting;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Connection> ready = new ArrayDeque<>();
    // Oldest first: it is the one that is cut off.
    private final ArrayDeque<Transport> pending = new ArrayDeque<>();
    private final Set<Signal> signals = new HashSet<>();
    private int admitted;
    private long refusals;
    private @Nullable IOException lastRefusal;
    private boolean closed;

    private Listener(ServerSocketChannel server, SocketAddress address, ConnectionOptions options) {
        this.server = server;
        this.address = address;
        this.options = options;
        admitting = new Thread(null, this::admit, "procession listener " + address, 0, false);
        admitting.setDaemon(true);
        admitting.start();
    }

    /**
     * Listens at a new socket of this machine, for processes of this tree.
     *
     * @throws IOException if there is no directory for it
     */
    public static Listener local() throws IOException {
        return local(ConnectionOptions.standard());
    }

    /**
     * Listens at a new socket of this machine, in a directory that only this user can enter.
     *
     * @throws IOException if there is no directory for it
     */
    public static Listener local(ConnectionOptions options) throws IOException {
        return open(LocalSockets.unused(), options);
    }

    /**
     * Listens over TCP at a free port of the loopback, which only processes of this machine reach.
     *
     * @throws IOException if the system refuses
     */
    public static Listener loopback(ConnectionOptions options) throws IOException {
        return open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
    }

    /**
     * Listens at an address.
     *
     * @param address a {@link UnixDomainSocketAddress} of a file that does not exist, or an {@link InetSocketAddress}, with
     *     port 0 for a free one
     * @throws IllegalArgumentException if the options do not allow the address
     * @throws IOException if somebody else listens there, or the system refuses
     */
    public static Listener open(SocketAddress address, ConnectionOptions options) throws IOException {
        options.check(address);
        boolean local = address instanceof UnixDomainSocketAddress;
        ServerSocketChannel server =
                local ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        boolean bound = false;
        try {
            if (!local) {
                server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            server.bind(address, BACKLOG);
            Listener listener = new Listener(server, server.getLocalAddress(), options);
            bound = true;
            return listener;
        } catch (IOException e) {
            throw new IOException("cannot listen at " + address + ": " + e.getMessage(), e);
        } finally {
            if (!bound) {
                server.close();
            }
        }
    }

    /** {@return where others connect to; serializable} */
    public SocketAddress address() {
        return address;
    }

    /**
     * Waits for a connection with somebody who has shown the key.
     *
     * @return open; the caller closes it
     * @throws IOException if this listener is closed
     * @throws InterruptedException if this thread is interrupted
     */
    public Connection accept() throws IOException, InterruptedException {
        Connection connection = next(Deadline.NEVER);
        if (connection == null) {
            throw new IllegalStateException("a wait without an end has ended");
        }
        return connection;
    }

    /**
     * Waits for a connection for a limited time.
     *
     * @param timeout zero or less does not wait
     * @return empty if the time is over
     * @throws IOException if this listener is closed
     * @throws InterruptedException if this thread is interrupted
     */
    public Optional<Connection> accept(Duration timeout) throws IOException, InterruptedException {
        return Optional.ofNullable(next(Deadline.in(timeout)));
    }

    private @Nullable Connection next(long deadline) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed) {
                    throw new IOException(this + ": open another one");
                }
                Connection connection = ready.poll();
                if (connection != null) {
                    return connection;
                }
                long left = Deadline.remaining(deadline);
                if (left <= 0) {
                    return null;
                }
                arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return whether an {@code accept} would not wait now}
     *
     * @throws IllegalStateException if this listener is closed
     */
    @Override
    public boolean isReady() {
        lock.lock();
        try {
            requireOpen();
            return !ready.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Calls back when somebody has connected and shown the key.
     *
     * @throws IllegalStateException if this listener is closed
     */
    @Override
    public Registration whenReady(Runnable signal) {
        Signal added = new Signal(signal);
        lock.lock();
        try {
            requireOpen();
            signals.add(added);
        } finally {
            lock.unlock();
        }
        return () -> remove(added);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + ": open another one");
        }
    }

    private void remove(Signal signal) {
        lock.lock();
        try {
            signals.remove(signal);
        } finally {
            lock.unlock();
        }
    }

    /** With the lock; whoever is called must not use this object, so it does no harm under it. */
    private void signalAll() {
        signals.forEach(signal -> signal.runnable.run());
        signals.clear();
    }

    /** One registration; with an identity of its own, since one runnable may be registered twice. */
    private static final class Signal {
        private final Runnable runnable;

        Signal(Runnable runnable) {
            this.runnable = runnable;
        }
    }

    /** {@return how many were refused or cut off before they had shown the key} */
    public long refusals() {
        lock.lock();
        try {
            return refusals;
        } finally {
            lock.unlock();
        }
    }

    /** {@return why the last one of them was; empty if there were none} */
    public Optional<IOException> lastRefusal() {
        lock.lock();
        try {
            return Optional.ofNullable(lastRefusal);
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many connections of this listener are open} */
    public int connections() {
        lock.lock();
        try {
            return admitted;
        } finally {
            lock.unlock();
        }
    }

    /** Takes connections and lets each show its key in a thread of its own. */
    private void admit() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                begin(channel);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                pause(); // no descriptor is free, or the one that came is gone again
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(SocketChannel channel) throws IOException {
        SocketAddress from = address;
        if (!(address instanceof UnixDomainSocketAddress)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            from = channel.getRemoteAddress();
        }
        Transport transport = new ChannelTransport(channel, Connection.isNetwork(from));
        String peer = from instanceof UnixDomainSocketAddress ? "a client of " + address : "client " + from;
        Transport oldest = null;
        boolean late;
        lock.lock();
        try {
            // A thread that waits for connections may still get one when the socket is closed already.
            late = closed;
            if (!late) {
                pending.add(transport);
            }
            if (pending.size() > options.maxPending()) {
                oldest = pending.poll();
            }
        } finally {
            lock.unlock();
        }
        if (oldest != null) {
            oldest.close();
        }
        if (late) {
            transport.close();
            return;
        }
        Thread thread = new Thread(null, () -> authenticate(transport, peer), "procession handshake", 0, false);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // no thread
            refused(transport, new IOException("no thread could be started for " + peer, e));
        }
    }

    private void authenticate(Transport plain, String peer) {
        long deadline = Deadline.in(options.handshakeTimeout());
        Place place = new Place();
        try {
            Transport transport = plain;
            SSLContext context = options.sslContext();
            if (context != null && address instanceof InetSocketAddress) {
                SSLEngine engine = context.createSSLEngine();
                engine.setUseClientMode(false);
                TlsTransport tls = new TlsTransport(plain, engine);
                tls.handshake(deadline);
                transport = tls;
            }
            new Handshake(transport, options.key(), peer, deadline).accept(place::take);
            deliver(plain, new Connection(transport, options, address, peer, place::leave));
        } catch (IOException e) {
            place.leave();
            refused(plain, e);
        } catch (InterruptedException | RuntimeException | Error e) {
            place.leave();
            refused(plain, new IOException("the handshake with " + peer + " failed: " + e, e));
        }
    }

    private void deliver(Transport transport, Connection connection) {
        boolean late;
        lock.lock();
        try {
            pending.remove(transport);
            late = closed;
            if (!late) {
                ready.add(connection);
                arrived.signal();
                signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            connection.close();
        }
    }

    private void refused(Transport transport, IOException why) {
        lock.lock();
        try {
            pending.remove(transport);
            if (!closed) {
                refusals++;
                lastRefusal = why;
            }
        } finally {
            lock.unlock();
        }
        try {
            transport.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    /** One of the places for connections, from the proof of the key to the close. */
    private final class Place {
        private boolean taken;

        boolean take() {
            lock.lock();
            try {
                if (admitted < options.maxConnections()) {
                    admitted++;
                    taken = true;
                }
                return taken;
            } finally {
                lock.unlock();
            }
        }

        void leave() {
            lock.lock();
            try {
                if (taken) {
                    admitted--;
                    taken = false;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Ends it: {@code accept} fails, and who is connected and was not accepted is cut off. What was accepted stays open.
     * Idempotent.
     */
    @Override
    public void close() {
        List<AutoCloseable> left = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            left.add(server);
            left.addAll(pending);
            left.addAll(ready);
            pending.clear();
            ready.clear();
            arrived.signalAll();
            signalAll();
        } finally {
            lock.unlock();
        }
        for (AutoCloseable each : left) {
            try {
                each.close();
            } catch (Exception e) {
                // The others are to be closed all the same.
            }
        }
        awaitNobodyAdmitted();
        if (address instanceof UnixDomainSocketAddress local) {
            try {
                Files.deleteIfExists(local.getPath());
            } catch (IOException e) {
                // The next listener removes it.
            }
        }
    }

    /** The system's socket is closed when the thread that waits at it has left. */
    private void awaitNobodyAdmitted() {
        boolean interrupted = Thread.interrupted();
        try {
            admitting.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return "listener " + address + (closed ? " is closed" : ": " + admitted + " connections");
        } finally {
            lock.unlock();
        }
    }
}
