package dev.procession.pool;

import dev.procession.internal.child.RemoteFailure;
import dev.procession.internal.wire.ObjectCodec;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A submitted task: its bytes, its text for reports, and who waits for its result. */
final class Job<T> {
    private final byte[] request;
    private final String text;
    private final @Nullable ClassLoader loader;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    Job(PoolTask<T> task) {
        try {
            this.request = ObjectCodec.encode(task);
        } catch (IOException e) {
            throw new IllegalArgumentException("task " + task + " cannot be serialized: " + e.getMessage(), e);
        }
        this.text = String.valueOf(task);
        this.loader = task.getClass().getClassLoader();
    }

    byte[] request() {
        return request;
    }

    String text() {
        return text;
    }

    CompletableFuture<T> result() {
        return result;
    }

    /** Whether nobody waits any more: the task was cancelled before it began. */
    boolean isDone() {
        return result.isDone();
    }

    @SuppressWarnings("unchecked") // the worker has called a PoolTask<T>
    void reply(byte[] message) {
        try {
            Reply reply = Reply.decode(message);
            RemoteFailure failure = reply.failure();
            if (failure == null) {
                result.complete((T) ObjectCodec.decode(reply.value(), loader));
                return;
            }
            Throwable thrown = failure.thrown(loader);
            fail(
                    thrown != null
                            ? thrown
                            : new RemoteTaskException(text, failure.className(), failure.message(), failure.stack()));
        } catch (IOException | ClassNotFoundException | RuntimeException | Error e) {
            // An error, too: a result that is nested too deeply or is too large must not leave the caller waiting.
            fail(new RemoteTaskException(
                    text, e.getClass().getName(), "the result cannot be decoded here: " + e.getMessage(), ""));
        }
    }

    void fail(Throwable thrown) {
        result.completeExceptionally(thrown);
    }
}
