package dev.procession.internal.child;

import dev.procession.internal.wire.FrameReader;
import dev.procession.internal.wire.FrameSink;
import dev.procession.internal.wire.FrameType;
import dev.procession.internal.wire.FrameWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child's end of the two pipes to its parent: messages both ways, and the news that the parent has ended.
 *
 * <p>The kernel closes the parent's end of the child's standard input when the parent dies by whatever means, so an end
 * of stream there is a proof of death that needs no polling and is not fooled by reused process ids.
 */
public final class ParentLink {
    private static volatile @Nullable ParentLink current;

    private final FrameReader in;
    private final FrameWriter out;
    private final ArrayDeque<byte[]> inbox = new ArrayDeque<>();
    private final Object monitor = new Object();
    private @Nullable StartMessage start;
    private @Nullable Receiver receiver;
    private boolean ended;

    /** Takes messages as they arrive, on the thread that watches the parent: it must be quick. */
    public interface Receiver {
        /** A message has come. The array belongs to the receiver. */
        void message(byte[] message);

        /** The parent has ended: nothing more comes. */
        void ended();
    }

    ParentLink(InputStream in, FrameWriter out) {
        this.in = new FrameReader(in, new Inbox());
        this.out = out;
    }

    /** The link of this process, or null when it is not a child of Procession's. */
    public static @Nullable ParentLink current() {
        return current;
    }

    static void install(ParentLink link) {
        current = link;
    }

    /** Reads the start message; null when the parent died before it had sent one. */
    @Nullable
    StartMessage awaitStart() throws IOException {
        while (start == null) {
            if (!in.read()) {
                return null;
            }
        }
        return start;
    }

    /** Takes messages until the parent has ended. */
    void pump() {
        try {
            while (in.read()) {
                // The sink has taken what came.
            }
        } catch (IOException e) {
            // Standard input is closed or broken: nobody is there who could send.
        }
        synchronized (monitor) {
            ended = true;
            monitor.notifyAll();
            if (receiver != null) {
                receiver.ended();
            }
        }
    }

    /** Who this child is and who started it. */
    public StartMessage start() {
        StartMessage known = start;
        if (known == null) {
            throw new IllegalStateException("the start message has not been read");
        }
        return known;
    }

    /** Whether the parent still reads what this process writes. Waits while the pipe is full, as every write does. */
    boolean isRead() {
        try {
            out.write(FrameType.OUTPUT, new byte[0]);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends a message to the parent. */
    public void send(byte[] message) throws IOException {
        out.write(FrameType.MESSAGE, message);
    }

    /** Sends a part of an array as a message to the parent. */
    public void send(byte[] source, int offset, int length) throws IOException {
        out.write(FrameType.MESSAGE, source, offset, length);
    }

    /** Hands over the messages that have come, and those that will. Once, by the body that this process runs. */
    public void receive(Receiver taker) {
        synchronized (monitor) {
            receiver = taker;
            for (byte[] message = inbox.poll(); message != null; message = inbox.poll()) {
                taker.message(message);
            }
            if (ended) {
                taker.ended();
            }
        }
    }

    /** Whether the parent still runs. */
    public boolean isParentAlive() {
        synchronized (monitor) {
            return !ended;
        }
    }

    /** Waits until the parent has ended; false when the time is up before. */
    public boolean awaitParentEnd(long timeoutNanos) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        synchronized (monitor) {
            while (!ended) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(monitor, left);
            }
            return true;
        }
    }

    private final class Inbox implements FrameSink {
        @Override
        public void message(FrameType type, byte[] message) {
            if (type == FrameType.START) {
                try {
                    start = StartMessage.decode(message);
                } catch (IOException e) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            } else if (type == FrameType.MESSAGE) {
                synchronized (monitor) {
                    if (receiver != null) {
                        receiver.message(message);
                    } else {
                        inbox.add(message);
                    }
                }
            } else if (type == FrameType.TERMINATE) {
                ChildMain.exitSoon("procession terminate", ChildMain.TERMINATED);
            }
        }

        @Override
        public void raw(byte[] source, int offset, int length) {
            // Nobody but the parent holds the other end, and it sends frames alone.
        }
    }
}
