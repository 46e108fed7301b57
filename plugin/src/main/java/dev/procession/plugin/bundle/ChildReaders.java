package dev.procession.plugin.bundle;

import dev.procession.plugin.report.BuildLog;
import dev.procession.pool.PoolListener;
import dev.procession.pool.PoolOptions;
import dev.procession.pool.ProcessPool;
import dev.procession.pool.WorkerDeath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the tasks in worker processes. A worker that dies costs time, never the build. */
final class ChildReaders implements Readers {
    /** A task reads a few megabytes; a disk that needs longer than this for them is as good as gone. */
    private static final long TASK_MINUTES = 10;

    /** The third worker to die of one task has not died of bad luck. */
    private static final int ATTEMPTS = 3;

    /** They live for less than a second: no time for an optimizing compiler, or for several collectors' threads. */
    private static final List<String> BRIEF_LIFE =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData");

    private final ProcessPool pool;

    /** Whether a task may still run: then something failed, and its result is of no use to anybody. */
    private boolean outstanding;

    ChildReaders(int workers, List<Path> classPath, BuildLog log) {
        pool = ProcessPool.open(PoolOptions.builder()
                .name("bundle-js")
                .workers(workers)
                .maxAttempts(ATTEMPTS)
                .classPath(classPath)
                .inheritJvmOptions(false)
                .jvmOptions(BRIEF_LIFE)
                .listener(new DeathNotice(log))
                .output((process, error, line) -> log.debug("[" + process + "] " + line))
                .build());
    }

    @Override
    public List<ReadOutcome> read(List<ReadTask> tasks) throws IOException, InterruptedException {
        outstanding = true;
        List<CompletableFuture<List<ReadOutcome>>> answers = new ArrayList<>();
        for (ReadTask task : tasks) {
            answers.add(pool.submit(task));
        }
        List<ReadOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            try {
                outcomes.addAll(answers.get(i).get(TASK_MINUTES, TimeUnit.MINUTES));
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                throw new IOException(tasks.get(i) + " failed: " + (cause == null ? e : cause).getMessage(), cause);
            } catch (TimeoutException e) {
                throw new IOException(
                        tasks.get(i) + ": no worker answered for " + TASK_MINUTES
                                + " minutes; look at the disk, or set <workers>0</workers>",
                        e);
            }
        }
        outstanding = false;
        return outcomes;
    }

    @Override
    public void close() {
        if (outstanding) {
            pool.shutdownNow();
        }
        pool.close();
    }

    /** One line for each death. */
    private record DeathNotice(BuildLog log) implements PoolListener {
        @Override
        public void workerDied(WorkerDeath death) {
            String task = death.task();
            log.warn("worker " + death.worker() + " (pid " + death.pid() + ") died, " + death.status()
                    + (task == null ? ", before it had a task" : ", while it ran task '" + task + "'")
                    + (death.retried() ? "; the task runs again on another worker" : ""));
        }
    }
}
