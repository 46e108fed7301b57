package dev.procession.pool;

import dev.procession.ProcessionException;

/**
 * The worker that ran a task died before it had a result; or no worker comes up at all. The other tasks of the pool are not
 * affected by the first.
 */
public final class WorkerDiedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final transient WorkerDeath death;

    private WorkerDiedException(WorkerDeath death, String message) {
        super(message);
        this.death = death;
    }

    static WorkerDiedException running(WorkerDeath death) {
        return new WorkerDiedException(death, death.describe());
    }

    static WorkerDiedException starting(WorkerDeath death) {
        return new WorkerDiedException(
                death,
                death.describe()
                        + "; what it printed tells more: look at its class path, its JVM options, and the machine's memory");
    }

    /** {@return who died, how, and with which task} */
    public WorkerDeath death() {
        return death;
    }
}
