package dev.procession.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.OwnerDeath;
import dev.procession.channel.AuthKey;
import dev.procession.channel.AuthenticationException;
import dev.procession.channel.ConnectionOptions;
import dev.procession.process.ChildFailedException;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.sync.BarrierOptions;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessBarrier;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.sync.SemaphoreOptions;
import dev.procession.testing.BriefChildren;
import dev.procession.testing.Eventually;
import dev.procession.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A manager in a process of its own, clients in others, and deaths of both. */
@Timeout(120)
class ProcessManagerIT extends ManagerCases {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static ProcessManager shared;

    private final List<ChildProcess> children = new ArrayList<>();

    @BeforeAll
    static void start() {
        shared = ProcessManager.start(options());
    }

    @AfterAll
    static void shutdown() throws Exception {
        ChildProcess process = shared.process().orElseThrow();
        shared.shutdown();
        assertTrue(process.join(LONG));
        assertEquals(0, process.exitCode().orElseThrow(), "M08");
    }

    @AfterEach
    void endChildren() throws Exception {
        for (ChildProcess child : children) {
            child.kill();
            assertTrue(child.join(LONG));
        }
    }

    @Override
    ProcessManager manager() {
        return shared;
    }

    private ChildProcess start(ChildTask task) {
        ChildProcess child =
                ChildProcess.of(BriefChildren.options().name("client").build(), task);
        child.start();
        children.add(child);
        return child;
    }

    private static void joined(ChildProcess child) throws Exception {
        assertTrue(child.join(LONG));
        child.joinOrThrow();
    }

    /** M12, L05, S05, C10, E05, B12 */
    @Test
    void proxies_inAChild_work() throws Exception {
        ManagedList<Integer> list = shared.list(List.of(3, 1, 2, 1, 9));
        ManagedMap<String, Integer> map = shared.map();
        map.putAll(Map.of("a", 1));
        map.put("b", 2);
        ManagedValue<Integer> value = shared.value(1);
        ManagedArray<Integer> array = shared.array(List.of(0, 1));
        Namespace namespace = shared.namespace();
        namespace.set("x", 0);
        namespace.set("y", 1);
        ManagedQueue<Integer> queue = shared.queue(2);
        queue.put(5);
        queue.put(6);
        ProcessReentrantLock lock = shared.reentrantLock();
        ProcessCondition condition = lock.newCondition();
        ProcessEvent event = shared.event();
        event.set();
        ProcessSemaphore semaphore = shared.semaphore(2, SemaphoreOptions.counting());
        ProcessBarrier barrier = shared.barrier(5);
        Counter counter = shared.create(Counter.class);
        joined(start(() -> {
            assertEquals(5, list.size());
            assertEquals(9, list.get(4));
            assertEquals(1, list.indexOf(1));
            list.sort(null);
            list.reverse();
            assertEquals(List.of(9, 3, 2, 1, 1), new ArrayList<>(list));
            assertEquals(9, list.remove(0));
            assertEquals(Map.of("a", 1, "b", 2), map);
            assertEquals(Map.entry("b", 2), map.pollLastEntry());
            assertEquals(2, value.update(old -> old + 1));
            assertEquals(List.of(0, 1), array.copy());
            assertEquals(Map.of("x", 0, "y", 1), namespace.attributes());
            assertEquals(2, queue.size());
            assertFalse(queue.offer(7));
            assertEquals(5, queue.take());
            assertEquals(6, queue.take());
            assertNull(queue.poll());
            lock.lock();
            lock.lock();
            assertEquals(2, lock.getHoldCount());
            lock.unlock();
            assertEquals(lock, condition.lock());
            condition.signalAll();
            lock.unlock();
            assertTrue(event.isSet());
            event.await();
            event.clear();
            semaphore.acquire();
            assertEquals(5, barrier.getParties());
            barrier.reset();
            assertEquals(1, counter.next());
        }));
        assertEquals(List.of(3, 2, 1, 1), list.copy());
        assertEquals(2, value.get());
        assertFalse(event.isSet());
        assertFalse(event.await(1, TimeUnit.MILLISECONDS));
        assertEquals(1, semaphore.availablePermits());
        semaphore.release();
        assertEquals(2, counter.next());
        assertTrue(lock.tryLock());
        lock.unlock();
    }

    /** A proxy that only the child has, and a child of it, keeps its object. */
    @Test
    void proxy_onItsWay_keepsItsObject() throws Exception {
        ManagedMap<String, String> results = shared.map();
        start(shared.map(), results);
        Eventually.holds("the grandchild has written", () -> results.containsKey("done"));
        assertEquals("here", results.get("done"));
    }

    private void start(ManagedMap<String, String> only, ManagedMap<String, String> results) throws Exception {
        only.put("k", "here");
        joined(start(() -> {
            ChildProcess grandchild = ChildProcess.of(() -> results.put("done", only.get("k")));
            grandchild.start();
            grandchild.joinOrThrow();
        }));
    }

    /** X46: all that a client may hold, and the client is killed. */
    @Test
    void client_killed_givesBackWhatItHeld() throws Exception {
        ProcessLock lock = shared.lock("held", LockOptions.standard());
        ProcessSemaphore permits = shared.semaphore(3, SemaphoreOptions.leased().bounded());
        ProcessBarrier barrier = shared.barrier(2);
        ProcessEvent ready = shared.event();
        ChildProcess child = start(() -> {
            lock.lock();
            permits.acquire(2);
            ready.set();
            barrier.await();
        });
        assertTrue(ready.await(LONG));
        Eventually.holds("it waits", () -> barrier.getNumberWaiting() == 1);
        assertFalse(lock.tryLock());
        long start = System.nanoTime();
        child.kill();
        assertTrue(lock.tryLock(20, TimeUnit.SECONDS));
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < 10_000, millis + " ms");
        OwnerDeath death = lock.ownerDeath().orElseThrow();
        assertEquals(child.pid(), death.pid());
        assertEquals("client", death.processName());
        lock.unlock();
        Eventually.holds("permits are back", () -> permits.availablePermits() == 3);
        Eventually.holds("the barrier is broken", barrier::isBroken);
        Eventually.holds("who died is known", () -> barrier.ownerDeath().isPresent());
        assertEquals(child.pid(), barrier.ownerDeath().orElseThrow().pid());
        shared.forget("held");
    }

    /** X45 */
    @Test
    void manager_killed_everyProxySaysSoAtOnce() throws Exception {
        ProcessManager manager = ProcessManager.start(ManagerOptions.standard().name("doomed"));
        ManagedMap<String, String> map = manager.map();
        ManagedQueue<String> queue = manager.queue();
        ProcessEvent ready = shared.event();
        ManagedMap<String, String> seen = shared.map();
        ChildProcess child = start(() -> {
            ready.set();
            try {
                queue.take();
            } catch (ManagerDiedException e) {
                seen.put("pid", Long.toString(e.pid()));
                seen.put("exit", e.exitCode().toString());
            }
        });
        assertTrue(ready.await(LONG));
        long pid = manager.pid();
        manager.process().orElseThrow().kill();
        long start = System.nanoTime();
        ManagerDiedException e = assertThrows(ManagerDiedException.class, () -> map.get("x"));
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        assertEquals(pid, e.pid());
        assertEquals(-9, e.exitCode().orElseThrow());
        assertTrue(
                e.getMessage().startsWith("manager \"doomed\" (pid " + pid + ") ")
                        && e.getMessage().contains("killed by signal 9"),
                e.getMessage());
        start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertEquals(
                    -9,
                    assertThrows(ManagerDiedException.class, () -> map.put("x", "y"))
                            .exitCode()
                            .orElseThrow());
        }
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        joined(child);
        assertEquals(Map.of("pid", Long.toString(pid), "exit", "OptionalInt.empty"), seen.copy());
        manager.close();
    }

    /** M10, M11 */
    @Test
    void start_addressOfTheLastOne_worksAtOnce(@TempDir Path directory) throws Exception {
        for (SocketAddress address : new SocketAddress[] {
            UnixDomainSocketAddress.of(directory.resolve("m")),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort())
        }) {
            ManagerOptions options = ManagerOptions.standard().address(address);
            for (int i = 0; i < 2; i++) {
                try (ProcessManager manager = ProcessManager.start(options)) {
                    assertEquals(address, manager.address());
                    manager.map("m").put("a", "b");
                    if (i == 0) {
                        ChildFailedException taken =
                                assertThrows(ChildFailedException.class, () -> ProcessManager.start(options));
                        assertTrue(taken.getMessage().contains("cannot listen at"), taken.getMessage());
                    }
                }
            }
        }
        Path file = Files.createTempFile("procession", ".txt");
        String path = file.toString();
        try (ProcessManager manager = ProcessManager.start(ManagerOptions.standard()
                .initializer(() -> Files.writeString(
                        Path.of(path), "ran in " + ProcessHandle.current().pid())))) {
            assertEquals("ran in " + manager.pid(), Files.readString(file));
        }
        Files.delete(file);
        ChildFailedException failed = assertThrows(
                ChildFailedException.class,
                () -> ProcessManager.start(ManagerOptions.standard().initializer(() -> {
                    throw new IOException("no such disk");
                })));
        assertTrue(failed.getMessage().endsWith("java.io.IOException: no such disk"), failed.getMessage());
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Over TCP, with a key that goes to a child in its start message, and to nobody else. */
    @Test
    void tcp_ownKeyAndAllowedClasses(@TempDir Path directory) throws Exception {
        AuthKey key = AuthKey.random();
        ManagerOptions options = ManagerOptions.standard()
                .name("remote")
                .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .connection(ConnectionOptions.standard().allow(ProcessManagerIT.class, Point.class))
                .key(key);
        try (ProcessManager manager = ProcessManager.start(options)) {
            SocketAddress address = manager.address();
            ManagedMap<String, Object> map = manager.map();
            map.put("nested", new ArrayList<>(List.of(1)));
            map.put("point", new Point(1, 2));
            assertEquals(new Point(1, 2), map.get("point"));
            assertEquals(2, map.compute("n", (k, v) -> 2));
            // Its lambda stands in a class that is not allowed.
            assertThrows(
                    dev.procession.DecodingException.class,
                    () -> manager.create(Counter.class, ManagerCases.factory()));
            joined(start(() -> map.put("child", "was here")));
            assertEquals("was here", map.get("child"));
            joined(start(() -> {
                try (ProcessManager connected = ProcessManager.connect(
                        address, ManagerOptions.standard().key(key))) {
                    connected.map("named").put("a", 1);
                }
                assertThrows(
                        AuthenticationException.class,
                        () -> ProcessManager.connect(address, ManagerOptions.standard()));
            }));
            assertEquals(1, manager.map("named").get("a"));
            ByteArrayOutputStream elsewhere = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(elsewhere)) {
                out.writeObject(map);
            }
            assertNull(options.keyForTravel(), "outside of the start of a child");
        }
    }

    /** C01, C03 with processes and threads, over the manager. */
    @Test
    void condition_processesAndThreads_areSignalled() throws Exception {
        ProcessReentrantLock lock = shared.reentrantLock();
        ProcessCondition condition = lock.newCondition();
        ManagedValue<Integer> woken = shared.value(0);
        ChildTask waiter = () -> {
            lock.lock();
            condition.await();
            woken.update(old -> old + 1);
            lock.unlock();
        };
        List<ChildProcess> processes = List.of(start(waiter), start(waiter));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                try {
                    waiter.run();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        Eventually.holds("all wait", () -> {
            lock.lock();
            try {
                return condition.waiters() == 4;
            } finally {
                lock.unlock();
            }
        });
        assertEquals(0, woken.get());
        lock.lock();
        condition.signal();
        lock.unlock();
        Eventually.holds("one is woken", () -> woken.get() == 1);
        lock.lock();
        assertEquals(3, condition.waiters());
        condition.signalAll();
        lock.unlock();
        Eventually.holds("all are woken", () -> woken.get() == 4);
        for (ChildProcess process : processes) {
            joined(process);
        }
        for (Thread thread : threads) {
            thread.join(10_000);
            assertFalse(thread.isAlive());
        }
    }

    /** B04 with the action in the manager. */
    @Test
    void barrier_action_runsInTheManagerOnce() throws Exception {
        ManagedValue<Integer> passes = shared.value(0);
        ProcessBarrier barrier =
                shared.barrier(null, 2, BarrierOptions.standard().action(() -> passes.update(old -> old + 1)));
        ChildProcess child = start(() -> {
            for (int i = 0; i < 20; i++) {
                barrier.await();
            }
        });
        for (int i = 1; i <= 20; i++) {
            barrier.await(LONG);
            assertTrue(passes.get() >= i);
        }
        joined(child);
        assertEquals(20, passes.get());
    }

    /** No orphan: the manager ends with the process that started it. X31 */
    @Test
    void owner_killed_managerEnds() throws Exception {
        ManagedValue<Long> pid = shared.value(0L);
        ChildProcess owner = start(() -> {
            ProcessManager manager = ProcessManager.start();
            pid.set(manager.pid());
            Thread.sleep(60_000);
        });
        Eventually.holds("it has started", () -> pid.get() != 0);
        ProcessHandle manager = ProcessHandle.of(pid.get()).orElseThrow();
        owner.kill();
        long start = System.nanoTime();
        Eventually.holds("the manager ends", () -> !manager.isAlive());
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
    }

    /** A stopped manager: what has a time limit keeps it. */
    @Test
    void manager_stopped_callsEndInTime() throws Exception {
        try (ProcessManager manager =
                ProcessManager.start(ManagerOptions.standard().answerTimeout(Duration.ofMillis(700)))) {
            ProcessLock lock = manager.lock();
            ManagedMap<String, String> map = manager.map();
            Signals.stop(manager.pid());
            try {
                long start = System.nanoTime();
                ManagerSilentException e =
                        assertThrows(ManagerSilentException.class, () -> lock.tryLock(300, TimeUnit.MILLISECONDS));
                assertTrue(e.getMessage().contains("did not answer acquire() of lock"), e.getMessage());
                assertThrows(ManagerSilentException.class, () -> lockOf(map));
                assertTrue(System.nanoTime() - start < 15_000_000_000L);
            } finally {
                Signals.goOn(manager.pid());
            }
        }
    }

    @Test
    @Tag("M08")
    void manager_shutDownOrLeft_itsProcessEndsWell() throws Exception {
        ProcessManager asked = ProcessManager.start();
        ChildProcess first = asked.process().orElseThrow();
        assertTrue(first.isAlive());
        asked.map().put("a", 1);
        asked.shutdown();
        assertTrue(first.join(LONG));
        assertEquals(0, first.exitCode().orElseThrow());
        asked.shutdown();
        asked.close();

        ChildProcess second;
        try (ProcessManager left = ProcessManager.start()) {
            second = left.process().orElseThrow();
            left.list().add(1);
        }
        assertTrue(second.join(LONG));
        assertEquals(0, second.exitCode().orElseThrow());

        ProcessManager started = ProcessManager.start();
        ChildProcess third = started.process().orElseThrow();
        ManagedMap<String, Integer> before = started.map();
        before.put("a", 1);
        try (started) {
            before.put("b", 2);
            assertEquals(Map.of("a", 1, "b", 2), before);
        }
        assertTrue(third.join(LONG));
        assertEquals(0, third.exitCode().orElseThrow());
        IllegalStateException gone = assertThrows(IllegalStateException.class, before::size);
        assertTrue(
                gone.getMessage().endsWith("(pid " + third.pid() + ") was closed by this process"), gone.getMessage());
    }

    @Test
    @Tag("SH07")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void manager_interruptFromTheTerminal_servesOnAndEndsInOrder() throws Exception {
        ProcessManager manager = ProcessManager.start();
        ChildProcess process = manager.process().orElseThrow();
        ManagedMap<String, Integer> map = manager.map();
        ProcessLock lock = manager.lock();
        lock.lock();

        Signals.send("INT", manager.pid());

        // A JVM that is ended by a signal says so to its parent within milliseconds; so this is long enough to tell.
        assertFalse(process.join(Duration.ofMillis(700)));
        map.put("a", 1);
        assertEquals(1, map.get("a"));
        lock.unlock();
        manager.shutdown();
        assertTrue(process.join(LONG));
        assertEquals(0, process.exitCode().orElseThrow());
    }

    private static void lockOf(ManagedMap<String, String> map) {
        map.put("a", "b");
    }
}
