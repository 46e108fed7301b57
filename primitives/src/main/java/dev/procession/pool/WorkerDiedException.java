package dev.procession.pool;

import dev.procession.ProcessionException;

/** The worker that ran a task died before it had a result. The other tasks of the pool are not affected. */
public final class WorkerDiedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final transient WorkerDeath death;

    WorkerDiedException(WorkerDeath death) {
        super("task " + death.task() + ": worker " + death.worker() + " (pid " + death.pid() + ") died running it, "
                + death.status() + "; attempt " + death.attempt() + " was the last");
        this.death = death;
    }

    /** {@return who died, how, and with which task} */
    public WorkerDeath death() {
        return death;
    }
}
