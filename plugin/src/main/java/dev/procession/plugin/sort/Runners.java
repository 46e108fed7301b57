package dev.procession.plugin.sort;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.TaskRunner;
import dev.procession.plugin.work.WorkerCode;
import dev.procession.plugin.work.WorkerCount;
import dev.procession.process.ChildProcess;
import org.jspecify.annotations.Nullable;

/** Who does the work of a run: worker processes, which serve all of its phases, or threads of the build's own JVM. */
final class Runners implements AutoCloseable {
    /**
     * What pays a worker's start, and the second naming of each file to another process: the build's JVM has threads that
     * copy as fast.
     */
    private static final int FILES_PER_WORKER = 25_000;

    /** Not measured: two workers cost about as much processor time as copying some gigabytes. */
    private static final long BYTES_PER_WORKER = 2L << 30;

    /** Fewer files than this are placed sooner than threads are made. */
    private static final int FEW = 64;

    /** More threads than this wait for the same disk. */
    static final int MOST_THREADS = 8;

    private final WorkerCount wanted;
    private final WorkerCode code;
    private final BuildLog log;
    private @Nullable TaskRunner open;
    private int workers;
    private String doing = "";
    private long files;
    private long bytes;

    Runners(WorkerCount wanted, WorkerCode code, BuildLog log) {
        this.wanted = wanted;
        this.code = code;
        this.log = log;
    }

    /** @param work what is to be done next, for the log, with how many files of which size */
    void expect(String work, long moreFiles, long moreBytes) {
        doing = work;
        files = moreFiles;
        bytes = moreBytes;
        TaskRunner now = open;
        if (now != null && workers == 0) {
            // Another work may need more.
            now.close();
            open = null;
        }
    }

    /** How many worker processes there are, 0 for none. */
    int workers() {
        return workers;
    }

    int window() throws InterruptedException {
        return runner().window();
    }

    /** The one for what was said to be done next. */
    TaskRunner runner() throws InterruptedException {
        TaskRunner now = open;
        if (now == null) {
            now = start();
            open = now;
        }
        return now;
    }

    private TaskRunner start() throws InterruptedException {
        int processors = ChildProcess.cpuCount();
        WorkerCount.Choice choice =
                wanted.choose((int) Math.min(files, Integer.MAX_VALUE), automatic(files, bytes, processors));
        workers = choice.workers();
        log.debug(doing
                + (workers == 0 ? " in the build's JVM: " : " in " + Amount.of(workers, "worker") + ": ")
                + choice.reason());
        if (workers > 0) {
            return TaskRunner.helpedWorkers("sort-files", workers, Math.min(workers, processors), code, log);
        }
        return code.recording()
                .around(
                        files < FEW || processors == 1
                                ? TaskRunner.here()
                                : TaskRunner.threads("sort-files", Math.min(processors, MOST_THREADS)));
    }

    /** What pays, on a machine with some processors. */
    static WorkerCount.Choice automatic(long files, long bytes, int processors) {
        long paying = Math.max(files / FILES_PER_WORKER, bytes / BYTES_PER_WORKER);
        // One worker beside a build's JVM that waits for it gains nothing.
        if (paying < 2 || processors < 2) {
            return new WorkerCount.Choice(
                    0, "starting workers costs more than copying " + Amount.of(files, "file") + " here");
        }
        return new WorkerCount.Choice(
                (int) Math.min(paying, processors),
                Amount.of(files, "file") + " (" + Amount.bytes(bytes) + ") pay their start");
    }

    @Override
    public void close() {
        TaskRunner now = open;
        if (now != null) {
            open = null;
            now.close();
        }
    }
}
