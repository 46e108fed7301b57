package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The goal {@code demo} in a build, and in a directory without a project. */
class DemoIT {
    private static final String LECTURE = "lecture-hall";

    @Test
    void demo_lectureHall_playsAllInVerify() throws Exception {
        ProjectCopy hall = SampleCopy.of(LECTURE, "demo-lecture-hall");
        BuildResult build = MavenBuild.of(hall, "verify").run().assertSuccess();
        String result = build.line("checks, all hold in ");
        assertTrue(result.matches("\\[INFO] demo: \\d\\d examples, \\d\\d+ checks, all hold in [0-9.]+ s.*"), result);
        for (String file : List.of("01-process", "04-lock-value-array", "06-event-stop", "10-barrier")) {
            assertTrue(hall.read("target/procession/demo/" + file + ".txt").contains("ok       "), file);
        }
        assertEquals(0, build.lines("WARN", "procession").count(), build::toString);
    }

    @Test
    void demo_propertyOnTheCommandLine_wins() throws Exception {
        ProjectCopy hall = SampleCopy.of(LECTURE, "demo-one");
        BuildResult build = MavenBuild.of(hall, "verify", "-Dprocession.demo.example=process-as-class")
                .run()
                .assertSuccess();
        build.line("demo: 1 example, 5 checks, all hold");
        assertTrue(Files.notExists(hall.path("target/procession/demo/01-process.txt")));
    }

    @Test
    void demo_unknownExample_namesTheNearest() throws Exception {
        ProjectCopy hall = SampleCopy.of(LECTURE, "demo-unknown");
        MavenBuild.of(hall, "verify", "-Dprocession.demo.example=jion")
                .run()
                .assertError("<example>", "jion", "did you mean join?", "02 process-as-class");
    }

    @Test
    void demo_emptyDirectory_lists() throws Exception {
        ProjectCopy nowhere = ProjectCopy.empty("demo-list");
        BuildResult build = MavenBuild.of(nowhere, goal(), "-Dprocession.demo.language=en")
                .run()
                .assertSuccess();
        build.line("  01  process           A process and its exit code");
        build.line("  03  join  ");
        build.line(" examples; play one with -Dprocession.demo.example=01");
        assertTrue(Files.notExists(nowhere.path("procession-out")));
    }

    @Test
    void demo_emptyDirectoryInUkrainian_explainsAndWritesThere() throws Exception {
        ProjectCopy nowhere = ProjectCopy.empty("demo-uk");
        BuildResult build = MavenBuild.of(
                        nowhere, goal(), "-Dprocession.demo.language=uk", "-Dprocession.demo.example=2")
                .mavenOptions("-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8")
                .run()
                .assertSuccess();
        build.line("demo: 1 example, 5 checks, all hold");
        assertUkrainian(nowhere);
        assertTrue(Files.notExists(nowhere.path("${project.basedir}")));
    }

    @Test
    void demo_consoleWithoutCyrillic_saysSoOnceAndWritesTheFile() throws Exception {
        ProjectCopy nowhere = ProjectCopy.empty("demo-ascii");
        BuildResult build = MavenBuild.of(
                        nowhere, goal(), "-Dprocession.demo.language=uk", "-Dprocession.demo.example=02")
                .environment("LC_ALL", "C")
                .run()
                .assertSuccess();
        assertEquals(
                1,
                build.lines("cannot print the language that was asked for, uk").count(),
                build::toString);
        build.line("02 process-as-class: A process as a class");
        assertEquals(0, build.lines("???").count(), build::toString);
        assertUkrainian(nowhere);
    }

    private static void assertUkrainian(ProjectCopy nowhere) throws IOException {
        String file = nowhere.read("procession-out/demo/02-process-as-class.txt");
        assertTrue(file.startsWith("02 process-as-class: Процес як клас"), file);
    }

    private static String goal() throws IOException {
        return "dev.procession:procession-maven-plugin:" + SampleCopy.version(LECTURE) + ":demo";
    }
}
