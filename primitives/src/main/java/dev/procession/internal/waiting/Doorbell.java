package dev.procession.internal.waiting;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessTable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/* Overview

One Unix socket per process, whatever the number of its threads. One sleeping thread, the leader, selects on it for all
and hands rings to the others by unpark; when it leaves, it wakes another one, which leads from then on. A virtual
thread never leads, since selecting would hold its carrier: when only virtual threads sleep, the supervisor leads.

A ring is eight bytes, the id of the object. It is only a hint: it may be lost, late or doubled. */

/** Wakes threads of other processes and of this one. */
final class Doorbell {
    /** The id that stands for every object. */
    static final long EVERYTHING = 0;

    /** Rings that are read at once, in bytes; a multiple of one ring. */
    private static final int READ_BYTES = 4096;

    private final Path directory;
    private final ProcessTable table;
    private final long self;
    private final LongConsumer onRing;
    private final AtomicReference<@Nullable Waiter> leader = new AtomicReference<>();
    private final Set<Waiter> parked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger virtualParked = new AtomicInteger();
    private final ConcurrentHashMap<Long, SocketChannel> lines = new ConcurrentHashMap<>();
    private final ReentrantLock opening = new ReentrantLock();
    private final ByteBuffer in =
            ByteBuffer.allocateDirect(READ_BYTES).order(ByteOrder.nativeOrder()); // the leader's alone

    private volatile @Nullable Thread supervisor;
    private volatile @Nullable Selector selector;
    private volatile boolean unusable;
    private volatile boolean closed;
    private @Nullable ServerSocketChannel server;
    private final AtomicLong received = new AtomicLong();

    Doorbell(Path directory, ProcessTable table, long self, LongConsumer onRing) {
        this.directory = directory;
        this.table = table;
        this.self = self;
        this.onRing = onRing;
    }

    void supervisedBy(Thread thread) {
        supervisor = thread;
    }

    /** Binds the socket; at the first long wait of this process, since it costs 50 ms in a fresh JVM. */
    void open() {
        if (selector != null || unusable) {
            return;
        }
        opening.lock();
        try {
            if (selector == null && !unusable && !closed) {
                bind();
            }
        } finally {
            opening.unlock();
        }
    }

    private void bind() {
        Path socket = directory.resolve(Owner.text(self));
        try {
            Selector opened = Selector.open();
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.configureBlocking(false);
            channel.bind(UnixDomainSocketAddress.of(socket), 1024);
            channel.register(opened, SelectionKey.OP_ACCEPT);
            server = channel;
            selector = opened;
            table.bellBound(self);
        } catch (IOException | UnsupportedOperationException e) {
            unusable = true; // no descriptors, no such sockets on this system: sleeping threads poll instead
        }
    }

    /**
     * Sleeps until the waiter is rung or a time has come.
     *
     * @param waiter the calling thread's; an interrupt ends the sleep too
     * @param deadline when to come back anyway
     */
    void await(Waiter waiter, long deadline) {
        parked.add(waiter);
        if (waiter.virtual && virtualParked.getAndIncrement() == 0) {
            LockSupport.unpark(supervisor);
        }
        try {
            while (!waiter.isRung() && !closed && !waiter.thread.isInterrupted()) {
                long left = Deadline.remaining(deadline);
                if (left <= 0) {
                    return;
                }
                if (selector == null) {
                    LockSupport.parkNanos(this, Math.min(left, WaitPolicy.LONGEST_PARK));
                    return; // without a doorbell every sleep is a poll
                }
                if (!waiter.virtual && leader.compareAndSet(null, waiter)) {
                    try {
                        if (!waiter.isRung()) {
                            listen(left);
                        }
                    } finally {
                        leader.set(null);
                    }
                } else {
                    LockSupport.parkNanos(this, left);
                }
            }
        } finally {
            parked.remove(waiter);
            if (waiter.virtual) {
                virtualParked.decrementAndGet();
            }
            // Also one that never led: it may have been woken to lead, and been rung before it could.
            promote();
        }
    }

    /** Lets rings be read for somebody who is called and does not sleep here, until {@link #unattend}. */
    void attend(Waiter waiter) {
        parked.add(waiter);
        if (virtualParked.getAndIncrement() == 0) {
            LockSupport.unpark(supervisor);
        }
    }

    void unattend(Waiter waiter) {
        if (parked.remove(waiter)) {
            virtualParked.decrementAndGet();
        }
    }

    /** For the supervisor: sleeps for a while, and leads meanwhile if only virtual threads could. */
    void supervise(Waiter supervising, long nanos) {
        if (virtualParked.get() > 0 && selector != null && leader.compareAndSet(null, supervising)) {
            try {
                listen(nanos);
            } finally {
                leader.set(null);
                promote();
            }
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** If nobody leads, wakes somebody who then does. */
    private void promote() {
        if (leader.get() != null || selector == null) {
            return;
        }
        for (Waiter next : parked) {
            if (!next.virtual && !next.isRung()) {
                LockSupport.unpark(next.thread);
                return;
            }
        }
        if (virtualParked.get() > 0) {
            LockSupport.unpark(supervisor);
        }
    }

    /** Wakes a thread of this process. */
    void wake(Waiter waiter) {
        if (waiter.wasSignalled()) {
            return;
        }
        waiter.ring();
        if (waiter.thread == Thread.currentThread()) {
            return; // the leader has read its own ring: a wake-up would only end its next select, for nothing
        }
        Selector open = selector;
        if (leader.get() == waiter && open != null) {
            open.wakeup();
        } else {
            LockSupport.unpark(waiter.thread);
        }
    }

    /**
     * Rings at another process; never blocks.
     *
     * @return whether the ring is on its way
     */
    boolean ring(long owner, long id) {
        if (!table.hasBell(owner)) {
            return false;
        }
        boolean counted = false;
        try {
            SocketChannel line = lines.get(owner);
            if (line == null) {
                line = connect(owner);
                if (line == null) {
                    table.addLostRing(self);
                    return false;
                }
            }
            ByteBuffer message = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            message.putLong(0, id);
            // Counted before it is sent: the receiver must never have read more rings than were counted.
            table.addRings(owner, 1);
            counted = true;
            int sent = line.write(message);
            if (sent != Long.BYTES) {
                table.addRings(owner, -1); // its buffer is full of rings
            }
            if (sent > 0 && sent < Long.BYTES) {
                forget(owner); // half a ring: the next one must not be read as its rest
            }
            return true;
        } catch (IOException | IllegalArgumentException e) {
            forget(owner);
            if (counted) {
                table.addRings(owner, -1);
            }
            table.addLostRing(self);
            return false;
        }
    }

    private @Nullable SocketChannel connect(long owner) throws IOException {
        if (lines.size() > table.slots()) {
            lines.keySet().forEach(known -> {
                if (!table.isMember(known)) {
                    forget(known);
                }
            });
        }
        SocketChannel line = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            line.configureBlocking(false); // from birth: a connect to a stopped process must not hang
            connected = line.connect(UnixDomainSocketAddress.of(directory.resolve(Owner.text(owner))));
        } finally {
            if (!connected) {
                line.close();
            }
        }
        if (!connected) {
            return null;
        }
        SocketChannel other = lines.putIfAbsent(owner, line);
        if (other != null) {
            line.close();
            return other;
        }
        return line;
    }

    private void forget(long owner) {
        SocketChannel line = lines.remove(owner);
        if (line != null) {
            closeQuietly(line);
        }
    }

    /** Waits for rings and hands them out; only the leader calls it. */
    private void listen(long nanos) {
        Selector open = selector;
        if (open == null) {
            return;
        }
        try {
            long millis = nanos / 1_000_000;
            if (millis == 0) {
                open.selectNow();
                if (open.selectedKeys().isEmpty()) {
                    LockSupport.parkNanos(this, nanos);
                    return;
                }
            } else {
                open.select(millis);
            }
            for (SelectionKey key : open.selectedKeys()) {
                if (key.isValid()) {
                    if (key.isAcceptable()) {
                        accept(open);
                    } else {
                        read((SocketChannel) key.channel());
                    }
                }
            }
            open.selectedKeys().clear();
        } catch (IOException | ClosedSelectorException e) {
            unusable = true;
            selector = null;
            wakeAll(); // from now on they poll
        }
    }

    private void accept(Selector open) throws IOException {
        ServerSocketChannel bound = server;
        if (bound == null) {
            return;
        }
        while (true) {
            SocketChannel line = bound.accept();
            if (line == null) {
                return;
            }
            line.configureBlocking(false);
            line.register(open, SelectionKey.OP_READ);
            read(line);
        }
    }

    private void read(SocketChannel line) {
        try {
            in.clear();
            int length = line.read(in);
            if (length < 0) {
                line.close();
            }
            received.addAndGet(Math.max(length, 0) / Long.BYTES);
            for (int at = 0; at + Long.BYTES <= length; at += Long.BYTES) {
                onRing.accept(in.getLong(at));
            }
            if (length > 0 && length % Long.BYTES != 0) {
                line.close(); // half a ring: whatever follows could not be read
                onRing.accept(EVERYTHING);
            }
        } catch (IOException e) {
            closeQuietly(line);
        }
    }

    /** Whether rings are on their way that nobody has read yet. */
    boolean ringsPending() {
        return table.rings(self) > received.get();
    }

    /** For tests: who reads the rings, null if nobody does. */
    @Nullable
    Waiter leader() {
        return leader.get();
    }

    void close() {
        closed = true;
        opening.lock();
        try {
            Selector open = selector;
            selector = null;
            unusable = true;
            if (open != null) {
                for (SelectionKey key : open.keys()) {
                    closeQuietly(key.channel());
                }
                closeQuietly(open);
                Files.deleteIfExists(directory.resolve(Owner.text(self)));
            }
        } catch (IOException e) {
            // The socket's file goes with the session's directory.
        } finally {
            opening.unlock();
        }
        lines.keySet().forEach(this::forget);
        wakeAll();
    }

    private void wakeAll() {
        parked.forEach(waiter -> {
            if (!waiter.wasSignalled()) {
                LockSupport.unpark(waiter.thread);
            }
        });
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // Nothing is lost: rings are hints.
        }
    }
}
