package dev.procession.plugin.sort.plan;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.TaskRunner;
import dev.procession.plugin.work.WorkerCode;
import dev.procession.plugin.work.WorkerCount;
import dev.procession.plugin.work.WorkerUse;
import dev.procession.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who does the work of a run: worker processes, which serve all of its phases, or threads of the build's own JVM. */
public final class Runners implements AutoCloseable {
    /** Two workers cost as much processor time as reading a gigabyte; with this much they are sure to pay. */
    private static final long BYTES_PER_WORKER = 2L << 30;

    /**
     * A worker has one batch at a time, and two buffers. Left alone, a JVM on a machine with much memory lets its heap grow
     * before it looks for what is garbage: a worker had up to 270 MB then, and has 50 MB with these.
     */
    private static final List<String> SMALL_HEAP = List.of("-Xmx32m", "-XX:+UseSerialGC");

    /** Fewer files than this, with less in them, are placed sooner than threads are made. */
    private static final int FEW = 64;

    private static final long LITTLE = 1 << 20;

    /** To list so many files takes a few milliseconds. */
    private static final int MANY = 4_096;

    /** More threads than this wait for the same disk. */
    public static final int MOST_THREADS = 8;

    private final WorkerCount wanted;
    private final WorkerCode code;
    private final WorkerUse forCopying;
    private final BuildLog log;
    private @Nullable TaskRunner open;
    private int workers;
    private Work doing = Work.COPYING;
    private long files;
    private long bytes;

    /** @param forCopying what workers do when files are copied */
    public Runners(WorkerCount wanted, WorkerCode code, WorkerUse forCopying, BuildLog log) {
        this.wanted = wanted;
        this.code = code;
        this.forCopying = forCopying;
        this.log = log;
    }

    /** What there is to be done for a run. */
    public enum Work {
        /** Placing files. It is a matter of the system, and threads of a JVM that is warm have it done as fast as any. */
        COPYING,
        /** Reading files to find equal ones. */
        COMPARING
    }

    /**
     * Gets ready for more work.
     *
     * @param work what is to be done next, with how many files of which size
     */
    public void expect(Work work, long moreFiles, long moreBytes) {
        doing = work;
        files = moreFiles;
        bytes = moreBytes;
        TaskRunner now = open;
        if (now != null && now.workers() == 0) {
            // Another work may need more.
            now.close();
            open = null;
        }
    }

    /** How many worker processes there are or may be, 0 for none. */
    public int workers() {
        return workers;
    }

    int window() throws InterruptedException {
        return runner().window();
    }

    /** The one for what was said to be done next. */
    public TaskRunner runner() throws InterruptedException {
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
                wanted.choose((int) Math.min(files, Integer.MAX_VALUE), automatic(doing, bytes, processors));
        workers = choice.workers();
        TaskRunner runner = workers > 0 ? helped(processors) : alone(processors);
        log.debug(doing.name().toLowerCase(Locale.ROOT) + who(runner) + ": " + choice.reason());
        return runner;
    }

    private String who(TaskRunner runner) {
        if (workers == 0) {
            return " in the build's JVM";
        }
        return runner.workers() > 0
                ? " in " + Amount.of(workers, "worker")
                : " in the build's JVM, and in " + Amount.of(workers, "worker") + " if it lasts";
    }

    private TaskRunner helped(int processors) throws InterruptedException {
        WorkerUse use = doing == Work.COPYING ? forCopying : WorkerUse.AT_ONCE;
        return TaskRunner.helpedWorkers(
                "sort-files",
                workers,
                // As many as without workers, as long as there are none.
                Math.min(processors, use == WorkerUse.WHEN_IT_LASTS ? MOST_THREADS : workers),
                use,
                Batches.tasks(files, bytes),
                frugal(),
                log);
    }

    private TaskRunner alone(int processors) {
        return code.recording()
                .around(
                        (files < FEW && bytes < LITTLE) || processors == 1
                                ? TaskRunner.here()
                                : TaskRunner.threads("sort-files", Math.min(processors, MOST_THREADS)));
    }

    /** Threads for looking at so many files, if that takes longer than making them. */
    public static TaskRunner threads(int files, int processors) {
        return files < MANY || processors == 1
                ? TaskRunner.here()
                : TaskRunner.threads("sort-files", Math.min(processors, MOST_THREADS));
    }

    private WorkerCode frugal() {
        List<String> options = new ArrayList<>(SMALL_HEAP);
        // What was asked for comes last, and counts.
        options.addAll(code.jvmOptions());
        return new WorkerCode(code.classPath(), code.cacheDirectory(), options, code.recording());
    }

    /** What pays, on a machine with some processors. */
    static WorkerCount.Choice automatic(Work work, long bytes, int processors) {
        if (work == Work.COPYING) {
            return new WorkerCount.Choice(0, "workers would copy no faster, and have to be started");
        }
        long paying = bytes / BYTES_PER_WORKER;
        // One worker beside a build's JVM that waits for it gains nothing.
        if (paying < 2 || processors < 2) {
            return new WorkerCount.Choice(
                    0, "starting workers costs more than reading " + Amount.bytes(bytes) + " here");
        }
        return new WorkerCount.Choice((int) Math.min(paying, processors), Amount.bytes(bytes) + " pay their start");
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
