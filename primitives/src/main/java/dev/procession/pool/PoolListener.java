package dev.procession.pool;

/** Hears what happens to the workers of a pool. Called on the pool's own threads: it must be quick and must not throw. */
public interface PoolListener {

    /**
     * A worker died while it ran a task, or before it took its first one.
     *
     * @param death who died, how, with which task, and whether that task runs again
     */
    default void workerDied(WorkerDeath death) {}
}
