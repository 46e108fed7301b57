package dev.procession.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.IncompatibleSessionException;
import dev.procession.ObjectGoneException;
import dev.procession.OwnerDeath;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.shared.SharedInt;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessLock;
import dev.procession.testing.BriefChildren;
import dev.procession.testing.Eventually;
import dev.procession.testing.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of real processes, some of which are really killed. */
@Timeout(60)
class SessionIT {

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void create_directoryIsTheOwnersAlone_closeRemovesIt() throws IOException {
        Session session = Session.create();
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(session.path())));
        assertEquals(1, session.processes().size());
        assertEquals(ProcessHandle.current().pid(), session.processes().get(0).pid());
        session.close();
        session.close();
        assertFalse(Files.exists(session.path()));
        IllegalStateException refused = assertThrows(IllegalStateException.class, session::processes);
        assertTrue(refused.getMessage().contains("was closed by this process"), refused.getMessage());
    }

    @Test
    void close_handleUsedAfterwards_isRefusedWithTheObjectsName() {
        Session session = Session.create();
        ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
        lock.close();
        assertTrue(assertThrows(IllegalStateException.class, lock::lock)
                .getMessage()
                .contains("lock \"journal\" was closed"));
        ProcessLock other = ProcessLock.attach(session, "journal");
        session.close();
        assertThrows(IllegalStateException.class, other::lock);
        assertThrows(IllegalStateException.class, other::tryLock);
    }

    /** X34: attaching never owns. */
    @Test
    void attach_anotherProgram_usesNamedObjectsAndLeavesThemWhenItEnds() throws Exception {
        try (Session session = Session.create()) {
            ProcessLock lock = ProcessLock.create(session, "shared", LockOptions.standard());
            Process other = Program.start("hold-and-exit", session.path(), "shared");
            assertEquals("held", Program.line(other));
            assertFalse(lock.tryLock());
            other.getOutputStream().close();
            assertTrue(other.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, other.exitValue());
            assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
            lock.unlock();
            assertTrue(Files.exists(session.path()));
        }
    }

    @Test
    void close_creatorLeavesFirst_theOthersGoOnAndTheLastOneRemoves() throws Exception {
        Session session = Session.create();
        Process other = Program.start("hold-and-exit", session.path(), "shared");
        assertEquals("held", Program.line(other));
        session.close();
        assertTrue(Files.exists(session.path()));
        other.getOutputStream().close();
        assertTrue(other.waitFor(30, TimeUnit.SECONDS));
        Eventually.holds("the session goes with its last process", () -> !Files.exists(session.path()));
    }

    /** Nobody owns a session: a child that boots, and has not come yet, needs it as much as one that has. */
    @Test
    void close_childIsStillBooting_itFindsTheSession() throws Exception {
        Session session = Session.create();
        SharedInt answer = SharedInt.create(session, 42);
        ChildProcess child = ChildProcess.of(named("late"), () -> {
            if (answer.incrementAndGet() != 43) {
                throw new IllegalStateException("another int: " + answer.get());
            }
        });
        child.start();
        session.close();
        child.joinOrThrow();
        Eventually.holds("the session goes with its last process", () -> !Files.exists(session.path()));
    }

    @Test
    void close_childThatBootedIsKilled_isNotHeldUp() throws Exception {
        Session session = Session.create();
        SharedInt answer = SharedInt.create(session, 42);
        ChildProcess child = ChildProcess.of(named("killed"), answer::incrementAndGet);
        child.start();
        Signals.stop(child.pid()); // it will not come
        CompletableFuture<Void> closing = CompletableFuture.runAsync(session::close);
        child.kill();
        child.join();
        closing.get(5, TimeUnit.SECONDS);
        Eventually.holds("the session goes with its last process", () -> !Files.exists(session.path()));
    }

    /** The JVM ends in order with its session open, while a child boots that is to go on without it. */
    @Test
    void exit_childThatSurvivesIsStillBooting_itFindsTheSession(@TempDir Path directory) throws Exception {
        Path told = directory.resolve("told");
        ChildProcess parent = ChildProcess.of(named("parent"), new LeavesAnHeir(told.toString()));
        parent.start();
        parent.joinOrThrow();
        Eventually.holds("the heir has told", () -> Files.exists(told) && Files.size(told) > 0);
        assertEquals("43", Files.readString(told));
    }

    private static final class LeavesAnHeir implements dev.procession.process.ChildTask {
        private static final long serialVersionUID = 1L;
        private final String told;

        LeavesAnHeir(String told) {
            this.told = told;
        }

        @Override
        public void run() {
            String path = told;
            SharedInt answer = SharedInt.create(Session.create(), 42);
            ChildOptions options = ChildOptions.builder()
                    .name("heir")
                    .daemon(true)
                    .survivesParent(true)
                    .build();
            ChildProcess.of(options, () -> Files.writeString(Path.of(path), "" + answer.incrementAndGet()))
                    .start();
        }
    }

    /** X35 */
    @Test
    void create_anEarlierSessionsProcessesWereAllKilled_itIsSwept() throws Exception {
        Process other = Program.start("create-and-wait", Path.of("-"), "-");
        Path abandoned = Path.of(Program.line(other));
        assertTrue(Files.exists(abandoned));
        other.destroyForcibly().waitFor();
        assertTrue(Files.exists(abandoned), "SIGKILL leaves it");
        // The next session removes it, or one after it: another program may be in the midst of a sweep.
        long deadline = System.nanoTime() + 20_000_000_000L;
        do {
            Session.create().close();
            assertTrue(System.nanoTime() < deadline, "the next session removes it");
        } while (Files.exists(abandoned));
    }

    @Test
    void attach_nothingThere_saysSo(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing");
        String text = assertThrows(UncheckedIOException.class, () -> Session.attach(missing))
                .getMessage();
        assertTrue(text.contains(missing.toString()) && text.contains("no session is there"), text);
        text = assertThrows(UncheckedIOException.class, () -> Session.attach(directory))
                .getMessage();
        assertTrue(text.contains("not a session's"), text);
        Path file = Files.createFile(directory.resolve("file"));
        assertThrows(UncheckedIOException.class, () -> Session.attach(file));
    }

    @Test
    void attach_damagedOrForeign_isRefusedWithTheFacts() throws Exception {
        for (long[] damage : new long[][] {{0, 0x4242424242424242L}, {8, 99}, {12, 0x0102030405060708L}, {16, 77}}) {
            Process other = Program.start("create-and-wait", Path.of("-"), "-");
            Path session = Path.of(Program.line(other));
            try (FileChannel segment = FileChannel.open(session.resolve("segment-0"), StandardOpenOption.WRITE)) {
                java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(8).putLong(0, damage[1]);
                segment.write(bytes, damage[0]);
            }
            IncompatibleSessionException refused =
                    assertThrows(IncompatibleSessionException.class, () -> Session.attach(session));
            assertTrue(refused.getMessage().contains(session.toString()), refused.getMessage());
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void attach_truncated_isRefusedAndTheJvmLives() throws Exception {
        Process other = Program.start("create-and-wait", Path.of("-"), "-");
        Path session = Path.of(Program.line(other));
        for (long length : new long[] {100_000, 100, 0}) {
            try (FileChannel segment = FileChannel.open(session.resolve("segment-0"), StandardOpenOption.WRITE)) {
                segment.truncate(length);
            }
            assertThrows(IncompatibleSessionException.class, () -> Session.attach(session));
        }
        other.destroyForcibly().waitFor();
    }

    @Test
    void ended_childKilled_itsExitStatusIsKnownFromItsParent() throws Exception {
        try (Session session = Session.create()) {
            ProcessLock lock = ProcessLock.create(session);
            ChildProcess child = ChildProcess.of(named("victim"), () -> {
                lock.lock();
                Thread.sleep(100_000);
            });
            child.start();
            Eventually.holds("the child takes the lock", lock::isLocked);
            assertEquals(2, session.processes().size());
            child.kill();
            child.join();
            Eventually.holds("the death is noticed", () -> !session.ended().isEmpty());
            SessionProcess ended = session.ended().get(0);
            assertEquals(child.pid(), ended.pid());
            assertEquals("victim", ended.name());
            assertEquals(OptionalInt.of(-9), ended.exitCode());
            assertFalse(ended.inOrder());
            lock.lock();
            OwnerDeath death = lock.ownerDeath().orElseThrow();
            assertEquals(OptionalInt.of(-9), death.exitCode());
            lock.unlock();
        }
    }

    /** A parent may close what it gave to a child before the child has booted. */
    @Test
    void start_parentClosesTheHandleAtOnce_theChildStillHasTheObject() throws Exception {
        try (Session session = Session.create()) {
            ProcessLock lock = ProcessLock.create(session);
            int objects = session.usage().objects();
            ChildProcess child = ChildProcess.of(() -> {
                lock.lock();
                lock.unlock();
            });
            child.start();
            lock.close();
            child.join();
            assertEquals(OptionalInt.of(0), child.exitCode());
            Eventually.holds(
                    "the object goes with the child", () -> session.usage().objects() < objects);
        }
    }

    @Test
    void start_childDiesBeforeItAttaches_itsReservationIsSettled() throws Exception {
        try (Session session = Session.create()) {
            ProcessLock lock = ProcessLock.create(session);
            int objects = session.usage().objects();
            for (int round = 0; round < 5; round++) {
                ChildProcess child = ChildProcess.of(() -> {
                    lock.lock();
                    lock.unlock();
                });
                child.start();
                child.kill();
                child.join();
            }
            lock.close();
            Eventually.holds(
                    "the object goes with its reservation",
                    () -> session.usage().objects() < objects);
            assertEquals(1, session.processes().size());
        }
    }

    @Test
    void close_threadsWaitInside_theyAreToldAtOnce() throws Exception {
        Session session = Session.create();
        ProcessLock lock = ProcessLock.create(session);
        lock.lock();
        CompletableFuture<Void> waiter = CompletableFuture.runAsync(lock::lock);
        TimeUnit.MILLISECONDS.sleep(100); // into its sleep; earlier would be right too
        session.close();
        ExecutionException told = assertThrows(ExecutionException.class, () -> waiter.get(10, TimeUnit.SECONDS));
        assertTrue(told.getCause() instanceof IllegalStateException, told.toString());
    }

    /** A worker that lives on must not keep the sessions alive that its tasks once used. */
    @Test
    void leave_processThatHasNoHandleAnyMore_leavesByItself() throws Exception {
        Session session = Session.create();
        ProcessLock gate = ProcessLock.create(session, "gate", LockOptions.standard());
        ChildProcess worker = ChildProcess.of(named("worker"), new Forgetful(gate));
        worker.start();
        Eventually.holds("the worker leaves", () -> session.ended().stream().anyMatch(SessionProcess::inOrder));
        assertTrue(worker.isAlive());
        assertEquals(1, session.processes().size());
        session.close();
        // Its row says that it has left before its file does: in between, the directory is the worker's to remove.
        Eventually.holds("the session's directory goes", () -> !Files.exists(session.path()));
        worker.kill();
        worker.join();
    }

    private static final class Forgetful implements dev.procession.process.ChildTask {
        private static final long serialVersionUID = 1L;
        private ProcessLock lock;

        Forgetful(ProcessLock lock) {
            this.lock = lock;
        }

        @Override
        public void run() throws Exception {
            lock.lock();
            lock.unlock();
            lock.close();
            lock = null;
            Thread.sleep(100_000);
        }
    }

    /** X36 */
    @Test
    void start_eightThreadsHoldLocksMeanwhile_childrenRun() throws Exception {
        try (Session session = Session.create()) {
            List<ProcessLock> locks = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ProcessLock lock = ProcessLock.create(session);
                locks.add(lock);
                Thread busy = new Thread(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        lock.lock();
                        lock.unlock();
                    }
                });
                busy.start();
                threads.add(busy);
            }
            ChildProcess child = ChildProcess.of(() -> {
                for (ProcessLock lock : locks) {
                    lock.lock();
                    lock.unlock();
                }
            });
            child.start();
            child.join();
            assertEquals(OptionalInt.of(0), child.exitCode());
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void processes_oneIsStopped_isReportedAndKeepsWhatItHolds() throws Exception {
        try (Session session = Session.create()) {
            ProcessLock lock = ProcessLock.create(session);
            ChildProcess child = ChildProcess.of(named("stopped"), () -> {
                lock.lock();
                Thread.sleep(100_000);
            });
            child.start();
            Eventually.holds("the child takes the lock", lock::isLocked);
            Signals.stop(child.pid());
            Eventually.holds(
                    "its silence is noticed",
                    () -> session.processes().stream()
                            .anyMatch(process -> process.pid() == child.pid()
                                    && process.silent().compareTo(Duration.ofSeconds(1)) > 0));
            assertFalse(lock.tryLock(500, TimeUnit.MILLISECONDS), "a stopped process is not robbed");
            Signals.goOn(child.pid());
            child.kill();
            assertTrue(lock.tryLock(10, TimeUnit.SECONDS));
            lock.unlock();
        }
    }

    @Test
    void objects_tenThousand_areCreatedFoundAndFreed() {
        try (Session session = Session.create()) {
            List<ProcessLock> locks = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                locks.add(ProcessLock.create(session, "lock-" + i, LockOptions.standard()));
            }
            for (int i = 0; i < 10_000; i += 777) {
                ProcessLock again = ProcessLock.attach(session, "lock-" + i);
                again.lock();
                assertFalse(locks.get(i).tryLock());
                again.unlock();
            }
            assertTrue(session.usage().objects() >= 10_000);
        }
    }

    @Test
    void names_againstTheRules_areRefused() {
        try (Session session = Session.create()) {
            for (String name : new String[] {"", "a/b", "nul\0", "x".repeat(201)}) {
                assertThrows(IllegalArgumentException.class, () -> ProcessLock.open(session, name));
            }
            assertThrows(ObjectGoneException.class, () -> ProcessLock.attach(session, "nobody made it"));
        }
    }

    @Test
    void timeline_recordingAskedFor_showsAllProcessesAndMarks() throws Exception {
        try (Session session = Session.create(SessionOptions.standard().recording(true))) {
            ProcessLock lock = ProcessLock.create(session, "journal", LockOptions.standard());
            session.mark("<script>");
            ChildProcess child = ChildProcess.of(named("writer"), () -> {
                lock.lock();
                lock.unlock();
            });
            child.start();
            child.join();
            assertEquals(2, session.timeline().processes().size());
            assertTrue(session.timeline().events().stream()
                    .anyMatch(event -> event.text().equals("<script>")));
        }
    }

    private static ChildOptions named(String name) {
        return BriefChildren.options().name(name).build();
    }

    /** A program of its own, which is no child of this library's. */
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            if (arguments[0].equals("create-and-wait")) {
                System.out.println(Session.create().path());
            } else {
                Session session = Session.attach(Path.of(arguments[1]));
                ProcessLock.open(session, arguments[2]).lock();
                System.out.println("held");
            }
            while (System.in.read() >= 0) {
                // until the other side closes the pipe
            }
        }

        static Process start(String what, Path session, String name) throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            what,
                            session.toString(),
                            name)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        static String line(Process process) throws IOException {
            return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }
}
