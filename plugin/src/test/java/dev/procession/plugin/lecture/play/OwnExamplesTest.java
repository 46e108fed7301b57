package dev.procession.plugin.lecture.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.lecture.LectureFailedException;
import dev.procession.plugin.lecture.OwnCode;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.lecture.example.Syllabus;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Examples of a project: found by name, played by children, and told of like the lecture's. */
@Timeout(120)
class OwnExamplesTest {
    @TempDir
    Path directory;

    private Hall hall;

    @BeforeEach
    void open() {
        hall = new Hall(directory.resolve("demo"));
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        hall.own = new OwnCode(classPath, List.of(Path.of("src/test/java")));
        // One of the lecture's, and not the longest.
        Topic join = Syllabus.topics().get(2);
        hall.playing(List.of(new Topic(
                "03", "join", join.examples().subList(1, join.examples().size()))));
    }

    @Test
    void list_ownExamples_standBehindTheLectures() throws Exception {
        hall.list();
        assertEquals(
                List.of(
                        "  03  join              Waiting for the end of a process",
                        "  P1  ends-itself       ends-itself",
                        "  P2  not-there         not-there",
                        "  P3  out-of-chalk      out-of-chalk",
                        "  P4  two-greetings     Two greetings",
                        "        Who greets?",
                        "  P5  wrong-sum         wrong-sum"),
                hall.told.stream()
                        .filter(line -> line.matches("  (03|P\\d) .*|.*greets\\?"))
                        .toList());
    }

    @Test
    void run_ownExample_isToldChecksAndDrawnLikeTheOthers() throws Exception {
        hall.example = "p4";
        assertEquals(2, hall.run().checks());
        String told = String.join("\n", hall.told);
        assertTrue(told.contains("P4 two-greetings: Two greetings"), told);
        assertTrue(told.contains("-- the only part --"), told);
        assertTrue(told.contains("Greeter-2    | hello 2"), told);
        assertTrue(told.contains("main         | said by the process that plays"), told);
        assertTrue(told.contains("ok       both have greeted: [hello 1, hello 2]"), told);
        assertTrue(told.contains("ok       without-words: 1"), told);
        String page = Files.readString(hall.directory.resolve("P4-two-greetings.html"));
        assertTrue(page.contains("<span lang=\"uk\">P4 Два привітання</span>"), page);
        assertTrue(page.contains("\"Greeter-2\""), "no lane of a grandchild");
        assertTrue(page.contains("As a project writes one"), "no source");
        assertTrue(page.contains("Greeting.java") && page.contains("What the children of"), "not what it is read with");
        assertTrue(
                Files.readString(hall.directory.resolve("index.html")).contains("P4-two-greetings.html#question-1"),
                "no question");
    }

    @Test
    void list_wordsThatCannotBeRead_namesTheirFile() throws Exception {
        Path project = Files.createDirectories(directory.resolve("project/META-INF/services"))
                .getParent()
                .getParent();
        Files.writeString(project.resolve("META-INF/services/dev.procession.plugin.lecture.Example"), "TicketOffice\n");
        Path words = Files.writeString(project.resolve("TicketOffice_en.properties"), "title = C:\\users\\ann\n");
        hall.own = new OwnCode(List.of(project), List.of());
        String message = assertThrows(LectureFailedException.class, hall::list).getMessage();
        assertTrue(message.contains(words.getFileName().toString()), message);
        assertTrue(message.contains("write \\\\ for a backslash"), message);
    }

    @Test
    void run_ownExamplesThatFail_areToldAndTheOthersArePlayed() {
        hall.example = "P1,P2,P3,P5,03";
        String message = hall.fail().getMessage();
        assertTrue(message.startsWith("demo: 4 of 5 examples failed:"), message);
        assertTrue(message.contains("  - P1 ends-itself was not played to its end: its process (pid "), message);
        assertTrue(message.contains(") ended with code 9"), message);
        assertTrue(message.contains("  - P2 not-there cannot be made: META-INF/services/"), message);
        assertTrue(
                message.contains("java.lang.ClassNotFoundException: dev.procession.plugin.lecture.own.NotThere"),
                message);
        assertTrue(
                message.contains("  - P3 out-of-chalk threw java.lang.IllegalStateException: out of chalk (at"
                        + " dev.procession.plugin.lecture.own.OutOfChalk.play(OutOfChalk.java:"),
                message);
        assertTrue(
                message.contains("  - P5 wrong-sum threw java.lang.AssertionError: expected: <4> but was: <5> (at"
                        + " dev.procession.plugin.lecture.own.WrongSum.play(WrongSum.java:"),
                message);
        assertTrue(hall.checks("ok").contains("ok       before: 1"), "what was checked before is told, too");
        assertEquals(2, hall.checks("ok").size());
        assertEquals(
                List.of(),
                hall.told.stream().filter(line -> line.endsWith(": ")).toList(),
                "a heading, and no words behind it");
        assertTrue(Files.exists(hall.directory.resolve("P1-ends-itself.html")));
        String files = "keeps files in ";
        Path gone = Path.of(hall.told.stream()
                .filter(line -> line.contains(files))
                .map(line -> line.substring(line.indexOf(files) + files.length()))
                .findFirst()
                .orElseThrow());
        assertFalse(Files.exists(gone.getParent()), "left by a process that has ended itself: " + gone);
    }
}
