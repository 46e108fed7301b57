package dev.procession.plugin.lecture;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildSpares;
import dev.procession.process.ChildTuning;
import dev.procession.process.ClassDataArchive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The children of one run. Closing kills those that still run, and waits for their end. */
final class Cast implements AutoCloseable {
    /** A killed process is gone within milliseconds. */
    private static final Duration END = Duration.ofSeconds(5);

    /** Booted while the example is introduced; more of them would take the processors from those that play. */
    private static final int SPARES = 2;

    private final List<Path> classPath;
    private final Optional<ClassDataArchive> archive;
    private final Transcript transcript;
    private final List<ChildProcess> children = new ArrayList<>();
    private final ChildSpares spares;
    private boolean closed;

    Cast(List<Path> classPath, Optional<ClassDataArchive> archive, Transcript transcript) {
        this.classPath = classPath;
        this.archive = archive;
        this.transcript = transcript;
        this.spares = ChildSpares.keep(SPARES, jvm().output(transcript::add).build());
    }

    /** What makes one child's JVM as good as another's. */
    private ChildOptions.Builder jvm() {
        ChildOptions.Builder jvm = ChildOptions.builder()
                .classPath(classPath)
                .inheritJvmOptions(false)
                .tuning(ChildTuning.BRIEF_FROM_SPARE)
                .jvmOption("-Xmx64m");
        archive.ifPresent(jvm::classDataArchive);
        return jvm;
    }

    /** Code as it travels: what the children here run, and more. */
    List<String> codeWith(List<Path> more) {
        List<String> all = new ArrayList<>();
        Stream.concat(classPath.stream(), more.stream())
                .map(Path::toString)
                .distinct()
                .forEach(all::add);
        return all;
    }

    /** For the child that plays an example instead of this process. */
    ChildOptions.Builder hostOptions(List<String> code) {
        return ChildOptions.builder()
                .name(Stage.MAIN)
                .classPath(code.stream().map(Path::of).toList())
                .inheritJvmOptions(false)
                .output(transcript::add);
    }

    ChildOptions.Builder options(String name) {
        return jvm().name(name).spares(spares).output(transcript::add);
    }

    synchronized <T extends ChildProcess> T watch(T child) {
        if (closed) {
            throw new IllegalStateException("the example is over: no child may be started any more");
        }
        children.add(child);
        return child;
    }

    /** An interrupt does not shorten it, and is kept for later. */
    @Override
    public void close() {
        List<ChildProcess> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(children);
        }
        List<ChildProcess> running = all.stream().filter(ChildProcess::isAlive).toList();
        running.forEach(ChildProcess::kill);
        spares.close();
        boolean interrupted = false;
        for (ChildProcess child : running) {
            interrupted |= !awaitEnd(child);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitEnd(ChildProcess child) {
        try {
            child.join(END);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
