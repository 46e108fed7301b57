package dev.procession.pool;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A function for items that are read while results are taken. A thread of its own reads the input, since the input may
 * block, and is let go on only while fewer items than the window allows are between it and the consumer.
 *
 * <p>Its own monitor guards everything; the pool's lock may be taken before it, never after.
 */
final class LazyCall<T, R> extends ManyCall {
    private final boolean ordered;
    private final int fixedWindow;
    private final ArrayDeque<Object> buffer = new ArrayDeque<>();
    private final Map<Long, Outcome> early = new HashMap<>();
    private final ArrayDeque<Outcome> ready = new ArrayDeque<>();
    private @Nullable Iterable<? extends T> input;
    private long read;
    private long given;
    private long consumed;
    private int window;
    private boolean inputEnded;
    private boolean abandoned;
    private @Nullable Throwable inputFailure;
    private @Nullable RuntimeException abortion;

    LazyCall(
            PoolCore core,
            String name,
            Object function,
            Iterable<? extends T> input,
            int chunk,
            int window,
            boolean ordered) {
        super(core, name, function, function, chunk);
        this.input = input;
        this.fixedWindow = window;
        this.window = window > 0 ? window : 4 * core.workers() * Math.max(1, chunk);
        this.ordered = ordered;
    }

    /** What one item has come to. */
    private record Outcome(@Nullable Object value, @Nullable Throwable thrown) {}

    /** Null stands for itself in a deque that takes none. */
    private static final Object NOTHING = new Object();

    /** Runs on the reading thread. */
    void readInput() {
        try {
            Iterable<? extends T> whole = input();
            if (whole == null) {
                return;
            }
            Iterator<? extends T> from = whole.iterator();
            while (awaitRoom()) {
                if (!from.hasNext()) {
                    inputEnded(null);
                    return;
                }
                T item = from.next();
                if (!add(item)) {
                    return;
                }
                core().offer(this);
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            inputEnded(e);
        }
    }

    private synchronized @Nullable Iterable<? extends T> input() {
        return input;
    }

    /** Waits until one more item may be read; false when none is to be read any more. */
    private synchronized boolean awaitRoom() throws InterruptedException {
        while (!inputEnded && read - consumed >= window) {
            wait();
        }
        return !inputEnded;
    }

    private synchronized boolean add(@Nullable T item) {
        if (inputEnded) {
            return false;
        }
        buffer.add(item == null ? NOTHING : item);
        read++;
        return true;
    }

    private synchronized void inputEnded(@Nullable Throwable thrown) {
        if (!inputEnded) {
            inputEnded = true;
            inputFailure = thrown;
        }
        input = null;
        notifyAll();
        if (isOver()) {
            over();
        }
    }

    @Override
    public synchronized @Nullable Piece next() {
        if (buffer.isEmpty() || abandoned) {
            return null;
        }
        int size = Math.min(nextChunk(), buffer.size());
        if (fixedWindow == 0) {
            window = Math.max(window, 4 * core().workers() * size);
        }
        @Nullable Object[] items = new Object[size];
        for (int i = 0; i < size; i++) {
            Object item = buffer.poll();
            items[i] = item == NOTHING ? null : item;
        }
        Piece piece = new Chunk(this, items, 0, size, given);
        given += size;
        return piece;
    }

    @Override
    public synchronized boolean hasNext() {
        return !buffer.isEmpty() && !abandoned;
    }

    @Override
    public synchronized int pieces() {
        return buffer.size() / Math.max(1, fixedChunk()) + 1;
    }

    @Override
    boolean endsWithFailure() {
        return false;
    }

    @Override
    synchronized boolean isWanted() {
        return !abandoned;
    }

    @Override
    synchronized void results(long first, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            arrived(first + i, new Outcome(values[i], null));
        }
        notifyAll();
    }

    @Override
    synchronized void failed(long index, Throwable thrown) {
        arrived(index, new Outcome(null, thrown));
        notifyAll();
    }

    @Override
    void refused(long index, RefusedItemException thrown) {
        failed(index, thrown);
    }

    private void arrived(long index, Outcome outcome) {
        if (abandoned) {
            return;
        }
        if (!ordered) {
            ready.add(outcome);
            return;
        }
        long nextIndex = consumed + ready.size();
        if (index != nextIndex) {
            early.put(index, outcome);
            return;
        }
        ready.add(outcome);
        for (Outcome next = early.remove(++nextIndex); next != null; next = early.remove(++nextIndex)) {
            ready.add(next);
        }
    }

    /** Waits until it is known. */
    synchronized boolean awaitNext() {
        try {
            return awaitNext(0);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param deadline by the nano clock, 0 for none */
    private boolean awaitNext(long deadline) throws TimeoutException {
        while (true) {
            if (!ready.isEmpty()) {
                return true;
            }
            if (abortion != null) {
                return true;
            }
            if (abandoned) {
                return false;
            }
            if (inputEnded && consumed == read) {
                return inputFailure != null;
            }
            try {
                if (deadline == 0) {
                    wait();
                } else {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        throw new TimeoutException("no result of " + text(consumed, consumed) + " yet");
                    }
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException("interrupted while it waited for a result", e);
            }
        }
    }

    /** @param deadline by the nano clock, 0 for none */
    @SuppressWarnings({"unchecked", "NullAway"}) // the workers have applied a PoolFunction<T, R>; R may be nullable
    synchronized R take(long deadline) throws TimeoutException {
        if (!awaitNext(deadline)) {
            throw new NoSuchElementException("all results have been taken");
        }
        Outcome outcome = ready.poll();
        if (outcome == null) {
            RuntimeException aborted = abortion;
            if (aborted != null) {
                throw aborted;
            }
            Throwable failure = inputFailure;
            inputFailure = null;
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            throw new CompletionException(failure);
        }
        consumed++;
        notifyAll();
        if (isOver()) {
            over();
        }
        Throwable thrown = outcome.thrown();
        if (thrown instanceof RefusedItemException refused) {
            throw refused;
        }
        if (thrown != null) {
            throw new CompletionException(thrown);
        }
        return (R) outcome.value();
    }

    private boolean isOver() {
        return inputEnded && consumed == read;
    }

    private void over() {
        forget();
        core().ended(this);
    }

    /** The pool accepts nothing any more: what was not read will not be. */
    void stopReading() {
        inputEnded(new IllegalStateException(
                "the pool was closed before the input of " + core() + " was read to its end"));
    }

    /** The pool was shut down at once. */
    synchronized void abort() {
        abortion = new CancellationException(core() + " was shut down");
        drop();
    }

    /** The consumer wants no more. */
    void abandon() {
        synchronized (this) {
            if (abandoned) {
                return;
            }
            drop();
            over();
        }
        core().dropUnwanted();
    }

    private void drop() {
        abandoned = true;
        inputEnded = true;
        input = null;
        buffer.clear();
        ready.clear();
        early.clear();
        notifyAll();
    }
}
