package dev.procession.internal.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.liveness.Membership;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.Memory;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoorbellTest {
    private static final int SLOTS = 64;

    @TempDir
    private Path session;

    private final BlockingQueue<Long> rings = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private ProcessTable table;
    private Membership here;
    private Membership there;
    private Doorbell mine;
    private Doorbell other;

    @BeforeEach
    void open() throws Exception {
        Memory memory =
                new Memory(ByteBuffer.allocateDirect(SLOTS * ProcessTable.ROW_LENGTH + ProcessTable.OBITUARIES_LENGTH));
        Path bells = Files.createDirectory(session.resolve("bell"));
        Path alive = Files.createDirectory(session.resolve("alive"));
        table = new ProcessTable(memory, 0, SLOTS, SLOTS * ProcessTable.ROW_LENGTH, alive);
        here = table.enter("here");
        there = table.enter("there");
        mine = new Doorbell(bells, table, here.owner(), rings::add);
        other = new Doorbell(bells, table, there.owner(), id -> {});
        mine.supervisedBy(new Thread()); // that never runs: nobody but the sleepers reads rings
        mine.open();
    }

    @AfterEach
    void close() throws Exception {
        mine.close();
        other.close();
        for (Thread thread : threads) {
            thread.join();
        }
        here.close();
        there.close();
    }

    private Waiter sleeper() throws InterruptedException {
        Waiter[] waiter = new Waiter[1];
        CountDownLatch made = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            waiter[0] = new Waiter(null);
            made.countDown();
            mine.await(waiter[0], Deadline.NEVER);
        });
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        made.await();
        while (!leads(waiter[0]) && thread.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        return waiter[0];
    }

    private boolean leads(Waiter waiter) {
        return mine.leader() == waiter;
    }

    /** Whoever leads and leaves wakes another one to lead; that one may have been woken to leave, too. */
    @Test
    void leader_leavesWithItsSuccessor_anotherOneReadsRings() throws Exception {
        for (int round = 1; round <= 300; round++) {
            List<Waiter> leaving = List.of(sleeper(), sleeper(), sleeper(), sleeper());
            Waiter staying = sleeper();
            assertTrue(leads(leaving.get(0)));
            for (Waiter waiter : leaving) {
                mine.wake(waiter);
                for (int turn = 0; turn < round % 30 * 50; turn++) {
                    Thread.onSpinWait();
                }
            }
            for (Waiter waiter : leaving) {
                waiter.thread.join();
            }
            assertTrue(other.ring(here.owner(), round));
            assertEquals((long) round, rings.poll(5, TimeUnit.SECONDS), "nobody reads the rings in round " + round);
            mine.wake(staying);
            staying.thread.join();
        }
    }

    @Test
    void selector_fails_everySleeperPolls() throws Exception {
        sleeper();
        sleeper();
        sleeper();
        Field selector = Doorbell.class.getDeclaredField("selector");
        selector.setAccessible(true);
        ((Selector) selector.get(mine)).close();
        for (Thread thread : threads) {
            thread.join(10_000);
            assertFalse(thread.isAlive(), "without a doorbell every sleep is a poll");
        }
    }

    /** Else rings that are on their way would not be counted any more, and be taken for lost. */
    @Test
    void ring_thatCannotBeSent_isNotCounted() throws Exception {
        mine.close(); // the socket's file goes, and the table says that it is there
        assertFalse(other.ring(here.owner(), 1));
        assertEquals(0, table.rings(here.owner()));
    }
}
