package dev.procession.pool;

import dev.procession.internal.child.RemoteFailure;
import dev.procession.internal.wire.ObjectCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task that was handed in by itself. */
final class SingleTask<T> extends Piece implements PoolFuture.Cancellation, Runnable {
    private final PoolCore core;
    private final PoolFuture<T> future = new PoolFuture<>();
    private final byte[] request;
    private final List<Knowledge> needs;
    private final @Nullable ClassLoader loader;
    private final long timeoutNanos;

    /** Held until there is an answer: what it refers to in a session stays there until its copy has arrived. */
    private volatile @Nullable Object task;

    private volatile @Nullable String text;

    /**
     * Serializes the task.
     *
     * @param runs what travels
     * @param named what reports name
     */
    SingleTask(PoolCore core, Callable<?> runs, Object named, long timeoutNanos) {
        this.core = core;
        this.timeoutNanos = timeoutNanos;
        this.task = Objects.requireNonNull(named, "a pool takes no null as a task");
        this.loader = named.getClass().getClassLoader();
        Broadcasts broadcasts = Broadcasts.begin(core);
        try {
            this.request = ObjectCodec.encode(runs);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "task " + TaskText.of(named) + " cannot be serialized: " + e.getMessage(), e);
        } finally {
            broadcasts.end();
        }
        this.needs = broadcasts.needed();
        future.work(this);
    }

    PoolFuture<T> future() {
        return future;
    }

    @Override
    public void cancelled(boolean running) {
        core.cancelled(this, running);
    }

    @Override
    int kind() {
        return Protocol.TASK;
    }

    @Override
    byte[] encode() {
        return request;
    }

    @Override
    List<Knowledge> needs() {
        return needs;
    }

    @Override
    boolean isWanted() {
        return !future.isDone();
    }

    @Override
    int items() {
        return 1;
    }

    @Override
    Pace pace() {
        return core.singlePace();
    }

    @Override
    long timeoutNanos() {
        return timeoutNanos;
    }

    @Override
    String text() {
        String known = text;
        if (known == null) {
            Object named = task;
            known = named == null ? "that is done" : TaskText.of(named);
            text = known;
        }
        return known;
    }

    @Override
    long firstIndex() {
        return -1;
    }

    @SuppressWarnings("unchecked") // the worker has called a Callable<T>
    @Override
    void answered(ByteBuffer content) {
        Object value;
        try {
            value = Column.read(content, loader)[0];
        } catch (IOException | ClassNotFoundException | RuntimeException | Error e) {
            // An error, too: a result that is nested too deeply or is too large must not leave the caller waiting.
            fail(RemoteTaskException.resultUndecodable(text(), e));
            return;
        }
        release();
        future.complete((T) value);
    }

    @Override
    void failed(RemoteFailure failure, boolean undecodable, String worker) {
        Throwable thrown = failure.thrown(loader);
        if (undecodable) {
            fail(RemoteTaskException.undecodable(text(), worker, failure, thrown));
        } else {
            fail(thrown != null ? thrown : RemoteTaskException.thrown(text(), failure));
        }
    }

    @Override
    List<Piece> refused(Throwable thrown) {
        fail(thrown);
        return List.of();
    }

    @Override
    void fail(Throwable thrown) {
        release();
        future.completeExceptionally(thrown);
    }

    private void release() {
        task = null;
        dropPayload();
        future.work(null);
    }

    /** Runs a copy of the task here: for whoever got it from {@code shutdownNow}. */
    @Override
    public void run() {
        try {
            if (ObjectCodec.decode(request, loader) instanceof Callable<?> callable) {
                callable.call();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("task " + text() + " failed: " + e, e);
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
