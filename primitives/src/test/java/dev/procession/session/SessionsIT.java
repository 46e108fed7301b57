package dev.procession.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import java.io.BufferedReader;
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

/** X35: sessions of other programs, which are really killed. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SessionsIT {
    private Path base;

    @BeforeEach
    void makeBase() throws IOException {
        base = Files.createTempDirectory(Path.of("/tmp"), "pss");
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
    void clean_otherProgramLivesThenIsKilled_sessionStaysThenGoes() throws Exception {
        try (Program program = new Program(base);
                Program other = new Program(base)) {
            SessionInfo living = info(program.session);
            assertEquals(SessionInfo.State.ALIVE, living.state());
            assertEquals(
                    List.of(program.process.pid()),
                    living.living().stream().map(SessionProcess::pid).toList());
            assertEquals("MainProcess", living.living().get(0).name());
            assertEquals(List.of(), Sessions.clean(base));

            program.kill();

            SessionInfo dead = info(program.session);
            assertEquals(SessionInfo.State.DEAD, dead.state());
            assertEquals(List.of(), dead.living());
            assertEquals(
                    List.of(program.process.pid()),
                    dead.ended().stream().map(SessionProcess::pid).toList());
            assertEquals(SessionInfo.State.ALIVE, info(other.session).state());

            assertEquals(List.of(program.session), Sessions.clean(base));
            assertFalse(Files.exists(program.session));
            assertEquals(List.of(other.session), paths());
            // It was looked at, not harmed: another program can still take part.
            try (Session attached = Session.attach(other.session)) {
                assertEquals(2, attached.processes().size());
                assertEquals(2, info(other.session).living().size());
            }
        }
    }

    @Test
    void create_afterAnotherProgramWasKilled_removesItsSession() throws Exception {
        try (Program program = new Program(base)) {
            program.kill();
            try (Session session = Session.create(SessionOptions.standard().directory(base))) {
                assertEquals(List.of(session.path()), paths());
            }
        }
    }

    @Test
    void list_oneOfTwoProcessesKilled_tellsThemApart() throws Exception {
        try (Session session = Session.create(SessionOptions.standard().directory(base))) {
            String path = session.path().toString();
            ChildProcess child =
                    ChildProcess.of(ChildOptions.builder().name("helper").build(), () -> {
                        try (Session joined = Session.attach(Path.of(path))) {
                            Thread.sleep(100_000);
                            joined.path();
                        }
                    });
            child.start();
            while (!names(info(session.path()).living()).equals(List.of("MainProcess", "helper"))) {
                Thread.sleep(5); // the class's timeout ends it
            }
            child.kill();
            child.join();
            SessionInfo info = info(session.path());
            assertEquals(SessionInfo.State.ALIVE, info.state());
            assertEquals(
                    List.of(ProcessHandle.current().pid()),
                    info.living().stream().map(SessionProcess::pid).toList());
            assertEquals(List.of("helper"), names(info.ended()));
        }
    }

    private SessionInfo info(Path session) {
        return Sessions.list(base).stream()
                .filter(info -> info.path().equals(session))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(List<SessionProcess> processes) {
        return processes.stream().map(SessionProcess::name).toList();
    }

    private List<Path> paths() {
        return Sessions.list(base).stream().map(SessionInfo::path).toList();
    }

    /** Another program with a session, until its standard input ends or it is killed. */
    private static final class Program implements AutoCloseable {
        final Process process;
        final Path session;

        Program(Path base) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-XX:TieredStopAtLevel=1",
                            Main.class.getName(),
                            base.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            session = Path.of(String.valueOf(lines.readLine()));
            assertTrue(session.startsWith(base), session.toString());
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

    /** The other program. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) throws IOException {
            try (Session session = Session.create(SessionOptions.standard().directory(Path.of(args[0])))) {
                System.out.println(session.path());
                System.out.flush();
                System.in.read();
            }
        }
    }
}
