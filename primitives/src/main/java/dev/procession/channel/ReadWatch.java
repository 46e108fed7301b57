package dev.procession.channel;

import dev.procession.Waitable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls whoever waits for several things when one of their connections has something to read. One thread for all of them in this
 * JVM; it is there while somebody waits, and ends some seconds later.
 */
final class ReadWatch implements Runnable {
    private static final long LINGER_MILLIS = 2000;

    private static final Object GUARD = new Object();
    private static @Nullable ReadWatch current; // under GUARD

    private final Selector selector;

    // Under GUARD. What a channel is registered for, only this thread changes.
    private final Map<SocketChannel, List<Signal>> waiting = new HashMap<>();

    private ReadWatch(Selector selector) {
        this.selector = selector;
    }

    /** One registration; with an identity of its own, since one runnable may be registered twice. */
    private static final class Signal {
        private final Runnable runnable;

        Signal(Runnable runnable) {
            this.runnable = runnable;
        }
    }

    /** Calls back once when a channel, which does not block, has something to read or is closed. */
    static Waitable.Registration register(SocketChannel channel, Runnable runnable) {
        Signal signal = new Signal(runnable);
        synchronized (GUARD) {
            ReadWatch watch = current();
            watch.waiting.computeIfAbsent(channel, key -> new ArrayList<>(1)).add(signal);
            watch.selector.wakeup();
        }
        return () -> remove(channel, signal);
    }

    private static ReadWatch current() {
        ReadWatch known = current;
        if (known != null) {
            return known;
        }
        try {
            ReadWatch made = new ReadWatch(Selector.open());
            Thread thread = new Thread(null, made, "procession connection watch", 0, false);
            thread.setDaemon(true);
            thread.start();
            current = made;
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("connections cannot be waited for: " + e.getMessage(), e);
        }
    }

    private static void remove(SocketChannel channel, Signal signal) {
        synchronized (GUARD) {
            ReadWatch watch = current;
            List<Signal> signals = watch == null ? null : watch.waiting.get(channel);
            if (signals != null && signals.remove(signal) && signals.isEmpty() && watch != null) {
                watch.waiting.remove(channel);
                watch.selector.wakeup();
            }
        }
    }

    /** A channel was closed: its descriptor is free only when the selector has noticed. */
    static void closed() {
        synchronized (GUARD) {
            if (current != null) {
                current.selector.wakeup();
            }
        }
    }

    @Override
    public void run() {
        try (selector) {
            while (true) {
                boolean idle = match();
                selector.select(idle ? LINGER_MILLIS : 0);
                Thread.interrupted(); // nobody means this thread
                List<Signal> ready = ready();
                ready.forEach(signal -> signal.runnable.run());
                if (idle && ready.isEmpty() && ended()) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            abandon();
        }
    }

    /** Registers the channels that somebody waits for, and no others; returns whether there is none. */
    private boolean match() throws IOException {
        synchronized (GUARD) {
            for (SelectionKey key : selector.keys()) {
                if (key.isValid() && !waiting.containsKey((SocketChannel) key.channel())) {
                    key.cancel();
                }
            }
        }
        selector.selectNow(); // cancelled keys go: else a channel that is wanted again could not be registered
        synchronized (GUARD) {
            for (Iterator<Map.Entry<SocketChannel, List<Signal>>> each =
                            waiting.entrySet().iterator();
                    each.hasNext(); ) {
                Map.Entry<SocketChannel, List<Signal>> entry = each.next();
                try {
                    entry.getKey().register(selector, SelectionKey.OP_READ);
                } catch (ClosedChannelException | CancelledKeyException e) {
                    each.remove();
                    entry.getValue().forEach(signal -> signal.runnable.run());
                }
            }
            return waiting.isEmpty();
        }
    }

    private List<Signal> ready() {
        List<Signal> ready = new ArrayList<>();
        synchronized (GUARD) {
            for (SelectionKey key : selector.selectedKeys()) {
                List<Signal> signals = waiting.remove((SocketChannel) key.channel());
                if (signals != null) {
                    ready.addAll(signals);
                }
            }
        }
        selector.selectedKeys().clear();
        return ready;
    }

    private boolean ended() {
        synchronized (GUARD) {
            if (!waiting.isEmpty() || !selector.keys().isEmpty()) {
                return false;
            }
            current = null;
            return true;
        }
    }

    /** Whatever ended this thread, nobody is to wait for it: who looks again registers with the next one. */
    private void abandon() {
        List<Signal> left = new ArrayList<>();
        synchronized (GUARD) {
            if (current == this) {
                current = null;
            }
            waiting.values().forEach(left::addAll);
            waiting.clear();
        }
        left.forEach(signal -> signal.runnable.run());
    }
}
