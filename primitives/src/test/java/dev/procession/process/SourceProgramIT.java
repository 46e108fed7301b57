package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java Program.java}, which keeps the compiled classes in memory, where no child finds them. */
@Timeout(60)
class SourceProgramIT {
    private static final String PROGRAM = """
            import dev.procession.process.ChildProcess;
            import java.util.List;

            public class Program {
                static class Subclass extends ChildProcess {
                    @Override
                    protected void run() {}
                }

                public static void main(String[] args) {
                    tell(ChildProcess.of(() -> System.out.println("ran")));
                    tell(ChildProcess.of(arguments -> System.out.println("ran"), 1, 2));
                    tell(new Subclass());
                }

                static void tell(ChildProcess child) {
                    try {
                        child.start();
                        child.join();
                        System.out.println(child.exitStatus());
                    } catch (Exception e) {
                        System.out.println(e);
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void start_bodyFromASourceFile_saysThatItHasToBeCompiled() throws Exception {
        Files.writeString(directory.resolve("Program.java"), PROGRAM);
        String library = Path.of(ChildProcess.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        library,
                        "Program.java")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(3, output.size(), output.toString());
        for (String line : output) {
            assertTrue(line.startsWith("java.lang.IllegalStateException: "), line);
            assertTrue(line.contains("\" cannot be started: a child JVM would not find Program, "), line);
            assertTrue(line.contains(library), line);
            assertTrue(line.contains("has to be compiled first, with javac"), line);
            assertTrue(line.endsWith("ChildOptions.builder().classPath(...)"), line);
        }
    }
}
