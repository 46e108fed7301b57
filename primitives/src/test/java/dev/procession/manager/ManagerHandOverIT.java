package dev.procession.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.testing.BriefChildren;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A client that dies while an item of a queue is on its way to it. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ManagerHandOverIT {
    private static ProcessManager manager;

    @BeforeAll
    static void start() {
        manager = ProcessManager.start();
    }

    @AfterAll
    static void shutdown() {
        manager.close();
    }

    private static void dies(String label, ChildTask task) throws Exception {
        ChildProcess child = ChildProcess.of(
                BriefChildren.options()
                        .name("client")
                        .jvmOption("-Dprocession.dieAt=" + label)
                        .build(),
                task);
        child.start();
        assertTrue(child.join(Duration.ofSeconds(30)));
        assertEquals(-9, child.exitCode().orElseThrow(), label);
    }

    @Test
    void take_clientDiesBeforeItHasSaidThatItHasTheItem_itemIsTheNextOnes() throws Exception {
        ManagedQueue<String> queue = manager.queue(3);
        queue.addAll(List.of("a", "b", "c"));
        dies("manager.handed", queue::take);
        // Without a time for the manager to notice: who asks waits, or gets the next item, but none is lost.
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            taken.add(queue.poll(20, TimeUnit.SECONDS));
        }
        assertEquals(List.of("a", "b", "c"), taken.stream().sorted().toList());
        assertNull(queue.poll());
        assertEquals(3, queue.unfinished());
    }

    @Test
    void drainTo_clientDiesBeforeItHasSaidThatItHasTheItems_theyAreBackInOrder() throws Exception {
        ManagedQueue<Integer> queue = manager.queue();
        queue.addAll(List.of(1, 2, 3, 4));
        dies("manager.handed", () -> queue.drainTo(new ArrayList<>(), 3));
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (queue.size() < 4) {
            assertTrue(System.nanoTime() < deadline, queue.size() + " items are there");
            Thread.sleep(2);
        }
        List<Integer> all = new ArrayList<>();
        queue.drainTo(all);
        assertEquals(List.of(1, 2, 3, 4), all);
    }

    @Test
    void take_clientDiesAfterItHasSaidSo_itemWentWithIt() throws Exception {
        ManagedQueue<String> queue = manager.queue();
        queue.addAll(List.of("a", "b"));
        dies("manager.taken", queue::take);
        assertEquals("b", queue.poll(20, TimeUnit.SECONDS));
        assertNull(queue.poll(300, TimeUnit.MILLISECONDS));
    }

    /** What a function took in the manager, it did what it wanted with. */
    @Test
    void compute_functionTakesFromAQueueAndTheClientDies_itemIsWhereTheFunctionPutIt() throws Exception {
        ManagedQueue<String> queue = manager.queue();
        ManagedMap<String, String> map = manager.map();
        queue.put("a");
        dies("manager.taken#2", () -> {
            queue.put("b");
            queue.take();
            map.compute("moved", (key, old) -> queue.poll());
            queue.put("c");
            queue.take();
        });
        assertEquals("b", map.get("moved"));
        assertNull(queue.poll(300, TimeUnit.MILLISECONDS));
    }
}
