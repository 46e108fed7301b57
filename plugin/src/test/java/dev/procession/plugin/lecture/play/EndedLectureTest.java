package dev.procession.plugin.lecture.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.work.WorkerCode;
import dev.procession.process.ChildProcess;
import dev.procession.sync.ProcessEvent;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lecture in a JVM of its own, as Maven's, that is asked to end in the middle of an example, as by Ctrl-C. */
@Timeout(120)
class EndedLectureTest {
    @TempDir
    Path directory;

    @Test
    void run_jvmIsAskedToEnd_leavesNoChildNoSessionAndNoFile() throws Exception {
        Path files = Files.createDirectory(directory.resolve("t"));
        Path sessions = Files.createDirectory(
                directory.resolve("s"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Process build = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.io.tmpdir=" + files,
                        "-Dprocession.sessions=" + sessions,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Build.class.getName(),
                        directory.resolve("out").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = build.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            assertTrue(!names(files).isEmpty(), "the example has no file yet");
            build.destroy();
            assertTrue(build.waitFor(30, TimeUnit.SECONDS), "still runs");
            child.onExit().get(10, TimeUnit.SECONDS);
        } finally {
            build.destroyForcibly();
        }
        assertEquals(List.of(), names(files));
        assertEquals(List.of("sweep.lock"), names(sessions));
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .sorted()
                    .toList();
        }
    }

    /** Stands for Maven. */
    static final class Build {
        private Build() {}

        public static void main(String[] args) throws Exception {
            List<Path> classPath = Stream.of(
                            System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .toList();
            Path out = Path.of(args[0]);
            LectureRequest request = new LectureRequest(
                    "01",
                    "en",
                    "1",
                    Locale.ENGLISH,
                    StandardCharsets.UTF_8,
                    out,
                    new WorkerCode(classPath, out.resolve("cache")),
                    LectureRequest.LIMIT);
            Topic endless = new Topic("01", "process", List.of(() -> stage -> {
                Files.writeString(stage.file("a file"), "of the example");
                ChildProcess child = stage.child("Sleeper", () -> {
                    System.out.println("asleep");
                    TimeUnit.HOURS.sleep(1);
                });
                stage.startAndAwait(List.of(child), "asleep");
                ProcessEvent never = ProcessEvent.create(stage.session(), "never");
                System.out.println(child.pid());
                never.await();
            }));
            new Lecture(request, new Hall(out), new Programme(List.of(endless))).run();
        }
    }
}
