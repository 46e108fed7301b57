package dev.procession.plugin.lecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for teachers explains the example that the sample project has, and that is played in its build. */
class OwnExamplesPageTest {
    private static final Path PAGE = Path.of("../docs/own-examples.md");
    private static final Path SAMPLE = Path.of("../sample-projects/lecture-hall/src");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main/java/school/Seats.java",
                "test/java/school/TicketOffice.java",
                "test/resources/META-INF/services/dev.procession.plugin.lecture.Example",
                "test/resources/school/TicketOffice_en.properties",
                "test/resources/school/TicketOffice_uk.properties"
            })
    void page_everyFileOfTheSamplesExample_isThereAsItIs(String file) throws Exception {
        String page = Files.readString(PAGE);
        assertTrue(page.contains("`src/" + file + "`"), PAGE + " does not name src/" + file);
        assertTrue(page.contains("```"), PAGE + " has no code");
        String block = "\n" + withoutImports(Files.readAllLines(SAMPLE.resolve(file))) + "\n```";
        assertTrue(page.contains(block), PAGE + " shows another text than " + SAMPLE.resolve(file) + ", which is" + block);
    }

    private static String withoutImports(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n")).replace("\n\n\n", "\n\n");
    }
}
