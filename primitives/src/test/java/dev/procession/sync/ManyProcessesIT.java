package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.process.ChildTuning;
import dev.procession.session.SessionOptions;
import dev.procession.testing.BriefChildren;
import dev.procession.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** 200 processes at one lock. Each needs some 50 MB, so this is for the profile long. */
@Tag("long")
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ManyProcessesIT {
    private static final int CHILDREN = 200;
    private static final int ROUNDS = 50;
    private static final int COUNT = 0;
    private static final int READY = 1;

    /** A busy machine boots two hundred JVMs in minutes. */
    private static final Duration LONG = Duration.ofMinutes(4);

    private final TestSession test = new TestSession(SessionOptions.standard().maxProcesses(256));
    private final List<ChildProcess> children = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (ChildProcess child : children) {
            child.kill();
            child.join(Duration.ofSeconds(30));
        }
        test.close();
    }

    @Test
    void lock_twoHundredProcesses_everyTurnIsCountedAndTheKilledKeepNobody() throws Exception {
        long seed = Long.getLong("procession.soak.seed", System.nanoTime());
        System.out.println("ManyProcessesIT: -Dprocession.soak.seed=" + seed);
        ProcessLock lock = ProcessLock.create(test.session());
        Cells cells = Cells.create(test.session(), 2);
        // A signal, and no look every millisecond: two hundred who look keep each other from booting.
        ProcessEvent go = ProcessEvent.create(test.session());
        ProcessEvent all = ProcessEvent.create(test.session());
        ChildTask body = () -> {
            if (cells.add(READY, 1) == CHILDREN) {
                all.set();
            }
            assertTrue(go.await(LONG.toSeconds(), TimeUnit.SECONDS));
            for (int i = 0; i < ROUNDS; i++) {
                lock.lock();
                try {
                    cells.setPlain(COUNT, cells.plain(COUNT) + 1);
                } finally {
                    lock.unlock();
                }
            }
        };
        ChildOptions options = BriefChildren.options()
                .tuning(ChildTuning.BRIEF)
                .jvmOption("-Xmx16m")
                .jvmOption("-Xss256k")
                .build();
        for (int i = 0; i < CHILDREN; i++) {
            ChildProcess child = ChildProcess.of(options, body);
            child.start();
            children.add(child);
            if (i % 8 == 7) {
                int started = i; // not all at once: booting is what costs
                Eventually.holds(() -> cells.get(READY) >= started - 16, () -> cells.get(READY) + " of " + started);
            }
        }
        assertTrue(all.await(LONG.toSeconds(), TimeUnit.SECONDS), () -> cells.get(READY) + " of " + CHILDREN);
        lock.lock(); // so that all of them come to wait
        go.set();
        TimeUnit.SECONDS.sleep(2);
        lock.unlock();
        for (ChildProcess child : children) {
            assertTrue(child.join(Duration.ofMinutes(2)), child.toString());
            assertEquals(0, child.exitCode().orElseThrow(), child.toString());
        }
        assertEquals(CHILDREN * ROUNDS, cells.get(COUNT));
        assertTrue(lock.tryLock());
        lock.unlock();
        assertEquals(1, test.participant().table().members().size());
        children.clear();
        killedWhileTheyWait(lock, cells, options, new Random(seed));
    }

    /** Forty wait, half of them are killed, whoever has the lock too: the others get their turns. */
    private void killedWhileTheyWait(ProcessLock lock, Cells cells, ChildOptions options, Random random)
            throws Exception {
        cells.set(COUNT, 0);
        cells.set(READY, 0);
        lock.lock();
        for (int i = 0; i < 40; i++) {
            ChildProcess child = ChildProcess.of(options, () -> {
                cells.add(READY, 1);
                lock.lock();
                Thread.sleep(20);
                cells.add(COUNT, 1);
                lock.unlock();
            });
            child.start();
            children.add(child);
        }
        cells.await(READY, 40);
        lock.unlock();
        int killed = 0;
        for (ChildProcess child : children) {
            if (random.nextBoolean()) {
                Thread.sleep(random.nextInt(10)); // the moment of the kill: what is random here
                child.kill();
                killed++;
            }
        }
        for (ChildProcess child : children) {
            assertTrue(child.join(Duration.ofMinutes(1)), child.toString());
        }
        assertTrue(cells.get(COUNT) >= 40 - killed, cells.get(COUNT) + " turns, " + killed + " killed");
    }
}
