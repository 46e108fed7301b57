package dev.procession.shared;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.OutOfSharedMemoryException;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When shared data are freed, and what happens when there is no room. */
@Timeout(120)
class SharedLifetimeTest {
    /** Two handles that refer to each other: only the garbage collector finds them dead. */
    private static final class Node {
        final SharedInt value;
        final List<Node> others = new ArrayList<>();

        Node(SharedInt value) {
            this.value = value;
        }
    }

    /** V11, LG03: cleaners and handles in several threads. */
    @Test
    @Tag("V11")
    void handles_foundDeadWhileOthersAllocate_areFreed() throws Exception {
        try (Session session = Session.create()) {
            int before = session.usage().objects();
            AtomicBoolean done = new AtomicBoolean();
            AtomicReference<Throwable> failed = new AtomicReference<>();
            Thread allocating = new Thread(() -> {
                while (!done.get()) {
                    try (SharedIntArray array = SharedIntArray.create(session, 100)) {
                        for (int value : array.toArray()) {
                            assertEquals(0, value);
                        }
                        array.fill(-1);
                        assertEquals(-100, array.stream().sum());
                    }
                }
            });
            allocating.setUncaughtExceptionHandler((thread, e) -> failed.set(e));
            allocating.start();
            for (int i = 0; i < 5000; i++) {
                Node one = new Node(SharedInt.create(session, i));
                Node two = new Node(SharedInt.create(session, -i));
                one.others.add(two);
                two.others.add(one);
                assertEquals(0, one.value.get() + two.value.get());
                if (i % 1000 == 0) {
                    System.gc();
                }
            }
            done.set(true);
            allocating.join();
            assertEquals(null, failed.get());
            while (session.usage().objects() > before) {
                System.gc();
                Thread.sleep(20);
            }
            assertEquals(before, session.usage().objects());
        }
    }

    @Test
    void objects_tenThousandAtOnce_areAllThere() throws Exception {
        try (Session session = Session.create()) {
            int before = session.usage().objects();
            List<SharedInt> all = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                all.add(SharedInt.create(session, i));
            }
            assertEquals(before + 10_000, session.usage().objects());
            for (int i = 0; i < 10_000; i++) {
                assertEquals(i, all.get(i).getAndIncrement());
            }
            all.forEach(SharedInt::close);
            while (session.usage().objects() > before) {
                Thread.sleep(20);
            }
        }
    }

    @Test
    void namedData_withoutHandles_stay() throws Exception {
        try (Session session = Session.create()) {
            SharedLongArray.create(session, "kept", 5).set(3, 7);
            for (int i = 0; i < 5; i++) {
                System.gc();
                Thread.sleep(10);
            }
            assertEquals(7, SharedLongArray.attach(session, "kept").get(3));
        }
    }

    /** An array larger than the largest segment that the session makes by itself. */
    @Test
    void array_ofManyMebibytes_isUsedToItsEnd() {
        try (Session session = Session.create()) {
            SharedLongArray array = SharedLongArray.create(session, 10_000_000);
            array.set(9_999_999, 1);
            array.slice(9_999_998, 10_000_000).at(0).set(2);
            assertEquals(3, array.stream().sum());
            assertEquals(2, array.asLongBuffer().get(9_999_998));
        } catch (OutOfSharedMemoryException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    @Test
    void session_ofFourMebibytes_saysThatItIsFullAndGoesOn(@TempDir Path directory) throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && run("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", small.toString()),
                "no tmpfs can be mounted here");
        try (Session session = Session.create(SessionOptions.standard().directory(small))) {
            List<SharedIntArray> arrays = new ArrayList<>();
            OutOfSharedMemoryException full = assertThrows(OutOfSharedMemoryException.class, () -> {
                while (arrays.size() < 1000) {
                    SharedIntArray array = SharedIntArray.create(session, 10_000);
                    array.fill(arrays.size());
                    arrays.add(array);
                }
            });
            assertTrue(full.getMessage().contains("no room for"), full.getMessage());
            assertTrue(arrays.size() > 50, () -> "only " + arrays.size());
            OutOfSharedMemoryException segment = assertThrows(
                    OutOfSharedMemoryException.class, () -> SharedSegment.create(session, "large", 3_000_000));
            assertEquals(3_000_000, segment.wanted());
            assertThrows(OutOfSharedMemoryException.class, () -> SharedLongArray.create(session, 1_000_000));
            try (Stream<Path> files = Files.list(session.path().resolve("named"))) {
                assertEquals(0, files.count());
            }
            for (int i = 0; i < arrays.size(); i++) {
                int[] all = arrays.get(i).toArray();
                assertEquals(i, all[0]);
                assertEquals(i, all[9_999]);
            }
            arrays.remove(7).close();
            try (SharedIntArray again = SharedIntArray.create(session, 10_000)) {
                assertArrayEquals(new int[10_000], again.toArray());
            }
            SharedSegment.create(session, "small", 8).bytes().set(0, (byte) 1);
            assertFalse(arrays.get(0).isClosed());
        } finally {
            assertTrue(run("umount", "-l", small.toString())); // lazily: the mappings go with the garbage
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
