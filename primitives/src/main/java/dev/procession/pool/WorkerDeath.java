package dev.procession.pool;

import dev.procession.process.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * The death of a worker that the pool had not asked for.
 *
 * @param worker the worker's name
 * @param pid its process id
 * @param status how it ended
 * @param task the text of the task that it ran, or null when it had none
 * @param firstIndex for a task of one call of {@code map} and the like the position of its item in the input, from 0;
 *     the first one when the worker had several items in hand and had no time to say which one it was at; -1 for other
 *     tasks
 * @param lastIndex the last position that it may have been; -1 for other tasks
 * @param attempt the number of the attempt that ended so, from 1; 0 when it had no task
 * @param retried whether the task runs again on another worker
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public record WorkerDeath(
        String worker,
        long pid,
        ExitStatus status,
        @Nullable String task,
        long firstIndex,
        long lastIndex,
        int attempt,
        boolean retried) {

    String describe() {
        String who = "worker " + worker + " (pid " + pid + ")";
        return task == null
                ? who + " died before it took a task, " + status
                : "task " + task + ": " + who + " died running it, " + status + "; attempt " + attempt
                        + (retried ? " was not the last" : " was the last");
    }
}
