package dev.procession.pool;

import dev.procession.internal.child.ParentLink;
import dev.procession.internal.child.Preparation;
import dev.procession.internal.wire.ObjectCodec;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a worker runs: takes a task, sends its result back, and again, until it gets an empty message. */
final class WorkerLoop {
    private WorkerLoop() {}

    static void run() throws IOException, InterruptedException {
        ParentLink link = ParentLink.current();
        if (link == null) {
            throw new IllegalStateException("a worker runs in a child process only");
        }
        for (byte[] request = link.receive(); request != null && request.length > 0; request = link.receive()) {
            link.send(answer(request));
        }
    }

    private static @Nullable Object decoded(byte[] request) throws IOException, ClassNotFoundException {
        Preparation.begin();
        try {
            return ObjectCodec.decode(request, Thread.currentThread().getContextClassLoader());
        } finally {
            Preparation.end();
        }
    }

    private static byte[] answer(byte[] request) throws IOException {
        try {
            Object task = decoded(request);
            if (task instanceof Callable<?> callable) {
                return answer(callable);
            }
            throw new IllegalStateException("not a task: " + task);
        } catch (Throwable thrown) { // everything that a task throws is its result
            return Reply.ofFailure(thrown);
        }
    }

    private static byte[] answer(Callable<?> task) throws Exception {
        Object result = task.call();
        try {
            return Reply.ofResult(result);
        } catch (NotSerializableException e) {
            NotSerializableException named =
                    new NotSerializableException(e.getMessage() + ", in the result of task " + task);
            named.setStackTrace(e.getStackTrace());
            throw named;
        }
    }
}
