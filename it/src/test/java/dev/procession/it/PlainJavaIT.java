package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The library in a program of its own: one build, and the three ways to run it that the sample's README shows. */
@Timeout(60)
class PlainJavaIT {
    private static final String MAIN = "dev.procession.samples.plain.Main";

    private static ProjectCopy program;

    @BeforeAll
    @Timeout(200)
    static void build() throws Exception {
        program = SampleCopy.of("plain-java", "plain-java");
        MavenBuild.of(program, "package").run().assertSuccess();
    }

    @Test
    void run_classPath_works() throws Exception {
        assertRuns("class path", "-cp", join("target/plain-java.jar", "target/lib/*"), MAIN);
    }

    @Test
    void run_modulePath_works() throws Exception {
        assertRuns(
                "module path",
                "-p",
                join("target/plain-java.jar", "target/lib"),
                "-m",
                "dev.procession.samples.plain/" + MAIN);
    }

    @Test
    void run_oneJar_works() throws Exception {
        assertRuns("class path", "-jar", "target/plain-java-all.jar");
    }

    private static void assertRuns(String how, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(program.root().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(
                List.of(
                        "[Process-1] hello from a child on the " + how,
                        "[Process-2] procession has 10 letters",
                        "[Process-3] [Process-3:1] grandchild has 10 letters",
                        "1 + 4 + ... + 100 = 385"),
                output.lines().toList());
        assertEquals(0, process.exitValue());
    }

    private static String join(String... entries) {
        return String.join(File.pathSeparator, entries);
    }
}
