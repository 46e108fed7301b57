package dev.procession.plugin.work;

import dev.procession.plugin.report.BuildLog;
import dev.procession.pool.PoolTask;
import java.io.IOException;
import java.time.Duration;

/**
 * Those who run the tasks: worker processes, or this JVM. A worker that dies costs time, never the build: its task runs
 * again on another one, so tasks must be harmless when they run twice.
 *
 * <p>For one thread. Closing waits for the workers' end; when the answer to a task was not taken, because something
 * failed, it ends them at once.
 */
public interface TaskRunner extends AutoCloseable {

    /**
     * Hands in a task; may run it before it returns.
     *
     * @param task the work; its {@code toString()} names it in messages
     * @param <T> the type of its result
     * @return the result to come
     * @throws IOException when the task was run and failed
     * @throws InterruptedException when the task was run and interrupted
     */
    <T> Answer<T> submit(PoolTask<T> task) throws IOException, InterruptedException;

    /** {@return how many tasks are to be handed in before the first answer is taken, so that nobody is idle} */
    int window();

    /** {@return how many worker processes were started, 0 for none} */
    default int workers() {
        return 0;
    }

    @Override
    void close();

    /**
     * The result of a task, to be taken once.
     *
     * @param <T> the type of the result
     */
    interface Answer<T> {

        /**
         * Waits for the result.
         *
         * @param limit how long at most
         * @return the result
         * @throws IOException when the task cannot be finished by anybody, or not in time
         * @throws InterruptedException when the waiting thread is interrupted
         */
        T await(Duration limit) throws IOException, InterruptedException;
    }

    /**
     * Runs the tasks here, one after the other, as they are handed in.
     *
     * @return a runner that needs no other process
     */
    static TaskRunner here() {
        return new ThisJvm();
    }

    /**
     * Runs the tasks on threads of this JVM.
     *
     * @param name the goal, which begins the names of the threads
     * @param threads how many, 1 or more
     * @return a runner to be closed by the caller
     */
    static TaskRunner threads(String name, int threads) {
        return new TaskThreads(name, threads);
    }

    /**
     * Runs the tasks on threads of this JVM, and in worker processes as far as these are of use. For tasks that may run
     * here as well. Where tasks are recorded, workers run all of them.
     *
     * @param name the goal, which begins the names of the workers and of the threads
     * @param workers how many, 1 or more
     * @param helpers how many threads, 1 or more
     * @param use what the workers do
     * @param tasks how many tasks there are going to be, about
     * @param code what they run
     * @param log hears of deaths, and of what workers print
     * @return a runner to be closed by the caller
     * @throws InterruptedException when this thread is interrupted while a class-data archive is made
     */
    static TaskRunner helpedWorkers(
            String name, int workers, int helpers, WorkerUse use, long tasks, WorkerCode code, BuildLog log)
            throws InterruptedException {
        // Who has workers drawn wants to see them at work, and not that a warm JVM is sooner done.
        if (use == WorkerUse.ALONE || code.recording().session().isPresent()) {
            return new WorkerProcesses(name, workers, code, log);
        }
        HelpedWorkers.Patience patience =
                use == WorkerUse.AT_ONCE ? HelpedWorkers.Patience.none() : HelpedWorkers.Patience.whenItLasts(tasks);
        return new HelpedWorkers(name, workers, helpers, code, patience, log);
    }

    /**
     * Runs the tasks in worker processes, which begin to start at once.
     *
     * @param name the goal, which begins the names of the workers
     * @param workers how many, 1 or more
     * @param code what they run
     * @param log hears of deaths, and of what workers print
     * @return a runner to be closed by the caller
     * @throws InterruptedException when this thread is interrupted while a class-data archive is made
     */
    static TaskRunner workers(String name, int workers, WorkerCode code, BuildLog log) throws InterruptedException {
        return new WorkerProcesses(name, workers, code, log);
    }
}
