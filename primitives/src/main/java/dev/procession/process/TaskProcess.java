package dev.procession.process;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a task that was given, and forgets it in the parent once it is on its way. */
final class TaskProcess extends ChildProcess {
    private static final long serialVersionUID = 1L;

    private @Nullable ChildTask task;
    private final transient Class<?> written;

    TaskProcess(ChildOptions options, ChildTask task) {
        this(options, Objects.requireNonNull(task, "a child needs a task"), task);
    }

    /**
     * With a task of this library's around one of the user's.
     *
     * @param written what the user gave
     */
    TaskProcess(ChildOptions options, ChildTask task, Object written) {
        super(options);
        this.task = task;
        this.written = written.getClass();
    }

    @Override
    Class<?> bodyClass() {
        return written;
    }

    @Override
    protected void run() throws Exception {
        ChildTask given = task;
        if (given != null) {
            given.run();
        }
    }

    /** The task as a call, where it is so simple. */
    @Nullable
    StaticCall call() {
        ChildTask given = task;
        return given == null ? null : StaticCall.of(given);
    }

    @Override
    void onStarted() {
        task = null;
    }
}
