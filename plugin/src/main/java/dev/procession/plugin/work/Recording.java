package dev.procession.plugin.work;

import dev.procession.pool.PoolTask;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.timeline.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks of an engine are written down, so that they can be drawn: in the event record of a session of its own,
 * or nowhere. Closing it ends the session.
 */
public final class Recording implements AutoCloseable {
    private static final Recording OFF = new Recording(null);

    private final @Nullable Session session;

    private Recording(@Nullable Session session) {
        this.session = session;
    }

    /** {@return one that writes nothing, and costs nothing} */
    public static Recording off() {
        return OFF;
    }

    /** {@return one that writes until it is closed} */
    public static Recording on() {
        return new Recording(Session.create(SessionOptions.standard().recording(true)));
    }

    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    /**
     * Adds the record to those who run tasks in this JVM. Worker processes have it from {@link WorkerCode}.
     *
     * @param runner of this JVM
     * @return the same one when nothing is recorded
     */
    public TaskRunner around(TaskRunner runner) {
        Session here = session;
        return here == null ? runner : new RecordedRunner(runner, here);
    }

    /**
     * What has happened so far.
     *
     * @return a snapshot; empty when nothing is recorded
     */
    public Timeline timeline() {
        return session == null ? Timeline.of(List.of(), List.of()) : session.timeline();
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }

    /** Notes each task as a span of the thread that runs it. */
    private record RecordedRunner(TaskRunner runner, Session session) implements TaskRunner {
        @Override
        public <T> Answer<T> submit(PoolTask<T> task) throws IOException, InterruptedException {
            return runner.submit(new RecordedTask<>(task, session));
        }

        @Override
        public int window() {
            return runner.window();
        }

        @Override
        public void close() {
            runner.close();
        }
    }

    /** It stays in this JVM, so it need not be serializable, though all tasks say that they are. */
    @SuppressWarnings("serial")
    private record RecordedTask<T>(PoolTask<T> task, Session session) implements PoolTask<T> {
        @Override
        public T call() throws Exception {
            Session.Span span = session.span(task.toString());
            try {
                return task.call();
            } finally {
                span.close();
            }
        }

        @Override
        public String toString() {
            return task.toString();
        }
    }
}
