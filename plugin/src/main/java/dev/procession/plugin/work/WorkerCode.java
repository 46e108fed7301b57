package dev.procession.plugin.work;

import dev.procession.plugin.report.BuildLog;
import dev.procession.process.ClassDataArchive;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.shared.SharedInt;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessSemaphore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What worker processes run, and where this machine keeps what makes them start faster.
 *
 * @param classPath what the tasks need, and the primitives
 * @param cacheDirectory where class-data archives are kept from build to build
 * @param jvmOptions what their JVMs need besides what every worker's has
 * @param recording where their tasks are written down
 */
public record WorkerCode(List<Path> classPath, Path cacheDirectory, List<String> jvmOptions, Recording recording) {

    /** Copies the lists. */
    public WorkerCode {
        classPath = List.copyOf(classPath);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * Code that needs no option.
     *
     * @param classPath what the tasks need, and the primitives
     * @param cacheDirectory where class-data archives are kept from build to build
     */
    public WorkerCode(List<Path> classPath, Path cacheDirectory) {
        this(classPath, cacheDirectory, List.of());
    }

    /**
     * Code whose tasks nobody writes down.
     *
     * @param classPath what the tasks need, and the primitives
     * @param cacheDirectory where class-data archives are kept from build to build
     * @param jvmOptions what their JVMs need besides what every worker's has
     */
    public WorkerCode(List<Path> classPath, Path cacheDirectory, List<String> jvmOptions) {
        this(classPath, cacheDirectory, jvmOptions, Recording.off());
    }

    /**
     * The same code, with a record.
     *
     * @param other where the tasks are written down
     * @return code
     */
    public WorkerCode recordedIn(Recording other) {
        return new WorkerCode(classPath, cacheDirectory, jvmOptions, other);
    }

    /**
     * The archive of the workers' classes, made when this machine has none. It halves what a worker costs; a build is as
     * good without it, so what stands in the way is a matter for the debug log.
     *
     * @param log hears of it when an archive is made, or cannot be
     * @return the archive, or empty if none can be made here
     * @throws InterruptedException when this thread is interrupted while an archive is made
     */
    public Optional<ClassDataArchive> archive(BuildLog log) throws InterruptedException {
        try {
            Optional<ClassDataArchive> known = ClassDataArchive.find(cacheDirectory, classPath);
            return known.isPresent() ? known : Optional.of(madeArchive(log));
        } catch (IOException e) {
            log.debug("workers start without a class-data archive: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The archive if this machine has it: for work that is too little to pay for the making.
     *
     * @param log hears of it when one cannot be looked for
     * @return the archive, or empty
     */
    public Optional<ClassDataArchive> knownArchive(BuildLog log) {
        try {
            return ClassDataArchive.find(cacheDirectory, classPath);
        } catch (IOException e) {
            log.debug("no class-data archive can be there: " + e.getMessage());
            return Optional.empty();
        }
    }

    private ClassDataArchive madeArchive(BuildLog log) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        ClassDataArchive made = ClassDataArchive.prepare(cacheDirectory, classPath, WorkerCode::train);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        log.debug("made the class-data archive " + made.file() + " in " + millis
                + " ms, once for this machine, JDK and version");
        return made;
    }

    /**
     * What the library needs to run a task is used before this is called; the tasks' own classes are few. The children of
     * the demo need a session and what is in it, too.
     */
    @SuppressWarnings("WaitNotInLoop") // nobody signals: it is about the classes
    private static void train() throws InterruptedException {
        try (Session session = Session.create(SessionOptions.standard().recording(true))) {
            Duration brief = Duration.ofMillis(10); // longer than a thread looks by itself before it sleeps
            session.span("train").close();
            ProcessEvent event = ProcessEvent.create(session);
            if (!event.await(brief)) {
                event.set();
            }
            ProcessLock lock = ProcessLock.create(session);
            lock.lock();
            try {
                lock.newCondition().await(brief);
            } finally {
                lock.unlock();
            }
            ProcessSemaphore semaphore = ProcessSemaphore.leased(session, 1);
            semaphore.acquire();
            semaphore.release();
            SharedInt.create(session, 0).incrementAndGet();
        }
    }
}
