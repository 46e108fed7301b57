package dev.procession.channel;

import dev.procession.Waitable;
import dev.procession.internal.waiting.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A socket. Its channel does not block: a thread looks for bytes itself for some microseconds, and sleeps in a selector
 * after that. So there are timeouts, and an interrupt does not close the channel as it does in a blocking read.
 */
final class ChannelTransport implements Transport {
    /** The JDK copies each write from the heap into memory that it keeps for the thread, as large as the write. */
    private static final int MOST_AT_ONCE = 128 * 1024;

    private final SocketChannel channel;
    private final boolean openToNetwork;

    // Of their own: a thread that waits to write must not wake up because there is something to read.
    private final Sleeper reading = new Sleeper(SelectionKey.OP_READ);
    private final Sleeper writing = new Sleeper(SelectionKey.OP_WRITE);
    private volatile boolean closed;
    private volatile boolean watched;

    ChannelTransport(SocketChannel channel, boolean openToNetwork) throws IOException {
        this.channel = channel;
        this.openToNetwork = openToNetwork;
        channel.configureBlocking(false);
    }

    @Override
    public int read(ByteBuffer target, long deadline) throws IOException, InterruptedException {
        int count = tryRead(target);
        if (count != 0 || Deadline.remaining(deadline) <= 0) {
            return count;
        }
        if (Spinners.enter()) {
            try {
                long end = System.nanoTime() + Spinners.NANOS;
                do {
                    Thread.onSpinWait();
                    count = tryRead(target);
                } while (count == 0 && System.nanoTime() - end < 0);
            } finally {
                Spinners.leave();
            }
        }
        while (count == 0) {
            if (!reading.sleep(deadline)) {
                return tryRead(target);
            }
            count = tryRead(target);
        }
        return count;
    }

    private int tryRead(ByteBuffer target) throws IOException {
        try {
            return channel.read(target);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            if (closed) {
                throw new ClosedChannelException();
            }
            return -1; // "connection reset": the other end is gone, with something unread
        }
    }

    @Override
    public boolean write(ByteBuffer source, long deadline) throws IOException, InterruptedException {
        int end = source.limit();
        try {
            while (source.position() < end) {
                source.limit(Math.min(end, source.position() + MOST_AT_ONCE));
                if (channel.write(source) == 0 && !writing.sleep(deadline)) {
                    return false;
                }
            }
            return true;
        } finally {
            source.limit(end);
        }
    }

    @Override
    public Waitable.Registration whenReadable(Runnable signal) {
        watched = true;
        return ReadWatch.register(channel, signal);
    }

    @Override
    public byte[] binding() {
        return new byte[0];
    }

    @Override
    public boolean isOpenToNetwork() {
        return openToNetwork;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            channel.close();
        } finally {
            // A channel that is registered stays open until its selectors have noticed.
            reading.close();
            writing.close();
            if (watched) {
                ReadWatch.closed();
            }
        }
    }

    /** Waits for the channel; opened by the first one who has to. */
    private final class Sleeper {
        private final int operation;
        private @Nullable Selector selector;

        Sleeper(int operation) {
            this.operation = operation;
        }

        /** Returns false if the deadline has passed. */
        boolean sleep(long deadline) throws IOException, InterruptedException {
            try {
                Selector open = open();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long left = Deadline.remaining(deadline);
                if (left <= 0) {
                    return false;
                }
                // Rounded up: a wait that ends early would be asked for again and again. For ever is 0.
                open.select(deadline == Deadline.NEVER ? 0 : left / 1_000_000 + 1);
                open.selectedKeys().clear();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return true;
            } catch (ClosedSelectorException e) {
                throw (ClosedChannelException) new ClosedChannelException().initCause(e);
            }
        }

        private synchronized Selector open() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            Selector open = selector;
            if (open == null) {
                open = channel.provider().openSelector();
                selector = open;
                channel.register(open, operation);
            }
            return open;
        }

        synchronized void close() throws IOException {
            if (selector != null) {
                selector.close();
            }
        }
    }
}
