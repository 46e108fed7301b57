package dev.procession.plugin.work;

import dev.procession.plugin.report.BuildLog;
import dev.procession.pool.PoolTask;
import java.io.IOException;

/**
 * Worker processes, and threads of this JVM that work beside them: a child JVM has begun only after a time in which a warm
 * one copies thousands of files, and is slow at first. So the threads get their tasks first, and workers what is left.
 *
 * <p>A worker that is not up has nothing to do, so a run that is over before it comes up does not wait for it.
 */
final class HelpedWorkers implements TaskRunner {
    /** Each has a task at hand while it works on another. */
    private static final int TASKS_EACH = 2;

    private final WorkerProcesses processes;
    private final TaskThreads threads;
    private final int workers;
    private final int helpers;
    private final Outstanding atProcesses = new Outstanding();
    private final Outstanding atThreads = new Outstanding();

    HelpedWorkers(String name, int workers, int helpers, WorkerCode code, BuildLog log) throws InterruptedException {
        this.workers = workers;
        this.helpers = helpers;
        this.processes = new WorkerProcesses(name, workers, code, log);
        this.threads = new TaskThreads(name, helpers);
    }

    @Override
    public int window() {
        return TASKS_EACH * (workers + helpers);
    }

    @Override
    public <T> Answer<T> submit(PoolTask<T> task) throws IOException, InterruptedException {
        boolean threadsBusy = atThreads.tasks >= TASKS_EACH * helpers;
        return threadsBusy && processes.up() > 0 && atProcesses.tasks < TASKS_EACH * processes.up()
                ? counted(atProcesses, processes.submit(task))
                : counted(atThreads, threads.submit(task));
    }

    private static <T> Answer<T> counted(Outstanding count, Answer<T> answer) {
        count.tasks++;
        return limit -> {
            T value = answer.await(limit);
            count.tasks--;
            return value;
        };
    }

    /** Tasks whose answer was not taken. A runner is for one thread. */
    private static final class Outstanding {
        int tasks;
    }

    @Override
    public void close() {
        try {
            threads.close();
        } finally {
            if (processes.up() < workers) {
                processes.closeAtOnce();
            } else {
                processes.close();
            }
        }
    }
}
