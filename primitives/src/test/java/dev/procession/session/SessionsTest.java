package dev.procession.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Sessions seen from outside, of this JVM and broken ones. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SessionsTest {
    private static final int VERSION_OFFSET = 8;

    /** Short, as a base directory must be: a temporary directory of JUnit may be too long for sockets. */
    private Path root;

    private Path base;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createTempDirectory(Path.of("/tmp"), "pss");
        base = root.resolve("base");
    }

    @AfterEach
    void deleteRoot() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void list_sessionOfThisJvm_isAliveAndStaysSo() throws IOException {
        Instant before = Instant.now().minusSeconds(2);
        try (Session session = create()) {
            SessionInfo info = only();
            assertEquals(session.path(), info.path());
            assertEquals(SessionInfo.State.ALIVE, info.state());
            assertEquals(Optional.empty(), info.unreadable());
            assertEquals(List.of(), info.ended());
            assertEquals(1, info.living().size());
            SessionProcess self = info.living().get(0);
            assertEquals(ProcessHandle.current().pid(), self.pid());
            assertEquals("MainProcess", self.name());
            assertTrue(self.alive());
            assertTrue(self.silent().compareTo(Duration.ofMinutes(1)) < 0, self.toString());
            assertTrue(info.created().isAfter(before), info.toString());
            assertFalse(info.modified().isBefore(info.created()), info.toString());
            assertTrue(info.bytes() >= Files.size(session.path().resolve("segment-0")), info.toString());

            // A look must not drop the lock by which this process shows that it lives.
            assertEquals(List.of(), Sessions.clean(base));
            assertEquals(SessionInfo.State.ALIVE, only().state());
        }
        assertEquals(List.of(), Sessions.list(base));
    }

    /** Nothing is written to the session, not even that somebody in it is dead. */
    @Test
    void list_deadSession_leavesEveryByte() throws IOException {
        Path dead = deadSession();
        byte[] before = Files.readAllBytes(dead.resolve("segment-0"));
        List<String> names = names(dead);
        SessionInfo info = only();
        assertEquals(SessionInfo.State.DEAD, info.state());
        assertEquals(List.of(), info.living());
        assertEquals(
                List.of(ProcessHandle.current().pid()),
                info.ended().stream().map(SessionProcess::pid).toList());
        assertArrayEquals(before, Files.readAllBytes(dead.resolve("segment-0")));
        assertEquals(names, names(dead));
    }

    @Test
    void list_brokenSessions_areListedWithTheReason() throws IOException {
        try (Session good = create()) {
            Path cut = deadSession();
            try (RandomAccessFile file = file(cut)) {
                file.setLength(100);
            }
            Path empty = deadSession();
            try (RandomAccessFile file = file(empty)) {
                file.setLength(0);
            }
            Path newer = deadSession();
            try (RandomAccessFile file = file(newer)) {
                file.seek(VERSION_OFFSET);
                file.write(new byte[] {77, 0, 0, 77});
            }
            Path garbage = deadSession();
            try (RandomAccessFile file = file(garbage)) {
                file.write("not what was expected".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }

            assertEquals(5, Sessions.list(base).size());
            assertReason(cut, "segment-0: length is 100 bytes, expected ");
            assertReason(empty, "segment-0: length is 0 bytes, expected at least 64");
            assertReason(newer, "segment-0: layout version is 0x4d00004d, expected ");
            assertReason(garbage, "segment-0: magic is ");
            assertEquals(Optional.empty(), info(good.path()).unreadable());

            assertEquals(
                    Stream.of(cut, empty, newer, garbage).sorted().toList(),
                    Sessions.clean(base).stream().sorted().toList());
            assertEquals(good.path(), only().path());
        }
    }

    /** Whoever takes part in one of another version keeps it, although no more can be told of it. */
    @Test
    void clean_livingSessionOfAnotherVersion_stays() throws IOException {
        try (Session session = create()) {
            byte[] version = new byte[4];
            try (RandomAccessFile file = file(session.path())) {
                file.seek(VERSION_OFFSET);
                file.readFully(version);
                file.seek(VERSION_OFFSET);
                file.write(new byte[] {77, 0, 0, 77});
            }
            assertEquals(SessionInfo.State.ALIVE, only().state());
            assertTrue(only().unreadable().orElseThrow().contains("layout version"));
            assertEquals(List.of(), only().living());
            assertEquals(List.of(), Sessions.clean(base));
            try (RandomAccessFile file = file(session.path())) {
                file.seek(VERSION_OFFSET);
                file.write(version);
            }
        }
    }

    /** The base may be any directory of the user's, and what is in it may have a name like a session's. */
    @Test
    void clean_whatIsNotASession_stays() throws IOException {
        Path dead = deadSession();
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "x");
        Files.writeString(Files.createDirectory(base.resolve("workspaces")).resolve("precious"), "x");
        Files.createDirectory(base.resolve("screenshot"));
        Files.createDirectory(Files.createDirectory(base.resolve("still0live")).resolve("alive"));
        Files.createDirectory(base.resolve(".dead-poets"));
        Files.createDirectory(base.resolve("Some folder"));
        Files.writeString(base.resolve("notasessio"), "x");
        Files.createSymbolicLink(base.resolve("alinktoadi"), outside);
        // A link to a session is none either: it could be removed in the place of the session.
        Files.createSymbolicLink(base.resolve("linktodead"), dead);

        assertEquals(
                List.of("screenshot", "still0live", "workspaces"),
                Sessions.list(base).stream()
                        .filter(info -> info.state() == SessionInfo.State.FOREIGN)
                        .map(info -> String.valueOf(info.path().getFileName()))
                        .toList());
        assertReason(base.resolve("workspaces"), "it is not a session's directory");
        List<String> before = names(base);

        assertEquals(List.of(dead), Sessions.clean(base));

        List<String> kept = before.stream()
                .filter(name -> !name.equals(String.valueOf(dead.getFileName())))
                .toList();
        assertEquals(kept, names(base));
        assertTrue(Files.exists(base.resolve("workspaces/precious")));
        assertTrue(Files.exists(outside.resolve("precious")));
        // The sweep before a session is created is the same one.
        create().close();
        assertEquals(kept, names(base));
    }

    @Test
    void clean_unsafeDirectory_isRefusedWithTheWayOut() throws IOException {
        Path dead = deadSession();
        Path link = Files.createSymbolicLink(root.resolve("link"), base);
        assertRefused(link, "it is not a directory, or a link to one");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertRefused(base, "chmod 700 it");
        assertTrue(Files.exists(dead));
    }

    @Test
    void list_noDirectory_isEmptyAndMakesNone() {
        assertEquals(List.of(), Sessions.list(root.resolve("none")));
        assertEquals(List.of(), Sessions.clean(root.resolve("none")));
        assertFalse(Files.exists(root.resolve("none")));
    }

    @Test
    void list_notADirectory_saysSo() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> Sessions.list(file));
        assertTrue(refused.getMessage().contains("NotDirectoryException: " + file), refused.getMessage());
    }

    @Test
    void place_isWhereSessionsAre() {
        try (Session session = Session.create()) {
            SessionPlace place = Sessions.place();
            assertEquals(place.directory(), session.path().getParent());
            assertTrue(
                    Sessions.list().stream()
                            .anyMatch(info ->
                                    info.path().equals(session.path()) && info.state() == SessionInfo.State.ALIVE),
                    place.toString());
        }
    }

    private Session create() {
        return Session.create(SessionOptions.standard().directory(base));
    }

    /** A copy of a session has no lock on it: its process is as good as dead. */
    private Path deadSession() throws IOException {
        if (!Files.exists(base)) {
            create().close(); // makes it, for its owner alone
        }
        Path copy = base.resolve("copy%06d".formatted(names(base).size()));
        // In another directory, since a session that ends removes the dead ones beside it.
        try (Session session = Session.create(SessionOptions.standard().directory(root.resolve("other")))) {
            Files.createDirectories(copy.resolve("alive"));
            Files.createDirectory(copy.resolve("bell"));
            Files.copy(session.path().resolve("segment-0"), copy.resolve("segment-0"));
            for (String name : names(session.path().resolve("alive"))) {
                Files.createFile(copy.resolve("alive").resolve(name));
            }
        }
        return copy;
    }

    private static RandomAccessFile file(Path session) throws IOException {
        return new RandomAccessFile(session.resolve("segment-0").toFile(), "rw");
    }

    private SessionInfo only() {
        List<SessionInfo> all = Sessions.list(base);
        assertEquals(1, all.size(), all.toString());
        return all.get(0);
    }

    private SessionInfo info(Path session) {
        return Sessions.list(base).stream()
                .filter(info -> info.path().equals(session))
                .findFirst()
                .orElseThrow();
    }

    private void assertReason(Path session, String reason) {
        String told = info(session).unreadable().orElse("nothing");
        assertTrue(told.contains(reason), told);
    }

    private static void assertRefused(Path directory, String reason) {
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> Sessions.clean(directory));
        assertTrue(
                refused.getMessage().startsWith("the sessions in " + directory + " cannot be cleaned: "),
                refused.getMessage());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
