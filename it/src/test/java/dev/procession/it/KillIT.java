package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is left when a process is killed in the middle of a bundle that is large enough to have a middle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
    private static final String OLD = "/* of an earlier build */\n";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration NO_ORPHAN_AFTER = Duration.ofSeconds(2);
    private static final Duration START_OF_WORKER = Duration.ofMillis(400);
    private static final int FILES = 400;
    private static final int BYTES = 100_000;

    /** What a build makes of the same files when nobody disturbs it. */
    private byte[] undisturbed = {};

    private Set<String> undisturbedFiles = Set.of();

    @BeforeAll
    void buildUndisturbed() throws Exception {
        ProjectCopy project = project("undisturbed");
        MavenBuild.of(project, "process-resources").run().assertSuccess();
        undisturbed = Files.readAllBytes(project.bundle());
        undisturbedFiles = project.targetFiles().keySet();
        assertTrue(undisturbed.length > FILES * BYTES);
    }

    @Test
    void maven_killedInTheMiddle_oldBundleStaysAndNoProcessIsLeft() throws Exception {
        ProjectCopy project = project("maven-killed");
        assertEndsCleanly(project, ProcessHandle::destroyForcibly);

        // What the dead build had begun to write goes with the next one.
        MavenBuild.of(project, "process-resources").run().assertSuccess();
        assertArrayEquals(undisturbed, Files.readAllBytes(project.bundle()));
        assertEquals(undisturbedFiles, project.targetFiles().keySet(), "left by the killed build");
    }

    /** As by Ctrl-C. */
    @Test
    void maven_askedToEndInTheMiddle_oldBundleStaysAndNothingIsLeft() throws Exception {
        ProjectCopy project = project("maven-ended");
        assertEndsCleanly(project, ProcessHandle::destroy);
        assertFalse(hasPart(project, Map.of()), () -> "left by the build that was asked to end");
    }

    private static void assertEndsCleanly(ProjectCopy project, Consumer<ProcessHandle> end) throws Exception {
        project.write(ProjectCopy.BUNDLE, OLD);
        Map<String, String> before = project.targetFiles();
        try (RunningBuild build = MavenBuild.of(project, "process-resources").start()) {
            List<ProcessHandle> workers = awaitPart(project, build, before);
            end.accept(build.maven());
            Eventually.until(
                    NO_ORPHAN_AFTER,
                    () -> "an end of one of " + workers,
                    () -> !build.isRunning() && workers.stream().noneMatch(Processes::isRunning));
            assertTrue(
                    build.log().stream().noneMatch(line -> line.contains("BUILD SUCCESS")),
                    () -> "too late: " + build.log());
        }
        assertEquals(OLD, project.read(ProjectCopy.BUNDLE));
    }

    @Test
    void worker_killedInTheMiddle_taskRunsAgainAndTheLogSaysSo() throws Exception {
        ProjectCopy project = project("worker-killed");
        BuildResult result;
        try (RunningBuild build = MavenBuild.of(project, "process-resources").start()) {
            ProcessHandle victim = awaitBusyWorker(build);
            victim.destroyForcibly();
            List<ProcessHandle> workers = build.workers();
            result = build.await().assertSuccess();
            Eventually.until(
                    NO_ORPHAN_AFTER,
                    () -> "an end of one of " + workers,
                    () -> workers.stream().noneMatch(Processes::isRunning));
            result.line("worker", "pid " + victim.pid(), "signal 9", "runs again on another worker");
        }
        assertArrayEquals(undisturbed, Files.readAllBytes(project.bundle()));
        assertEquals(undisturbedFiles, project.targetFiles().keySet());
    }

    private static ProjectCopy project(String name) throws IOException {
        ProjectCopy project = ProjectCopy.storefront(name);
        Corpus.write(project.path("src/main/js/many"), FILES, BYTES);
        project.replace("pom.xml", "<include>app.js</include>", "<include>many/**/*.js</include>");
        return project;
    }

    /** Returns the workers as soon as both run and a part of the new bundle is on disk, in the target directory. */
    private static List<ProcessHandle> awaitPart(ProjectCopy project, RunningBuild build, Map<String, String> before)
            throws Exception {
        Eventually.until(SOON, () -> "two workers and a part of the bundle: " + build.log(), () -> {
            assertTrue(build.isRunning(), () -> "ended too early: " + build.log());
            return build.workers().size() >= 2 && hasPart(project, before);
        });
        return build.workers();
    }

    /** Returns a worker as soon as it has worked for longer than its JVM needs to start, which is when it has a task. */
    private static ProcessHandle awaitBusyWorker(RunningBuild build) throws Exception {
        return Eventually.found(SOON, () -> "a worker that works: " + build.log(), () -> {
            assertTrue(build.isRunning(), () -> "ended too early: " + build.log());
            return build.workers().stream()
                    .filter(worker -> worker.info()
                            .totalCpuDuration()
                            .filter(used -> used.compareTo(START_OF_WORKER) > 0)
                            .isPresent())
                    .findFirst();
        });
    }

    private static boolean hasPart(ProjectCopy project, Map<String, String> before) throws IOException {
        Map<String, String> now = project.targetFiles();
        now.keySet().removeAll(before.keySet());
        return now.keySet().stream().anyMatch(name -> name.endsWith(".part"));
    }
}
