package dev.procession.shared;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.OwnerDeath;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared data between real processes, some of which are really killed. */
@Timeout(120)
class SharedDataIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Session session = Session.create();

    @AfterEach
    void close() throws Exception {
        session.close();
        // Where a process of another session sweeps at this very time, the next sweep removes it.
        for (int i = 0; i < 100 && Files.exists(session.path()); i++) {
            Thread.sleep(50);
            Session.create().close();
        }
        assertFalse(Files.exists(session.path()), "the session's directory is left");
    }

    record Point(int x, double y) {}

    private static void runChild(ChildTask task) throws Exception {
        try (ChildProcess child = ChildProcess.of(task)) {
            child.start();
            assertTrue(child.join(LONG));
            assertEquals(0, child.exitCode().orElseThrow(), () -> String.valueOf(child.exception()));
        }
    }

    /** V01, V02 */
    @Test
    @Tag("V01")
    @Tag("V02")
    void values_writtenByAChild_areRead() throws Exception {
        SharedInt i = SharedInt.create(session, 4343);
        SharedDouble d = SharedDouble.create(session, 3.625);
        SharedShort s = SharedShort.create(session, (short) -232);
        SharedLong l = SharedLong.create(session, 1L << 33);
        SharedByte b = SharedByte.create(session, (byte) 'x');
        SharedChar c = SharedChar.create(session, 'x');
        SharedFloat f = SharedFloat.create(session, 3.625f);
        SharedBoolean flag = SharedBoolean.create(session, false);
        Locked<SharedInt> locked = Locked.of(session, SharedInt.create(session, 1));
        SharedIntArray array = SharedIntArray.create(session, 5);
        SharedInt element = array.at(3);
        SharedIntArray slice = array.slice(1, 3);
        SharedRecordArray points = SharedRecordArray.create(session, RecordLayout.of(Point.class), 3);
        SharedRecord point = points.get(2);
        SharedDouble y = points.get(1).field("y", SharedDouble.class);
        runChild(() -> {
            assertEquals(4343, i.get());
            i.set(24234);
            d.set(-4.25);
            s.set((short) 234);
            l.set(1L << 34);
            b.set((byte) 'y');
            c.set('\u0457');
            f.set(-4.25f);
            flag.set(true);
            locked.accept(v -> v.set(v.get() + 1));
            element.set(33);
            slice.fill(7);
            point.set(new Point(3, 4.5));
            y.set(2.5);
            points.get(0).set("x", 1);
        });
        assertEquals(24234, i.get());
        assertEquals(-4.25, d.get());
        assertEquals(234, s.get());
        assertEquals(1L << 34, l.get());
        assertEquals('y', b.get());
        assertEquals('\u0457', c.get());
        assertEquals(-4.25f, f.get());
        assertTrue(flag.get());
        assertEquals(2, locked.getObject().get());
        assertFalse(locked.getLock().isLocked());
        assertArrayEquals(new int[] {0, 7, 7, 33, 0}, array.toArray());
        assertEquals(new Point(3, 4.5), points.get(2).copy(Point.class));
        assertEquals(new Point(0, 2.5), points.get(1).copy(Point.class));
        assertEquals(new Point(1, 0), points.get(0).copy(Point.class));
        assertEquals(0, session.rescues());
    }

    /** V04, V05 */
    @Test
    @Tag("V04")
    @Tag("V05")
    void array_prefixSumsOfAChild_areThose() throws Exception {
        int[] expected = {680, 626, 934, 821, 150, 233, 548, 982, 714, 831};
        SharedIntArray array = SharedIntArray.of(session, expected);
        Locked<SharedIntArray> locked = Locked.of(session, SharedIntArray.of(session, expected));
        runChild(() -> {
            for (int i = 1; i < array.length(); i++) {
                array.set(i, array.get(i) + array.get(i - 1));
            }
            locked.accept(values -> {
                for (int i = 1; i < values.length(); i++) {
                    values.setPlain(i, values.getPlain(i) + values.getPlain(i - 1));
                }
            });
        });
        Arrays.parallelPrefix(expected, Integer::sum);
        assertArrayEquals(expected, array.toArray());
        int[] sums = locked.apply(SharedIntArray::toArray);
        assertArrayEquals(expected, sums);
    }

    /** X40, V12 */
    @Test
    @Tag("X40")
    @Tag("V12")
    void counters_ofTwoProcesses_areExact() throws Exception {
        SharedInt byAdding = SharedInt.create(session, 0);
        SharedLong byExchange = SharedLong.create(session, 0);
        SharedDouble halves = SharedDouble.create(session, 0);
        SharedShortArray packed = SharedShortArray.create(session, 2);
        Locked<SharedInt> locked = Locked.of(session, SharedInt.create(session, 0));
        ChildProcess[] children = new ChildProcess[2];
        for (int p = 0; p < 2; p++) {
            int own = p;
            children[p] = ChildProcess.of(() -> {
                for (int i = 0; i < 100_000; i++) {
                    byAdding.getAndAdd(1);
                    byExchange.updateAndGet(v -> v + 1);
                    halves.addAndGet(0.5);
                    packed.getAndAdd(own, (short) 1);
                    locked.accept(v -> v.setPlain(v.getPlain() + 1));
                }
            });
            children[p].start();
        }
        for (ChildProcess child : children) {
            assertTrue(child.join(LONG));
            assertEquals(0, child.exitCode().orElseThrow(), () -> String.valueOf(child.exception()));
        }
        assertEquals(200_000, byAdding.get());
        assertEquals(200_000, byExchange.get());
        assertEquals(100_000.0, halves.get());
        assertArrayEquals(new short[] {(short) 100_000, (short) 100_000}, packed.toArray());
        int sum = locked.getObject().get();
        assertEquals(200_000, sum);
        assertEquals(0, session.rescues());
    }

    /**
     * What was written plain before a release is seen after the acquire that sees it; a million times, both ways, or as often
     * as it goes on a busy machine, where each time waits for the other one to get a processor.
     */
    @Test
    void plainWrites_beforeARelease_areSeenAfterTheAcquire() throws Exception {
        SharedLongArray data = SharedLongArray.create(session, 64);
        SharedInt turn = SharedInt.create(session, 0);
        SharedByte side = SharedBytes.create(session, 3).at(1);
        SharedInt over = SharedInt.create(session, 0);
        ChildProcess child = ChildProcess.of(() -> pingPong(data, turn, side, over, 1));
        child.start();
        assertTrue(pingPong(data, turn, side, over, 0) > 100);
        assertTrue(child.join(LONG));
        assertEquals(0, child.exitCode().orElseThrow(), () -> String.valueOf(child.exception()));
    }

    /** Returns how many rounds there were. */
    private static int pingPong(SharedLongArray data, SharedInt turn, SharedByte side, SharedInt over, int own) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        int round = own;
        for (; round < 1_000_000 && (round < 1000 || System.nanoTime() - end < 0); round += 2) {
            for (long spins = 0;
                    round % 4 < 2 ? turn.getAcquire() != round : side.getAcquire() != (byte) round;
                    spins++) {
                if (over.getAcquire() != 0) {
                    return round;
                }
                pause(spins);
            }
            int i = round * 7 & 63;
            long found = data.getPlain(i);
            if (round > 0 && found != round) {
                throw new AssertionError("round " + round + " found " + found);
            }
            int next = round + 1;
            data.setPlain(next * 7 & 63, next);
            if (next % 4 < 2) {
                turn.setRelease(next);
            } else {
                side.setRelease((byte) next);
            }
        }
        over.setRelease(1);
        return round;
    }

    /** Both spin, and the machine may have one processor for the two. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it makes the test faster where processors are few
    private static void pause(long spins) {
        if (spins % 100 == 99) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    /** Dekker's: each sets its own flag and looks at the other's. With volatile access at least one sees the other. */
    @Test
    void volatileWrites_ofTwoProcesses_areNeverBothMissed() throws Exception {
        int rounds = 50_000;
        SharedIntArray flags = SharedIntArray.create(session, 64);
        SharedBytes packed = SharedBytes.create(session, 64);
        SharedIntArray gate = SharedIntArray.create(session, 64);
        ChildProcess child = ChildProcess.of(() -> dekker(rounds, flags, packed, gate, 1));
        child.start();
        dekker(rounds, flags, packed, gate, 0);
        assertTrue(child.join(LONG));
        assertEquals(0, child.exitCode().orElseThrow(), () -> String.valueOf(child.exception()));
    }

    private static void dekker(int rounds, SharedIntArray flags, SharedBytes packed, SharedIntArray gate, int own) {
        int mine = own * 32;
        int its = 32 - mine;
        for (int round = 1; round <= rounds; round++) {
            gate.set(mine, 2 * round);
            for (long spins = 0; gate.get(its) < 2 * round; spins++) {
                pause(spins);
            }
            boolean missed;
            if (round % 2 == 0) {
                flags.set(mine, round);
                missed = flags.get(its) != round;
            } else {
                packed.set(mine, (byte) round);
                missed = packed.get(its) != (byte) round;
            }
            gate.set(mine + 1, missed ? -round : round);
            gate.set(mine, 2 * round + 1);
            for (long spins = 0; gate.get(its) < 2 * round + 1; spins++) {
                pause(spins);
            }
            if (missed && gate.get(its + 1) == -round) {
                throw new AssertionError("round " + round + ": both missed the other's");
            }
        }
    }

    /** SH04, SH05 */
    @Test
    @Tag("SH04")
    @Tag("SH05")
    void segment_writtenByAChild_isRead() throws Exception {
        SharedSegment segment = SharedSegment.create(session, "greetings", 64);
        SharedInt inIt = segment.bytes().intAt(32);
        String path = session.path().toString();
        runChild(() -> {
            segment.asByteBuffer().put("HELLO".getBytes(StandardCharsets.UTF_8));
            inIt.incrementAndGet();
            try (Session attached = Session.attach(Path.of(path))) {
                SharedSegment.attach(attached, "greetings")
                        .bytes()
                        .copyFrom(8, "howdy".getBytes(StandardCharsets.UTF_8), 0, 5);
            }
        });
        byte[] read = new byte[13];
        segment.bytes().copyTo(0, read, 0, 13);
        assertEquals("HELLO\0\0\0howdy", new String(read, StandardCharsets.UTF_8));
        assertEquals(1, segment.bytes().getInt(32));
    }

    /** SH08, SH10 */
    @Test
    @Tag("SH10")
    void list_setByAChild_isRead() throws Exception {
        SharedList list = SharedList.of(session, "howdy", 1, 2.5, null);
        runChild(() -> {
            assertEquals("howdy", list.get(0));
            list.set(0, "hello");
            list.set(3, 7);
        });
        assertEquals(Arrays.asList("hello", 1L, 2.5, 7L), list.toList());
    }

    /** A process is killed at each store of a change of a list: the old value is there or the new one, and writers go on. */
    @ParameterizedTest
    @ValueSource(strings = {"list.begin", "list.written", "list.committed"})
    void list_writerKilled_valueIsWhole(String label) throws Exception {
        SharedList list = SharedList.of(session, "aaaaaaaa", "bbbbbbbb");
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder()
                        .jvmOption("-Dprocession.dieAt=" + label + "#2")
                        .build(),
                () -> {
                    list.set(0, "cccccccc");
                    list.set(1, "dddddddd");
                });
        child.start();
        assertTrue(child.join(LONG));
        assertEquals(-9, child.exitCode().orElseThrow());
        assertEquals("cccccccc", list.get(0));
        assertEquals(label.equals("list.committed") ? "dddddddd" : "bbbbbbbb", list.get(1));
        long start = System.nanoTime();
        list.set(1, "eeeeeeee");
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
        assertEquals("eeeeeeee", list.get(1));
    }

    /** A process is killed while it creates a segment: there is none, or a whole one. */
    @ParameterizedTest
    @ValueSource(strings = {"named.written", "named.linked"})
    void segment_creatorKilled_isWholeOrNotThere(String label) throws Exception {
        SharedInt here = SharedInt.create(session, 0);
        String path = session.path().toString();
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder().jvmOption("-Dprocession.dieAt=" + label).build(), () -> {
                    here.set(1);
                    SharedSegment.create(Session.attach(Path.of(path)), "half", 1000);
                });
        child.start();
        assertTrue(child.join(LONG));
        assertEquals(-9, child.exitCode().orElseThrow());
        assertEquals(1, here.get());
        if (label.equals("named.linked")) {
            assertEquals(1000, SharedSegment.attach(session, "half").size());
            SharedSegment.unlink(session, "half");
        }
        assertEquals(8, SharedSegment.create(session, "half", 8).size());
    }

    /** The next owner of the lock is told that the data may be half-changed. */
    @Test
    void locked_ownerKilled_nextIsTold() throws Exception {
        Locked<SharedIntArray> pair = Locked.of(session, SharedIntArray.create(session, 2));
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder().name("half").build(),
                () -> pair.accept(values -> {
                    values.set(0, 1);
                    sleep();
                }));
        child.start();
        while (pair.getObject().get(0) == 0) {
            Thread.sleep(2);
        }
        child.kill();
        assertTrue(pair.getLock().tryLock(10, TimeUnit.SECONDS));
        OwnerDeath death = pair.getLock().ownerDeath().orElseThrow();
        assertEquals("half", death.processName());
        assertArrayEquals(new int[] {1, 0}, pair.getObject().toArray());
        pair.getLock().unlock();
        assertTrue(child.join(LONG));
    }

    private static void sleep() {
        try {
            Thread.sleep(100_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** X34, SH15: a stranger takes part, ends in every way, and takes nothing with it. */
    @ParameterizedTest
    @ValueSource(strings = {"return", "exit", "kill"})
    @Tag("X34")
    @Tag("SH15")
    void stranger_attachesAndEnds_segmentStays(String end) throws Exception {
        SharedSegment segment = SharedSegment.create(session, "stays", 100);
        SharedInt named = SharedInt.create(session, "number", 1);
        Process stranger = start(Stranger.class, session.path().toString(), end);
        try (BufferedReader out = reader(stranger)) {
            assertEquals("ready", out.readLine());
            if (end.equals("kill")) {
                stranger.destroyForcibly();
            }
            assertTrue(stranger.waitFor(30, TimeUnit.SECONDS));
        } finally {
            stranger.destroyForcibly();
        }
        assertEquals(17, segment.bytes().get(0));
        assertEquals(2, named.get());
        assertEquals(104, SharedSegment.attach(session, "stays").size());
        assertTrue(Files.exists(session.path()));
    }

    /** Attaches to a session that it was told of. */
    static final class Stranger {
        public static void main(String[] args) throws Exception {
            Session session = Session.attach(Path.of(args[0]));
            SharedSegment.attach(session, "stays").bytes().set(0, (byte) 17);
            SharedInt.attach(session, "number").incrementAndGet();
            System.out.println("ready");
            switch (args[1]) {
                case "exit" -> System.exit(0);
                case "kill" -> Thread.sleep(100_000);
                default -> session.close();
            }
        }
    }

    /** X35, SH12, SH13, SH14: no helper process keeps the account, so that none can be killed instead. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("X35")
    @Tag("SH12")
    @Tag("SH13")
    @Tag("SH14")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void owner_killed_nextSessionSweeps(boolean forcibly, @TempDir Path base) throws Exception {
        Process owner = start(Owner.class, base.toString());
        Path path;
        try (BufferedReader out = reader(owner)) {
            path = Path.of(out.readLine());
            assertTrue(Files.exists(path.resolve("named").resolve("stays")));
            assertFalse(Files.exists(path.resolve("named").resolve("unlinked-early")));
            try (Session other = Session.create(SessionOptions.standard().directory(base))) {
                assertTrue(Files.exists(path), "a living owner's session was swept beside " + other);
            }
            if (forcibly) {
                owner.destroyForcibly();
            } else {
                owner.destroy();
            }
            assertTrue(owner.waitFor(30, TimeUnit.SECONDS));
        } finally {
            owner.destroyForcibly();
        }
        try (Session next = Session.create(SessionOptions.standard().directory(base))) {
            assertFalse(Files.exists(path), "the dead owner's session is left beside " + next);
        }
    }

    /** Owns a session until it is killed. */
    static final class Owner {
        public static void main(String[] args) throws Exception {
            Session session = Session.create(SessionOptions.standard().directory(Path.of(args[0])));
            SharedSegment.create(session, "unlinked-early", 100).unlink();
            SharedSegment.create(session, "stays", 100);
            System.out.println(session.path());
            Thread.sleep(100_000);
        }
    }

    /** SH05: what the receiver attaches to is gone, and it says so. */
    @Test
    @Tag("SH05")
    void segment_unlinkedBeforeTheChildStarts_isRefusedThere() throws Exception {
        SharedSegment segment = SharedSegment.create(session, "early", 64);
        segment.unlink();
        ChildProcess child = ChildProcess.of(() -> System.out.println(segment.size()));
        child.start();
        assertTrue(child.join(LONG));
        assertEquals(1, child.exitCode().orElseThrow());
        assertTrue(child.exception().orElseThrow().toString().contains("early"), () -> child.exception() + "");
        segment.close();
        ChildProcess closed = ChildProcess.of(() -> System.out.println(segment.size()));
        assertThrows(Exception.class, closed::start);
    }

    private static Process start(Class<?> main, String... args) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName());
        builder.command().addAll(Arrays.asList(args));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
