package dev.procession.plugin.work;

import dev.procession.plugin.report.BuildLog;
import dev.procession.process.ClassDataArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What worker processes run, and where this machine keeps what makes them start faster.
 *
 * @param classPath what the tasks need, and the primitives
 * @param cacheDirectory where class-data archives are kept from build to build
 * @param jvmOptions what their JVMs need besides what every worker's has
 */
public record WorkerCode(List<Path> classPath, Path cacheDirectory, List<String> jvmOptions) {

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
     * The archive of the workers' classes, made when this machine has none. It halves what a worker costs; a build is as
     * good without it, so what stands in the way is a matter for the debug log.
     */
    Optional<ClassDataArchive> archive(BuildLog log) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            Optional<ClassDataArchive> known = ClassDataArchive.find(cacheDirectory, classPath);
            if (known.isPresent()) {
                return known;
            }
            ClassDataArchive made = ClassDataArchive.prepare(cacheDirectory, classPath, WorkerCode::train);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            log.debug("made the class-data archive " + made.file() + " in " + millis
                    + " ms, once for this machine, JDK and version");
            return Optional.of(made);
        } catch (IOException e) {
            log.debug("workers start without a class-data archive: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void train() {
        // What the library needs to run a task is used before this is called; the tasks' own classes are few.
    }
}
