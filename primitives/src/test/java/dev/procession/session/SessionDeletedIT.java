package dev.procession.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.OwnerDeath;
import dev.procession.process.ChildProcess;
import dev.procession.shared.SharedBytes;
import dev.procession.shared.SharedSegment;
import dev.procession.sync.Cells;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.TestSession;
import dev.procession.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Somebody deletes the directory of a session that is used: who cleans up, or a system that removes a user's shared memory at
 * logout.
 */
@DisabledOnOs(OS.WINDOWS) // where mapped files cannot be deleted
@Timeout(120)
class SessionDeletedIT {
    private static final int INSIDE = 0;
    private static final int VIOLATIONS = 1;
    private static final int STOP = 2;
    private static final int ROUNDS = 3; // and those of the other child behind it

    private final TestSession test = new TestSession();
    private final Session session = test.session();

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(session.path())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        assertFalse(Files.exists(session.path()));
    }

    @Test
    void lock_filesDeletedMeanwhile_staysExclusiveAndTheDeadAreFound() throws Exception {
        ProcessLock lock = ProcessLock.create(session, "l", LockOptions.standard());
        Cells cells = Cells.create(session, ROUNDS + 2);
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int rounds = ROUNDS + i;
            children.add(test.start("child-" + i, () -> {
                while (cells.get(STOP) == 0) {
                    lock.lock();
                    if (cells.add(INSIDE, 1) != 1 && lock.ownerDeath().isEmpty()) {
                        cells.add(VIOLATIONS, 1);
                    }
                    Thread.sleep(2); // so that others find it held, and ask whether its owner lives
                    cells.set(INSIDE, 0);
                    lock.unlock();
                    cells.add(rounds, 1);
                }
            }));
        }
        // Both are in the session: nobody can come to it after this.
        cells.await(ROUNDS, 10);
        cells.await(ROUNDS + 1, 10);
        delete();
        // Probes are made five times a second: each process makes several of them.
        long deadline = System.nanoTime() + 1_500_000_000L;
        while (System.nanoTime() < deadline) {
            assertTrue(lock.tryLock(20, TimeUnit.SECONDS));
            assertEquals(1, cells.add(INSIDE, 1));
            TimeUnit.MILLISECONDS.sleep(2);
            cells.set(INSIDE, 0);
            lock.unlock();
        }
        assertEquals(0, cells.get(VIOLATIONS));

        ChildProcess holder = children.get(0);
        children.get(1).kill();
        assertTrue(children.get(1).join(Duration.ofSeconds(20)));
        // Killed while it holds the lock.
        Eventually.holds("it holds the lock", () -> lock.isLocked());
        TestSession.signal(holder, "STOP");
        while (!lock.isLocked()) {
            TestSession.signal(holder, "CONT");
            TestSession.signal(holder, "STOP");
        }
        holder.kill();
        assertTrue(holder.join(Duration.ofSeconds(20)));
        assertTrue(lock.tryLock(20, TimeUnit.SECONDS));
        OwnerDeath death = lock.ownerDeath().orElseThrow();
        assertEquals(holder.pid(), death.pid());
        lock.unlock();
    }

    @Test
    void create_filesWereDeleted_saysSoAndMakesNothing() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        delete();
        lock.lock(); // what is there works
        lock.unlock();
        ProcessLock.create(session).close(); // there is room for it
        UncheckedIOException e =
                assertThrows(UncheckedIOException.class, () -> SharedBytes.create(session, 100_000_000));
        assertTrue(
                e.getMessage()
                        .startsWith("the session " + session.path()
                                + " can get no more memory: its directory was deleted by somebody"),
                e.getMessage());
        assertThrows(UncheckedIOException.class, () -> SharedSegment.create(session, "x", 1000));
        ChildProcess child = ChildProcess.of(() -> lock.lock());
        child.start();
        assertTrue(child.join(Duration.ofSeconds(20)));
        assertTrue(
                child.exception().orElseThrow().getMessage().contains("no session is there"),
                child.exception().toString());
        assertEquals(List.of(), session.deadlocks());
        assertFalse(Files.exists(session.path()), "nobody would remove it");
    }
}
