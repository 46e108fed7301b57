package dev.procession.channel;

import dev.procession.DecodingException;
import dev.procession.Waitable;
import dev.procession.internal.waiting.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidClassException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Messages both ways between two processes that have shown each other that they know the same {@link AuthKey}. A message is
 * one object, or some bytes; it arrives whole, once, and in the order in which it was sent.
 *
 * <p><b>Who waits for whom.</b> {@code receive} waits until a message is there; {@code send} waits while the other side has
 * not taken what is on its way (some 200 kB). Both have forms with a timeout and end when the thread is interrupted.
 * Several threads may send and several may receive: a message is never mixed with another one.
 *
 * <p><b>When the other side closes or dies</b>, what it had sent before can still be received; after that {@code receive}
 * throws {@link EOFException}, and {@code send} an {@link IOException}. A process that is stopped is alive. A machine that
 * loses its current or its network says nothing: use the forms with a timeout where that can happen.
 *
 * <p><b>Who closes.</b> Whoever opened or accepted it. The connection belongs to this process and cannot be sent to another
 * one; send the {@link Listener#address} instead.
 *
 * <pre>{@code
 * try (Connection connection = Connection.connect(address)) {
 *     connection.send(List.of("sum", 1, 2));
 *     Object answer = connection.receive(Duration.ofSeconds(5));
 * }
 * }</pre>
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public final class Connection implements Waitable, AutoCloseable {
    /*
     * A frame:
     *
     *   0         4      5
     *   +---------+------+-----------
     *   | length  | kind | payload ...        big-endian; length counts the payload
     *   +---------+------+-----------
     */
    private static final int HEADER = 5;
    private static final byte OBJECT = 1;
    private static final byte BYTES = 2;

    /** A message up to this size leaves in one write with its header. */
    private static final int SMALL = 64 * 1024;

    private final Transport transport;
    private final ConnectionOptions options;
    private final SocketAddress address;
    private final String peer;
    private final Runnable onClose;
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock receiving = new ReentrantLock();
    private volatile boolean closed;

    // Under receiving: what has come. A frame may come in many parts, with timeouts and interrupts between them.
    private final ByteBuffer input = ByteBuffer.allocate(16 * 1024).flip();
    private byte @Nullable [] payload;
    private int length;
    private int filled;
    private byte kind;
    private boolean ended;

    Connection(Transport transport, ConnectionOptions options, SocketAddress address, String peer, Runnable onClose) {
        this.transport = transport;
        this.options = options;
        this.address = address;
        this.peer = peer;
        this.onClose = onClose;
    }

    /**
     * Connects to a listener of this tree of processes.
     *
     * @param address the listener's {@link Listener#address}
     * @throws AuthenticationException if one side has another key
     * @throws IOException if nobody listens there
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public static Connection connect(SocketAddress address) throws IOException, InterruptedException {
        return connect(address, ConnectionOptions.standard());
    }

    /**
     * Connects to a listener.
     *
     * @param address a {@link UnixDomainSocketAddress} or an {@link InetSocketAddress}
     * @param options with the listener's key
     * @throws AuthenticationException if one side has another key
     * @throws java.net.SocketTimeoutException if the listener did not show it in time
     * @throws IllegalArgumentException if the options do not allow the address
     * @throws IOException if nobody listens there, or there are too many connections
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public static Connection connect(SocketAddress address, ConnectionOptions options)
            throws IOException, InterruptedException {
        options.check(address);
        long deadline = Deadline.in(options.handshakeTimeout());
        String peer = "listener " + address;
        Transport plain = new ChannelTransport(open(address, deadline), isNetwork(address));
        boolean connected = false;
        try {
            Transport transport = plain;
            SSLContext context = options.sslContext();
            if (context != null && address instanceof InetSocketAddress tcp) {
                SSLEngine engine = context.createSSLEngine(tcp.getHostString(), tcp.getPort());
                engine.setUseClientMode(true);
                TlsTransport tls = new TlsTransport(plain, engine);
                tls.handshake(deadline);
                transport = tls;
            }
            new Handshake(transport, options.key(), peer, deadline).connect();
            connected = true;
            return new Connection(transport, options, address, peer, () -> {});
        } finally {
            if (!connected) {
                plain.close();
            }
        }
    }

    static boolean isNetwork(SocketAddress address) {
        return address instanceof InetSocketAddress tcp && !tcp.getAddress().isLoopbackAddress();
    }

    private static SocketChannel open(SocketAddress address, long deadline) throws IOException, InterruptedException {
        boolean local = address instanceof UnixDomainSocketAddress;
        SocketChannel channel = local ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        boolean connected = false;
        try {
            if (local) {
                channel.connect(address); // at once, unless the listener's queue is full
            } else {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                if (!channel.connect(address)) {
                    awaitConnected(channel, address, deadline);
                }
            }
            connected = true;
            return channel;
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException e) {
            throw new IOException("nobody listens at " + address + ": " + e.getMessage(), e);
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    private static void awaitConnected(SocketChannel channel, SocketAddress address, long deadline)
            throws IOException, InterruptedException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_CONNECT);
            while (!channel.finishConnect()) {
                long left = Deadline.remaining(deadline);
                if (left <= 0) {
                    throw new IOException("no answer from " + address + " in time: see handshakeTimeout");
                }
                selector.select(left / 1_000_000 + 1);
                selector.selectedKeys().clear();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    /**
     * Sends an object.
     *
     * @param message serializable, or null; it is encoded before anything is sent
     * @throws dev.procession.EncodingException if it is not; nothing was sent
     * @throws IllegalArgumentException if it is too long; nothing was sent
     * @throws IOException if the other side is gone, or this connection is closed
     * @throws InterruptedException if this thread is interrupted; if a part of the message was sent before, the connection
     *     is closed
     */
    public void send(@Nullable Object message) throws IOException, InterruptedException {
        ByteSink bytes = encoded(message);
        untimed(() -> write(OBJECT, bytes.array(), 0, bytes.length(), Deadline.NEVER));
    }

    /**
     * Sends an object, unless the other side does not take it in time.
     *
     * @param message serializable, or null
     * @param timeout how long to wait at most
     * @throws TimeoutException if the time is over; if a part of the message was sent before, the connection is closed
     * @throws IOException as in {@link #send(Object)}
     * @throws InterruptedException as in {@link #send(Object)}
     */
    public void send(@Nullable Object message, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        long deadline = Deadline.in(timeout);
        ByteSink bytes = encoded(message);
        write(OBJECT, bytes.array(), 0, bytes.length(), deadline);
    }

    private static ByteSink encoded(@Nullable Object message) throws IOException {
        ByteSink bytes = new ByteSink();
        if (message != null) { // which is no bytes: a codec knows no null
            Codec.objects().encode(message, bytes);
        }
        return bytes;
    }

    /** Sends bytes; otherwise as {@link #send(Object)}. */
    public void sendBytes(byte[] message) throws IOException, InterruptedException {
        sendBytes(message, 0, message.length);
    }

    /**
     * Sends a part of an array as one message; otherwise as {@link #send(Object)}.
     *
     * @throws IndexOutOfBoundsException if the array does not have these bytes; nothing was sent
     */
    public void sendBytes(byte[] source, int offset, int count) throws IOException, InterruptedException {
        Objects.checkFromIndexSize(offset, count, source.length);
        untimed(() -> write(BYTES, source, offset, count, Deadline.NEVER));
    }

    /** Sends bytes, unless the other side does not take them in time; otherwise as {@link #send(Object, Duration)}. */
    public void sendBytes(byte[] message, Duration timeout) throws IOException, InterruptedException, TimeoutException {
        write(BYTES, message, 0, message.length, Deadline.in(timeout));
    }

    private void write(byte frameKind, byte[] source, int offset, int count, long deadline)
            throws IOException, InterruptedException, TimeoutException {
        if (count > options.maxMessage()) {
            throw new IllegalArgumentException("a message of " + count + " bytes is longer than maxMessage="
                    + options.maxMessage() + ": raise it on both sides");
        }
        byte[] head = new byte[HEADER + (count <= SMALL ? count : 0)];
        ByteBuffer first = ByteBuffer.wrap(head).putInt(count).put(frameKind);
        if (count <= SMALL) {
            first.put(source, offset, count);
        }
        first.flip();
        lock(sending, deadline);
        boolean whole = false;
        boolean begun = false;
        try {
            requireOpen();
            begun = true;
            whole = transport.write(first, deadline)
                    && (count <= SMALL || transport.write(ByteBuffer.wrap(source, offset, count), deadline));
            if (!whole) {
                throw new TimeoutException(peer + " did not take a message of " + count + " bytes in time");
            }
        } catch (ClosedChannelException e) {
            throw closedHere(e);
        } finally {
            sending.unlock();
            // Of half a frame nothing could be made on the other side.
            if (begun && !whole && first.position() > 0) {
                close();
            }
        }
    }

    /**
     * Waits for a message.
     *
     * @return what was sent: an object, or the array of a message of bytes
     * @throws EOFException if the other side has closed the connection or died, and all that it sent is received
     * @throws DecodingException if the message cannot be decoded here: its class is missing or not allowed. It is gone then,
     *     and the connection goes on
     * @throws IOException if this connection is closed, or the message is too long
     * @throws InterruptedException if this thread is interrupted; the next {@code receive} gets the message
     */
    public @Nullable Object receive() throws IOException, InterruptedException {
        return decode(untimedFrame());
    }

    /**
     * Waits for a message for a limited time.
     *
     * @param timeout zero or less does not wait
     * @return what was sent
     * @throws TimeoutException if the time is over; the next {@code receive} gets the message
     * @throws IOException as in {@link #receive()}
     * @throws InterruptedException as in {@link #receive()}
     */
    public @Nullable Object receive(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return decode(frame(Deadline.in(timeout)));
    }

    /**
     * Waits for a message of bytes.
     *
     * @throws IOException if the message is an object, which can be received after that, or as in {@link #receive()}
     * @throws InterruptedException as in {@link #receive()}
     */
    public byte[] receiveBytes() throws IOException, InterruptedException {
        try {
            return bytes(Deadline.NEVER);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a message of bytes for a limited time; otherwise as {@link #receive(Duration)}. */
    public byte[] receiveBytes(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return bytes(Deadline.in(timeout));
    }

    /**
     * Waits for a message of bytes and puts it into an array.
     *
     * @param offset where in the array
     * @return how many bytes they are
     * @throws BufferTooShortException if there is no room for it; it has the message
     * @throws IOException as in {@link #receiveBytes()}
     * @throws InterruptedException as in {@link #receive()}
     */
    public int receiveBytes(byte[] target, int offset) throws IOException, InterruptedException {
        int room = target.length - Objects.checkIndex(offset, target.length + 1);
        byte[] message = receiveBytes();
        if (message.length > room) {
            throw new BufferTooShortException(toString(), room, message);
        }
        System.arraycopy(message, 0, target, offset, message.length);
        return message.length;
    }

    /** {@return whether a {@code receive} would not wait now: a whole message is there, or the other side is gone} */
    public boolean poll() throws IOException {
        if (!receiving.tryLock()) {
            return false; // somebody waits for a message, so there is none
        }
        try {
            return arrive(Deadline.inNanos(0));
        } catch (InterruptedException e) {
            throw new IllegalStateException("a look that does not wait was interrupted", e);
        } catch (ClosedChannelException e) {
            throw closedHere(e);
        } finally {
            receiving.unlock();
        }
    }

    /**
     * Waits until {@code receive} would not wait.
     *
     * @param timeout zero or less does not wait
     * @return false if the time is over
     * @throws IOException if this connection is closed
     * @throws InterruptedException if this thread is interrupted
     */
    public boolean poll(Duration timeout) throws IOException, InterruptedException {
        long deadline = Deadline.in(timeout);
        try {
            lock(receiving, deadline);
        } catch (TimeoutException e) {
            return false;
        }
        try {
            return arrive(deadline);
        } catch (ClosedChannelException e) {
            throw closedHere(e);
        } finally {
            receiving.unlock();
        }
    }

    /**
     * {@return whether a {@code receive} would not wait now: a whole message is there, or the other side is gone}
     *
     * @throws IllegalStateException if this connection is closed
     */
    @Override
    public boolean isReady() {
        try {
            return poll();
        } catch (IOException e) {
            if (closed) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            return true; // what comes is no message, and receive() will say so
        }
    }

    /**
     * Calls back when a message, or a part of one, has come, or the other side is gone.
     *
     * @throws IllegalStateException if this connection is closed
     */
    @Override
    public Registration whenReady(Runnable signal) {
        if (closed) {
            throw new IllegalStateException("the connection with " + peer + " is closed on this side");
        }
        return transport.whenReadable(signal);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Frame(byte kind, byte[] payload) {}

    private @Nullable Object decode(Frame frame) throws IOException {
        if (frame.kind() == BYTES) {
            return frame.payload();
        }
        byte[] bytes = frame.payload();
        if (bytes.length == 0) {
            return null;
        }
        try {
            return Codec.objects(options.filter(address, bytes.length)).decode(ByteBuffer.wrap(bytes));
        } catch (ClassNotFoundException e) {
            throw new DecodingException(
                    "a message from " + peer + " has an object of a class that is not here: " + e.getMessage(), e);
        } catch (InvalidClassException e) {
            throw new DecodingException(
                    "a message from " + peer + " was refused: " + e.getMessage()
                            + "; if it is to come, see ConnectionOptions.allow() and maxDepth()",
                    e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new DecodingException("a message from " + peer + " cannot be decoded: " + e, e);
        }
    }

    private Frame untimedFrame() throws IOException, InterruptedException {
        try {
            return frame(Deadline.NEVER);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private Frame frame(long deadline) throws IOException, InterruptedException, TimeoutException {
        lock(receiving, deadline);
        try {
            awaitFrame(deadline);
            return take();
        } catch (ClosedChannelException e) {
            throw closedHere(e);
        } finally {
            receiving.unlock();
        }
    }

    private byte[] bytes(long deadline) throws IOException, InterruptedException, TimeoutException {
        lock(receiving, deadline);
        try {
            awaitFrame(deadline);
            if (kind != BYTES) {
                throw new IOException("the next message from " + peer + " is an object: call receive()");
            }
            return take().payload();
        } catch (ClosedChannelException e) {
            throw closedHere(e);
        } finally {
            receiving.unlock();
        }
    }

    private void awaitFrame(long deadline) throws IOException, InterruptedException, TimeoutException {
        if (!arrive(deadline)) {
            throw new TimeoutException("no message from " + peer + " in time");
        }
        if (!isWhole()) {
            throw new EOFException(peer + " has closed the connection, or ended"
                    + (payload == null && !input.hasRemaining() ? "" : " in the midst of a message"));
        }
    }

    private boolean isWhole() {
        return payload != null && filled == length;
    }

    private Frame take() {
        Frame frame = new Frame(kind, Objects.requireNonNull(payload));
        payload = null;
        return frame;
    }

    /** Reads until a whole frame is there or the end (true), or the deadline has passed (false). */
    private boolean arrive(long deadline) throws IOException, InterruptedException {
        requireOpen();
        while (!isWhole() && !ended) {
            byte[] target = payload;
            if (target == null) {
                if (input.remaining() >= HEADER) {
                    begin();
                } else {
                    input.compact();
                    int count;
                    try {
                        count = transport.read(input, deadline);
                    } finally {
                        input.flip();
                    }
                    if (!came(count)) {
                        return false;
                    }
                }
            } else if (filled == target.length) {
                // Only now: an announced length is not yet a message, and must not cost memory.
                payload = Arrays.copyOf(target, (int) Math.min(length, 4L * target.length));
            } else {
                int count = transport.read(ByteBuffer.wrap(target, filled, target.length - filled), deadline);
                if (!came(count)) {
                    return false;
                }
                filled += Math.max(count, 0);
            }
        }
        return true;
    }

    private boolean came(int count) {
        if (count < 0) {
            ended = true;
        }
        return count != 0;
    }

    private void begin() throws IOException {
        int announced = input.getInt();
        byte announcedKind = input.get();
        if (announced < 0 || announced > options.maxMessage() || (announcedKind != OBJECT && announcedKind != BYTES)) {
            close();
            throw new IOException(peer + " announced a message of " + (announced & 0xFFFFFFFFL) + " bytes and kind "
                    + announcedKind + ", maxMessage=" + options.maxMessage() + ": the connection was closed");
        }
        kind = announcedKind;
        length = announced;
        byte[] target = new byte[Math.min(length, SMALL)];
        filled = Math.min(target.length, input.remaining());
        input.get(target, 0, filled);
        payload = target;
    }

    private interface Untimed {
        void run() throws IOException, InterruptedException, TimeoutException;
    }

    private static void untimed(Untimed body) throws IOException, InterruptedException {
        try {
            body.run();
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void lock(ReentrantLock lock, long deadline) throws InterruptedException, TimeoutException {
        if (lock.tryLock()) {
            return;
        }
        if (!lock.tryLock(Math.max(0, Deadline.remaining(deadline)), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("other threads use the connection");
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw closedHere(null);
        }
    }

    private IOException closedHere(@Nullable Throwable cause) {
        return new IOException("the connection with " + peer + " is closed on this side", cause);
    }

    /** {@return the listener's address} */
    public SocketAddress address() {
        return address;
    }

    /** {@return whether it was not closed on this side; the other side may be gone all the same} */
    public boolean isOpen() {
        return !closed;
    }

    /** Closes it: the other side sees the end after what was sent. Threads that wait in it get an exception. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            transport.close();
        } catch (IOException e) {
            // There is nothing that the caller could do; the descriptor is gone.
        } finally {
            onClose.run();
        }
    }

    @Override
    public String toString() {
        return "connection with " + peer + (closed ? " (closed)" : "");
    }
}
