package dev.procession.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Named segments in one JVM. */
@Timeout(60)
class SharedSegmentTest {
    private final Session session = Session.create();

    @AfterEach
    void close() {
        session.close();
    }

    /** SH01 */
    @Test
    @Tag("SH01")
    void create_namedSegment_isSeenByWhoAttaches() {
        SharedSegment made = SharedSegment.create(session, "test01_tsmb", 512);
        assertEquals("test01_tsmb", made.name());
        assertTrue(made.size() >= 512);
        ByteBuffer buffer = made.asByteBuffer();
        assertTrue(buffer.capacity() >= 512);
        assertTrue(made.toString().contains("test01_tsmb"), made.toString());
        assertTrue(made.toString().contains("512"), made.toString());
        buffer.put(0, (byte) 42);
        assertEquals(42, made.bytes().get(0));
        SharedSegment seen = SharedSegment.attach(session, "test01_tsmb"); // a size cannot even be given
        assertEquals(made.size(), seen.size());
        assertEquals(42, seen.bytes().get(0));
        seen.bytes().intAt(4).incrementAndGet();
        assertEquals(1, made.bytes().getInt(4));
        seen.close();
        assertThrows(IllegalStateException.class, () -> seen.bytes());
        assertThrows(IllegalStateException.class, seen::asByteBuffer);
        assertEquals(42, made.asByteBuffer().get(0));
    }

    /** SH02, SH16 */
    @Test
    @Tag("SH02")
    @Tag("SH16")
    void create_againstARule_isRefused() {
        for (int size : new int[] {0, -1, -2, Integer.MAX_VALUE}) {
            IllegalArgumentException thrown =
                    assertThrows(IllegalArgumentException.class, () -> SharedSegment.create(session, "x", size));
            assertTrue(thrown.getMessage().endsWith("size=" + size), thrown.getMessage());
        }
        for (String name : List.of("", "a/b", "a\0b", "x".repeat(181), "\ud800")) {
            assertThrows(IllegalArgumentException.class, () -> SharedSegment.create(session, name, 8));
            assertThrows(IllegalArgumentException.class, () -> SharedSegment.attach(session, name));
            assertThrows(IllegalArgumentException.class, () -> SharedSegment.unlink(session, name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".new-1", "%41", "\u0434\u0430\u043d\u0456 \u2116 1", "=x", "a\nb", "A"})
    void name_withAnyCharacters_isOneName(String name) throws IOException {
        SharedSegment.create(session, name, 8).bytes().set(0, (byte) 7);
        assertEquals(7, SharedSegment.attach(session, name).bytes().get(0));
        assertThrows(NameInUseException.class, () -> SharedSegment.create(session, name, 8));
        assertThrows(ObjectGoneException.class, () -> SharedSegment.attach(session, "B"));
        try (Stream<Path> files = Files.list(session.path().resolve("named"))) {
            assertTrue(files.allMatch(file -> file.getFileName().toString().matches("[A-Za-z0-9%=][A-Za-z0-9%._-]*")));
        }
    }

    @Test
    void name_long_isOneName() {
        String name = "\u0434".repeat(90);
        SharedSegment.create(session, name, 8);
        SharedSegment.create(session, "\u0434".repeat(89), 8);
        assertEquals(name, SharedSegment.attach(session, name).name());
        SharedSegment.create(session, "x".repeat(180), 8);
    }

    /** SH03 */
    @Test
    @Tag("SH03")
    void name_takenOrMissing_isToldByTheWordsOfTheJdk() {
        SharedSegment made = SharedSegment.create(session, "one", 8);
        made.bytes().set(0, (byte) 1);
        NameInUseException taken =
                assertThrows(NameInUseException.class, () -> SharedSegment.create(session, "one", 8));
        assertInstanceOf(FileAlreadyExistsException.class, taken.getCause());
        assertEquals(1, made.bytes().get(0));
        ObjectGoneException missing =
                assertThrows(ObjectGoneException.class, () -> SharedSegment.attach(session, "two"));
        assertInstanceOf(NoSuchFileException.class, missing.getCause());
        made.unlink();
        assertInstanceOf(
                NoSuchFileException.class,
                assertThrows(ObjectGoneException.class, made::unlink).getCause());
        assertThrows(ObjectGoneException.class, () -> SharedSegment.unlink(session, "one"));
        assertEquals(1, made.bytes().get(0)); // who has it keeps it
        SharedSegment again = SharedSegment.create(session, "one", 16);
        assertEquals(0, again.bytes().get(0));
        assertNotEquals(
                SharedSegment.create(session, 8).name(),
                SharedSegment.create(session, 8).name());
    }

    /** SH05 */
    @Test
    @Tag("SH05")
    void handle_serialized_leadsToTheSameMemory() throws Exception {
        SharedSegment made = SharedSegment.create(session, "one", 8);
        byte[] travelling = write(made);
        SharedSegment arrived = (SharedSegment) read(travelling);
        arrived.bytes().set(0, (byte) 5);
        assertEquals(5, made.bytes().get(0));
        made.bytes().at(1).set((byte) 6);
        assertEquals(6, ((SharedByte) read(write(arrived.bytes().at(1)))).get());
        assertEquals(6, ((SharedBytes) read(write(arrived.bytes().slice(1, 3)))).get(0));
        made.close();
        arrived.unlink();
        ObjectGoneException gone = assertThrows(ObjectGoneException.class, () -> read(travelling));
        assertInstanceOf(NoSuchFileException.class, gone.getCause());
        assertThrows(IllegalStateException.class, () -> write(made));
    }

    /** SH06: the session is the manager. */
    @Test
    @Tag("SH06")
    void session_closed_everythingIsGone(@TempDir Path base) {
        Session other = Session.create(SessionOptions.standard().directory(base));
        for (int i = 0; i < 6; i++) {
            SharedSegment.create(other, "segment-" + i, 100);
        }
        for (int i = 0; i < 5; i++) {
            SharedList.create(other, "list-" + i, List.of(i));
        }
        try (Session attached = Session.attach(other.path())) {
            assertEquals(104, SharedSegment.attach(attached, "segment-5").size());
            assertEquals(4L, SharedList.attach(attached, "list-4").get(0));
        }
        other.close();
        assertFalse(Files.exists(other.path()));
        assertThrows(IllegalStateException.class, () -> SharedSegment.attach(other, "segment-5"));
        assertThrows(IllegalStateException.class, () -> SharedList.create(other, "list-6", List.of()));
    }

    /** Only one of many gets the name, and nobody sees a segment that is not complete. */
    @Test
    void create_byManyAtOnce_oneGetsTheName() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int round = 0; round < 50; round++) {
            String name = "round-" + round;
            List<Future<Integer>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                all.add(threads.submit(() -> {
                    try {
                        SharedSegment.create(session, name, 100_000);
                        return 1;
                    } catch (NameInUseException e) {
                        assertEquals(
                                100_000, SharedSegment.attach(session, name).size());
                        return 0;
                    }
                }));
            }
            int created = 0;
            for (Future<Integer> one : all) {
                created += one.get();
            }
            assertEquals(1, created);
        }
        threads.shutdown();
    }

    private static byte[] write(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
