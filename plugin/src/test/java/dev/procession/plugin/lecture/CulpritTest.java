package dev.procession.plugin.lecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who reads that an example threw wants the line of the example, not one of the JDK. */
class CulpritTest {
    private static StackTraceElement line(String className, int line) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return new StackTraceElement(className, "run", simple + ".java", line);
    }

    private static Throwable thrown(StackTraceElement... stack) {
        NoSuchElementException thrown = new NoSuchElementException("No value present");
        thrown.setStackTrace(stack);
        return thrown;
    }

    @Test
    void told_exceptionOfTheJdkTheLibraryOrTheStage_namesTheLineOfTheExample() {
        for (String deeper : new String[] {
            "java.util.OptionalInt",
            "jdk.internal.misc.Unsafe",
            "dev.procession.process.ChildProcess",
            "dev.procession.plugin.lecture.Stage"
        }) {
            assertEquals(
                    "threw java.util.NoSuchElementException: No value present (at school.Seats.run(Seats.java:7); more in x)",
                    Culprit.told(
                            thrown(line(deeper, 1), line("school.Seats", 7), line("school.TicketOffice", 9)),
                            "more in x"));
        }
    }

    @Test
    void told_noLineOfAnExample_namesTheInnermostOrNone() {
        assertEquals(
                "threw java.util.NoSuchElementException: No value present (at java.util.OptionalInt.run(OptionalInt.java:1); x)",
                Culprit.told(thrown(line("java.util.OptionalInt", 1), line("java.lang.Thread", 2)), "x"));
        assertEquals("threw java.util.NoSuchElementException: No value present", Culprit.told(thrown(), "x"));
        assertEquals(
                Optional.empty(), Culprit.in(thrown(line("java.lang.Thread", 2)).getStackTrace()));
    }

    @Test
    void in_examplesOfTheLecture_areExamples() {
        String own = "dev.procession.plugin.lecture.example.LockValueArray";
        assertEquals(
                Optional.of(line(own, 5)),
                Culprit.in(thrown(line("dev.procession.plugin.lecture.play.Narrator", 2), line(own, 5))
                        .getStackTrace()));
    }
}
