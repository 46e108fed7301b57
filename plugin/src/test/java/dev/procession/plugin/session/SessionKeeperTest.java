package dev.procession.plugin.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.BuildLog;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SessionKeeperTest implements BuildLog {
    private final List<String> told = new ArrayList<>();

    private Path root;
    private Path base;

    /** Short: a session's path has to fit into the address of a socket. */
    @BeforeEach
    void makeBase() throws IOException {
        root = Files.createTempDirectory(Path.of("/tmp"), "psk");
        base = Files.createDirectory(
                root.resolve("base"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @AfterEach
    void deleteBase() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void run_livingDeadAndForeign_eachHasItsLine() throws IOException {
        try (Session session = Session.create(SessionOptions.standard().directory(base))) {
            Path dead = dead("deadsessio");
            Path foreign = Files.createDirectory(base.resolve("workspaces"));
            Instant later = Instant.now().plusSeconds(3 * 3600 + 60);

            SessionsResult listed = run(base.toString(), false, later);

            String alive = line(session.path());
            assertTrue(
                    alive.matches(session.path() + "  1\\.\\d MB  3 h old  alive: "
                            + ProcessHandle.current().pid() + " \\(MainProcess\\)"),
                    alive);
            assertTrue(
                    line(dead)
                            .matches(
                                    dead
                                            + "  1\\.\\d MB  3 h old  dead: would be removed with -Dprocession\\.sessions\\.clean"),
                    line(dead));
            assertEquals(
                    foreign + "  no session, never removed: it is not a session's directory: it has no alive/ and"
                            + " segment-0",
                    line(foreign));
            assertEquals(3, told.size());
            assertTrue(listed.summary().matches("2 sessions, 1 dead, 2\\.\\d MB in " + base), listed.summary());
            assertTrue(Files.exists(dead));

            SessionsResult cleaned = run(base.toString(), true, later);

            assertTrue(line(dead).endsWith(" old  dead: removed"), line(dead));
            assertTrue(
                    cleaned.summary().matches("2 sessions, 1 dead, 2\\.\\d MB in " + base + "; removed 1"),
                    cleaned.summary());
            assertFalse(Files.exists(dead));
            assertTrue(Files.exists(foreign));
            assertTrue(Files.exists(session.path()));
            assertTrue(run(base.toString(), true, later).summary().endsWith("; removed 0"));
        }
        assertEquals(
                "no sessions in " + base,
                run(base.toString(), true, Instant.now()).summary());
    }

    @Test
    void run_unreadable_saysWhy() throws IOException {
        Path broken = dead("brokensess");
        Files.write(broken.resolve("segment-0"), new byte[10]);
        run(base.toString(), false, Instant.now());
        assertTrue(
                line(broken).endsWith("; not readable: segment-0: length is 10 bytes, expected at least 64"),
                line(broken));
    }

    @Test
    void run_missingDirectory_isNoFailureAndMakesNone() {
        Path none = root.resolve("none");
        assertEquals(
                "no sessions: " + none + " does not exist",
                run(none.toString(), true, Instant.now()).summary());
        assertFalse(Files.exists(none));
    }

    @Test
    void run_noDirectoryNamed_looksWhereTheLibraryMakesThem() {
        try (Session session = Session.create()) {
            SessionsResult result = run(null, false, Instant.now());
            assertEquals(session.path().getParent(), result.directory());
            assertTrue(line(session.path()).contains("  alive: "), line(session.path()));
            assertEquals(result.directory(), run(" ", false, Instant.now()).directory());
        }
    }

    @Test
    void run_directoryThatWillNotDo_namesTheElement() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        SessionsFailedException failure =
                assertThrows(SessionsFailedException.class, () -> run(file.toString(), false, Instant.now()));
        assertTrue(
                failure.getMessage().startsWith("<directory>" + file + "</directory> (procession.sessions): "),
                failure.getMessage());

        Path dead = dead("deadsessio");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertTrue(run(base.toString(), false, Instant.now()).summary().startsWith("1 session, 1 dead, "));
        failure = assertThrows(SessionsFailedException.class, () -> run(base.toString(), true, Instant.now()));
        assertTrue(failure.getMessage().contains("is open to others (rwxr-xr-x): chmod 700 it"), failure.getMessage());
        assertTrue(Files.exists(dead));
    }

    private SessionsResult run(String directory, boolean clean, Instant now) {
        told.clear();
        return new SessionKeeper(new SessionsRequest(directory, clean, now), this).run();
    }

    /** A copy of a session is one without anybody who lives. */
    private Path dead(String name) throws IOException {
        Path copy = base.resolve(name);
        try (Session session = Session.create(SessionOptions.standard().directory(root.resolve("other")))) {
            Files.createDirectories(copy.resolve("alive"));
            Files.copy(session.path().resolve("segment-0"), copy.resolve("segment-0"));
        }
        return copy;
    }

    private String line(Path session) {
        return told.stream()
                .filter(line -> line.startsWith(session + " "))
                .findFirst()
                .orElseGet(() -> "no line of " + session + " in " + told);
    }

    @Override
    public void info(String line) {
        told.add(line);
    }

    @Override
    public void warn(String line) {
        throw new AssertionError(line);
    }

    @Override
    public void debug(String line) {}

    @Override
    public boolean debugs() {
        return false;
    }
}
