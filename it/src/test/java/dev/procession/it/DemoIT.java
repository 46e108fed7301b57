package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The goal {@code demo} in a build, and in a directory without a project. */
class DemoIT {
    private static final String LECTURE = "lecture-hall";

    /** The build that this test belongs to has played all of them, in the sample itself. */
    @Test
    void demo_lectureHallInThisBuild_hasPlayedAllAndMadeEveryCheck() throws Exception {
        Path played = Surroundings.samples().resolve(LECTURE).resolve("target/procession/demo");
        Matcher stated = Pattern.compile("demo: (\\d+) examples, (\\d+) checks, all hold")
                .matcher(Files.readString(Surroundings.samples().resolveSibling("docs/demo.md")));
        assertTrue(stated.find(), "docs/demo.md shows no result");
        int examples = 0;
        int checks = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(played, "*.txt")) {
            for (Path file : files) {
                List<String> lines = Files.readAllLines(file);
                long holds = lines.stream().filter(line -> line.startsWith("    ok ")).count();
                assertTrue(holds > 0, file + " has no check");
                assertTrue(lines.stream().noneMatch(line -> line.contains("BROKEN")), file + " has a broken check");
                examples++;
                checks += (int) holds;
            }
        }
        // One with two checks is the sample's own.
        assertEquals(Integer.parseInt(stated.group(1)) + 1, examples);
        assertEquals(Integer.parseInt(stated.group(2)) + 2, checks);
    }

    @Test
    void demo_lectureHall_playsThePropertysAndItsOwnInVerify() throws Exception {
        ProjectCopy hall = SampleCopy.of(LECTURE, "demo-lecture-hall");
        BuildResult build = MavenBuild.of(hall, "verify", "-Dprocession.demo.example=process-as-class,ticket-office")
                .run()
                .assertSuccess();
        String result = build.line("checks, all hold in ");
        assertTrue(result.startsWith("[INFO] demo: 2 examples, 7 checks, all hold in "), result);
        assertEquals(0, build.lines("WARN", "procession").count(), build::toString);
        assertTrue(Files.notExists(hall.path("target/procession/demo/01-process.txt")));
        String own = hall.read("target/procession/demo/P1-ticket-office.html");
        for (String part : List.of("A ticket office", "Квиткова каса", "Clerk-1", "TicketOffice.java", "Seats.java")) {
            assertTrue(own.contains(part), part);
        }
        String index = hall.read("target/procession/demo/index.html");
        assertTrue(index.contains("P1-ticket-office.html#question-1"), "its question is not in the index");
        assertTrue(hall.read("target/procession/demo/P1-ticket-office.txt").contains("ok       each seat is sold once"));
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
