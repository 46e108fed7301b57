package dev.procession.pool;

import dev.procession.process.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * The death of a worker.
 *
 * @param worker the worker's name
 * @param pid its process id
 * @param status how it ended
 * @param task the text of the task that it ran, or null when it had none
 * @param attempt the number of the attempt that ended so, from 1; 0 when it had no task
 * @param retried whether the task runs again on another worker
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public record WorkerDeath(
        String worker,
        long pid,
        ExitStatus status,
        @Nullable String task,
        int attempt,
        boolean retried) {}
