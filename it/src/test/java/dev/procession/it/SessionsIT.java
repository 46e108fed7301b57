package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The goal {@code sessions} in a directory without a project, beside programs that have sessions and are killed. */
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SessionsIT {
    private static final String PROGRAM = """
            import dev.procession.session.Session;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    try (Session session = Session.create()) {
                        System.out.println(session.path());
                        System.in.read();
                    }
                }
            }
            """;

    /** Short: a session's path has to fit into the address of a socket. */
    private Path base;

    @BeforeEach
    void makeBase() throws IOException {
        base = Files.createTempDirectory(Path.of("/tmp"), "psi");
    }

    @AfterEach
    void deleteBase() throws IOException {
        try (Stream<Path> all = Files.walk(base)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void goal_emptyDirectory_listsAndCleansTheDeadAlone() throws Exception {
        ProjectCopy nowhere = ProjectCopy.empty("sessions");
        String where = "-Dprocession.sessions=" + base;
        nowhere.write("Program.java", PROGRAM);
        try (Program one = new Program(nowhere);
                Program other = new Program(nowhere)) {
            String living = one.session();
            String dead = other.session();
            other.kill();

            BuildResult listed = MavenBuild.of(nowhere, goal(), where).run().assertSuccess();
            String alive = "  alive: " + one.process.pid() + " (MainProcess)";
            listed.line("[INFO] " + living + "  ", " old" + alive);
            listed.line("[INFO] " + dead + "  ", "  dead: would be removed with -Dprocession.sessions.clean");
            listed.line("[INFO] 2 sessions, 1 dead, ", " MB in " + base);
            assertEquals(0, listed.lines("WARN", "procession").count(), listed::toString);
            assertTrue(Files.isDirectory(Path.of(dead)));

            BuildResult cleaned = MavenBuild.of(nowhere, "-o", goal(), where, "-Dprocession.sessions.clean")
                    .run()
                    .assertSuccess();
            cleaned.line("[INFO] " + living + "  ", alive);
            cleaned.line("[INFO] " + dead + "  ", "  dead: removed");
            cleaned.line("[INFO] 2 sessions, 1 dead, ", " MB in " + base + "; removed 1");
            assertFalse(Files.exists(Path.of(dead)));
            assertTrue(Files.isDirectory(Path.of(living)));
        }
        BuildResult quiet = MavenBuild.of(nowhere, "-q", goal(), where, "-Dprocession.sessions.clean")
                .run()
                .assertSuccess();
        assertEquals(List.of(), quiet.text());
        assertEquals(List.of(".mvn", "Program.java"), names(nowhere.root()), "the goal leaves nothing where it runs");
        assertEquals(List.of("sweep.lock"), names(base));
    }

    /** Another program of the same user, from the jar that was staged for the builds. */
    private final class Program implements AutoCloseable {
        final Process process;

        Program(ProjectCopy directory) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dprocession.sessions=" + base,
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            primitives().toString(),
                            directory.path("Program.java").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        String session() throws IOException {
            String path = process.inputReader(StandardCharsets.UTF_8).readLine();
            return path != null && path.startsWith(base.toString()) ? path : fail("no session's path: " + path);
        }

        void kill() {
            process.destroyForcibly();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            kill();
        }
    }

    private static Path primitives() throws IOException {
        try (Stream<Path> files =
                Files.walk(Surroundings.localRepository().resolve("dev/procession/procession-primitives"))) {
            return files.filter(file -> file.toString().endsWith("-" + version() + ".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String version() {
        try {
            return SampleCopy.version("lecture-hall");
        } catch (IOException e) {
            return fail(e);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String goal() {
        return "dev.procession:procession-maven-plugin:" + version() + ":sessions";
    }
}
