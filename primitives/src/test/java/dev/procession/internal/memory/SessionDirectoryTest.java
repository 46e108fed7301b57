package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SessionDirectoryTest {
    /** Short, as a base directory must be: a temporary directory of JUnit may be too long for sockets. */
    private Path root;

    private Path base;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createTempDirectory(Path.of("/tmp"), "psd");
        base = SessionBase.choose(List.of(root.resolve("base"))).path();
    }

    @AfterEach
    void deleteRoot() throws IOException {
        SessionDirectory.deleteTree(root);
    }

    @Test
    void choose_newPlace_isForItsOwnerAlone() throws IOException {
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(base)));
        assertEquals(List.of(), SessionBase.choose(List.of(base)).passedOver());
        assertEquals(List.of(), names(base));
    }

    @Test
    void choose_unusablePlaces_areNamedWithTheReason() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), base);
        Path file = Files.createFile(root.resolve("file"));
        Path open = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path deep = root.resolve("x".repeat(50));

        SessionBase chosen = SessionBase.choose(List.of(link, file, open, deep, base));

        assertEquals(base, chosen.path());
        List<String> reasons = chosen.passedOver();
        assertEquals(4, reasons.size());
        assertTrue(
                reasons.get(0).contains("link: IOException: it is not a directory, or a link to one"), reasons.get(0));
        assertTrue(reasons.get(1).contains("file: IOException: it is not a directory"), reasons.get(1));
        assertTrue(reasons.get(2).contains("open is open to others (rwxr-xr-x): chmod 700 it"), reasons.get(2));
        assertTrue(reasons.get(3).contains("is too long: a session's path there has"), reasons.get(3));
        assertFalse(Files.exists(deep));
        IOException none = assertThrows(IOException.class, () -> SessionBase.choose(List.of(file, open)));
        assertTrue(none.getMessage().contains("-Dprocession.sessions=<dir>"), none.getMessage());
        assertTrue(none.getMessage().contains("rwxr-xr-x"), none.getMessage());
    }

    @Test
    void choose_someoneElsesDirectory_isPassedOver() throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")));
        Path foreign = Files.createDirectory(root.resolve("foreign"));
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwx------"));
        assertEquals(
                0,
                new ProcessBuilder("chown", "12345", foreign.toString()).start().waitFor());

        SessionBase chosen = SessionBase.choose(List.of(foreign, base));

        assertEquals(List.of(foreign + " belongs to 12345, not to root"), chosen.passedOver());
        assertEquals(List.of(), names(foreign));
    }

    @Test
    void places_areShortEnough() {
        for (Path place : SessionBase.places()) {
            assertTrue(String.valueOf(place.getFileName()).startsWith("procession-"), place.toString());
        }
        assertTrue(SessionBase.places().get(0).toString().length() + 11 <= 60);
    }

    @Test
    void create_isNamedWhenComplete() throws IOException {
        List<Path> during = new ArrayList<>();
        Path session = SessionDirectory.create(base, made -> {
            during.addAll(SessionDirectory.list(base));
            Files.writeString(made.resolve("content"), "x");
        });

        assertEquals(List.of(), during);
        assertEquals(List.of(session), SessionDirectory.list(base));
        assertEquals("x", Files.readString(session.resolve("content")));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(session)));
        assertTrue(session.getFileName().toString().matches("[a-z0-9]{10}"), session.toString());
        assertTrue(SessionDirectory.confirm(session));
    }

    @Test
    void create_initializerFails_leavesNothing() throws IOException {
        assertThrows(
                IOException.class,
                () -> SessionDirectory.create(base, made -> {
                    Files.writeString(made.resolve("content"), "x");
                    throw new IOException("no");
                }));
        assertEquals(List.of(), names(base));
    }

    @Test
    void heap_movedWithItsSession_growsThere() throws IOException {
        List<Heap> heaps = new ArrayList<>();
        JvmLock lock = new JvmLock();
        Path session =
                SessionDirectory.create(base, made -> heaps.add(Heap.create(made, HeapOptions.standard(), lock)));
        Heap heap = heaps.get(0);
        heap.movedTo(session);

        heap.publish(heap.allocate(1, "far", 2_000_000, HeapTest.owner(1, 1)), HeapTest.owner(1, 1));

        assertTrue(Files.exists(session.resolve("segment-1")));
        assertEquals(2_000_000, Heap.attach(session, lock).find("far").size());
    }

    @Test
    void sweep_deletesTheDeadAndWhatWasLeft() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "x");
        Path dead = SessionDirectory.create(base, made -> {
            Files.createDirectory(made.resolve("alive"));
            Files.createSymbolicLink(made.resolve("alive").resolve("link"), outside);
        });
        Path alive = SessionDirectory.create(base, made -> Files.createDirectory(made.resolve("alive")));
        Files.createDirectories(base.resolve(".dead-abcdefghij").resolve("alive"));
        Files.createDirectory(base.resolve(".new-freshfresh"));
        Path old = Files.createDirectory(base.resolve(".new-oldoldoldo"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
        Files.createDirectory(base.resolve("something else"));

        List<Path> swept = SessionDirectory.sweep(base, session -> !session.equals(alive));

        assertEquals(List.of(dead), swept);
        assertEquals(
                List.of(".new-freshfresh", String.valueOf(alive.getFileName()), "something else", "sweep.lock").stream()
                        .sorted()
                        .toList(),
                names(base));
        assertEquals(List.of("alive"), names(alive));
        assertTrue(Files.exists(outside.resolve("precious")));
        assertFalse(SessionDirectory.confirm(dead));
        assertTrue(SessionDirectory.confirm(alive));
    }

    /** Somebody attaches between the two looks of the sweeper. */
    @Test
    void sweep_someoneAttachesMeanwhile_keepsTheSession() throws IOException {
        Path session = SessionDirectory.create(base, made -> {});
        AtomicInteger asked = new AtomicInteger();

        assertEquals(List.of(), SessionDirectory.sweep(base, s -> asked.incrementAndGet() == 1));

        assertEquals(2, asked.get());
        assertTrue(SessionDirectory.confirm(session));
        assertEquals(List.of(), names(session));
    }

    /** Who attaches while a sweeper is at work waits for its verdict. */
    @Test
    void confirm_duringASweep_waitsForIt() throws Exception {
        Path session = SessionDirectory.create(base, made -> {});
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch marked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread sweeper = new Thread(() -> {
            try {
                SessionDirectory.sweep(base, s -> {
                    if (asked.incrementAndGet() == 2) {
                        marked.countDown();
                        await(goOn);
                    }
                    return true;
                });
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        sweeper.start();
        await(marked);
        List<Boolean> confirmed = new ArrayList<>();
        Thread attacher = new Thread(() -> {
            try {
                confirmed.add(SessionDirectory.confirm(session));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        attacher.start();
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (attacher.getState() != Thread.State.BLOCKED && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        goOn.countDown();
        attacher.join(20_000);
        sweeper.join(20_000);

        assertEquals(List.of(false), confirmed);
    }

    @Test
    void confirm_markOfAKilledSweeper_isRemoved() throws IOException {
        Path session = SessionDirectory.create(base, made -> Files.createFile(made.resolve("sweeping")));
        assertTrue(SessionDirectory.confirm(session));
        assertEquals(List.of(), names(session));
    }

    @Test
    void sweep_lockHeldElsewhereInThisJvm_doesNothing() throws IOException {
        SessionDirectory.create(base, made -> {});
        try (FileChannel channel = FileChannel.open(
                        base.resolve("sweep.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertTrue(lock.isValid());
            assertEquals(List.of(), SessionDirectory.sweep(base, session -> true));
        }
        assertEquals(1, SessionDirectory.sweep(base, session -> true).size());
    }

    @Test
    void sweep_noBase_isNothing() throws IOException {
        assertEquals(List.of(), SessionDirectory.sweep(root.resolve("none"), session -> true));
        assertFalse(Files.exists(root.resolve("none"), LinkOption.NOFOLLOW_LINKS));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
