package dev.procession.plugin.work;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.pool.PoolTask;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Threads of this JVM, and worker processes that join them when the work lasts: a child JVM has begun only after a time in
 * which a warm one copies thousands of files, and is slow at first. The threads get their tasks first, and workers what is
 * left.
 *
 * <p>A worker that is not up has nothing to do, so a run that is over before it comes up does not wait for it.
 */
final class HelpedWorkers implements TaskRunner {
    /** Each has a task at hand while it works on another. */
    private static final int TASKS_EACH = 2;

    private final String name;
    private final TaskThreads threads;
    private final int workers;
    private final int helpers;
    private final WorkerCode code;
    private final Patience patience;
    private final BuildLog log;
    private final Outstanding atProcesses = new Outstanding();
    private final Outstanding atThreads = new Outstanding();
    private final long began = System.nanoTime();
    private @Nullable WorkerProcesses processes;

    HelpedWorkers(String name, int workers, int helpers, WorkerCode code, Patience patience, BuildLog log)
            throws InterruptedException {
        this.name = name;
        this.workers = workers;
        this.helpers = helpers;
        this.code = code;
        this.patience = patience;
        this.log = log;
        this.threads = new TaskThreads(name, helpers);
        if (patience.first().isZero()) {
            processes = start();
        }
    }

    /**
     * When workers are started.
     *
     * @param first how long the threads have been at work then, at least; zero for a start at once
     * @param rest how long they would need for the rest
     * @param tasks how many tasks there are about
     */
    record Patience(Duration first, Duration rest, long tasks) {
        /** Two workers cost about half a second of processor time before either has run a task. */
        private static final Duration WORTH_A_START = Duration.ofSeconds(1);

        /** And two more before they are as fast as the threads: of a rest of this length all that is a fortieth. */
        private static final Duration WORTH_THEIR_WARMING = Duration.ofMinutes(1);

        static Patience none() {
            return new Patience(Duration.ZERO, Duration.ZERO, 0);
        }

        static Patience whenItLasts(long tasks) {
            return new Patience(WORTH_A_START, WORTH_THEIR_WARMING, tasks);
        }

        /** Whether it has come to its end, by how long so many tasks have taken. */
        boolean isOver(long nanos, long done) {
            if (done == 0 || nanos < first.toNanos()) {
                return false;
            }
            return (double) nanos / done * (tasks - done) >= rest.toNanos();
        }
    }

    @Override
    public int window() {
        return TASKS_EACH * (workers + helpers);
    }

    @Override
    public int workers() {
        return processes == null ? 0 : workers;
    }

    @Override
    public <T> Answer<T> submit(PoolTask<T> task) throws IOException, InterruptedException {
        WorkerProcesses theirs = processes;
        if (theirs == null && patience.isOver(System.nanoTime() - began, atThreads.done)) {
            log.debug("starting " + Amount.of(workers, "worker") + ": the work goes on for "
                    + patience.rest().toSeconds() + " s and more");
            theirs = start();
            processes = theirs;
        }
        boolean threadsBusy = atThreads.tasks >= TASKS_EACH * helpers;
        return theirs != null && threadsBusy && theirs.up() > 0 && atProcesses.tasks < TASKS_EACH * theirs.up()
                ? counted(atProcesses, theirs.submit(task))
                : counted(atThreads, threads.submit(task));
    }

    private WorkerProcesses start() throws InterruptedException {
        return new WorkerProcesses(name, workers, code, log);
    }

    private static <T> Answer<T> counted(Outstanding count, Answer<T> answer) {
        count.tasks++;
        return limit -> {
            T value = answer.await(limit);
            count.tasks--;
            count.done++;
            return value;
        };
    }

    /** Tasks whose answer was not taken, and how many were. A runner is for one thread. */
    private static final class Outstanding {
        int tasks;
        long done;
    }

    @Override
    public void close() {
        try {
            threads.close();
        } finally {
            WorkerProcesses theirs = processes;
            if (theirs != null) {
                if (theirs.up() < workers) {
                    theirs.closeAtOnce();
                } else {
                    theirs.close();
                }
            }
        }
    }
}
