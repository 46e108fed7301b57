package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The library in a program of its own: one build, and the three ways to run it, as the sample's README shows them. */
@Timeout(200)
class PlainJavaIT {
    static final String PAGE = "sample-projects/plain-java/README.md";

    @Test
    void commands_ofTheSamplesPage_printWhatItSays() throws Exception {
        ProjectCopy program = SampleCopy.of("plain-java", "plain-java");
        List<DocumentedCommand> commands = commands();
        assertEquals(4, commands.size(), commands::toString);
        MavenBuild.of(program, commands.get(0).arguments()).run().assertSuccess();
        assertPrints("class path", commands.get(1), program);
        assertPrints("module path", commands.get(2), program);
        assertPrints("class path", commands.get(3), program);
    }

    private static List<DocumentedCommand> commands() throws IOException {
        return DocumentedCommand.all(Surroundings.repository()).stream()
                .filter(command -> command.page().equals(PAGE))
                .toList();
    }

    private static void assertPrints(String how, DocumentedCommand command, ProjectCopy program) throws Exception {
        assertEquals(
                List.of(
                        "[Process-1] hello from a child on the " + how,
                        "[Process-2] procession has 10 letters",
                        "[Process-3] [Process-3:1] grandchild has 10 letters",
                        "1 + 4 + ... + 100 = 385"),
                command.java(program).lines().toList());
    }
}
