package dev.procession.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.ObjectGoneException;
import dev.procession.OwnerDeath;
import dev.procession.sync.BarrierOptions;
import dev.procession.sync.ProcessBarrier;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.sync.SemaphoreOptions;
import dev.procession.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through sockets, with all processes in one JVM: the one that serves, and clients that come and go. */
class ProcessManagerTest extends ManagerCases {
    private ProcessManager served;
    private ProcessManager manager;
    private final List<ProcessManager> others = new ArrayList<>();

    @BeforeEach
    void connect() throws Exception {
        served = ProcessManager.serve(options());
        manager = ProcessManager.connect(served.address(), ManagerOptions.standard());
    }

    @AfterEach
    void close() {
        others.forEach(ProcessManager::close);
        manager.close();
        served.close();
    }

    @Override
    ProcessManager manager() {
        return manager;
    }

    private ProcessManager other() throws Exception {
        ProcessManager other = ProcessManager.connect(
                served.address(), ManagerOptions.standard().name("other"));
        others.add(other);
        return other;
    }

    private static <T> FutureTask<T> thread(String name, Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** X46: the client goes, and the lock is the next one's, who is told. */
    @Test
    void lock_ownersConnectionDrops_goesToTheNext() throws Exception {
        ProcessLock lock = manager.lock("l", dev.procession.sync.LockOptions.standard());
        ProcessManager other = other();
        ProcessLock theirs = other.lock("l", dev.procession.sync.LockOptions.standard());
        theirs.lock();
        assertFalse(lock.tryLock());
        FutureTask<OwnerDeath> next = thread("next", () -> {
            lock.lock();
            OwnerDeath death = lock.ownerDeath().orElseThrow();
            lock.unlock();
            return death;
        });
        long start = System.nanoTime();
        other.close();
        OwnerDeath death = next.get(20, TimeUnit.SECONDS);
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        assertEquals("lock \"l\"", death.object());
        assertEquals(ProcessHandle.current().pid(), death.pid());
        assertTrue(lock.tryLock());
        assertTrue(lock.ownerDeath().isEmpty(), "it was given back properly since");
        lock.unlock();
    }

    @Test
    void lock_ownersThreadEnds_goesToTheNext() throws Exception {
        ProcessLock lock = manager.lock();
        List<OwnerDeath> told = new ArrayList<>();
        lock.onOwnerDeath(told::add);
        thread("careless", () -> {
                    lock.lock();
                    return null;
                })
                .get();
        assertTrue(lock.tryLock(20, TimeUnit.SECONDS));
        assertEquals("careless", told.get(0).threadName());
        lock.unlock();
    }

    @Test
    void strictLock_ownerDied_refusesUntilRecovered() throws Exception {
        dev.procession.sync.LockOptions strict =
                dev.procession.sync.LockOptions.standard().strict();
        ProcessLock lock = manager.lock("s", strict);
        ProcessManager other = other();
        other.lock("s", strict).lock();
        FutureTask<Void> waits = thread("waits", () -> {
            lock.lock();
            return null;
        });
        Thread.sleep(30);
        other.close();
        ExecutionException e = assertThrows(ExecutionException.class, () -> waits.get(20, TimeUnit.SECONDS));
        assertEquals(dev.procession.OwnerDiedException.class, e.getCause().getClass());
        assertThrows(dev.procession.OwnerDiedException.class, lock::tryLock);
        assertThrows(
                ArithmeticException.class,
                () -> lock.recover(() -> {
                    throw new ArithmeticException();
                }));
        assertThrows(dev.procession.OwnerDiedException.class, lock::lock);
        lock.recover(() -> assertTrue(lock.isHeldByCurrentThread()));
        lock.lock();
        lock.unlock();
    }

    @Test
    void lock_deadlock_isDetected() throws Exception {
        dev.procession.sync.LockOptions detect =
                dev.procession.sync.LockOptions.standard().detectDeadlocks();
        ProcessLock a = manager.lock("a", detect);
        ProcessLock b = manager.lock("b", detect);
        a.lock();
        FutureTask<String> other = thread("other", () -> {
            b.lock();
            try {
                a.lock();
                a.unlock();
                return "got it";
            } finally {
                b.unlock();
            }
        });
        Eventually.holds("the other waits", () -> served.dump().contains("1 wait"));
        dev.procession.DeadlockException e = assertThrows(dev.procession.DeadlockException.class, b::lock);
        assertTrue(
                e.getMessage().contains("lock \"a\" is held by")
                        && e.getMessage().contains("lock \"b\""),
                e.getMessage());
        a.unlock();
        assertEquals("got it", other.get(20, TimeUnit.SECONDS));
        a.lock();
        assertThrows(dev.procession.DeadlockException.class, a::lock);
        a.unlock();
    }

    /** S, X04: permits of who is gone come back. */
    @Test
    void leasedSemaphore_holderGone_permitsComeBack() throws Exception {
        ProcessSemaphore slots =
                manager.semaphore("slots", 3, SemaphoreOptions.leased().bounded());
        ProcessManager other = other();
        ProcessSemaphore theirs =
                other.semaphore("slots", 3, SemaphoreOptions.leased().bounded());
        theirs.acquire(3);
        assertFalse(slots.tryAcquire());
        FutureTask<Boolean> waits = thread("waits", () -> slots.tryAcquire(2, 20, TimeUnit.SECONDS));
        other.close();
        assertTrue(waits.get(20, TimeUnit.SECONDS));
        assertEquals(
                ProcessHandle.current().pid(), slots.lastDeath().orElseThrow().pid());
        Eventually.holds("the thread's end is told", () -> slots.availablePermits() == 3);
        assertThrows(IllegalStateException.class, slots::release);
    }

    /** X09, X10: who is gone at a barrier, or was to come, breaks it. */
    @Test
    void barrier_partyGone_breaksWithItsName() throws Exception {
        for (boolean arrives : new boolean[] {true, false}) {
            ProcessBarrier barrier = manager.barrier("b" + arrives, 3, BarrierOptions.standard());
            ProcessManager other = other();
            ProcessBarrier theirs = other.barrier("b" + arrives, 3, BarrierOptions.standard());
            FutureTask<Integer> gone = thread("gone", () -> {
                if (arrives) {
                    return theirs.await();
                }
                theirs.register();
                return -1;
            });
            FutureTask<Integer> waits = thread("waits", () -> barrier.await(Duration.ofSeconds(20)));
            Eventually.holds("they are there", () -> barrier.getNumberWaiting() == (arrives ? 2 : 1));
            if (!arrives) {
                gone.get();
            }
            other.close();
            ExecutionException e = assertThrows(ExecutionException.class, () -> waits.get(20, TimeUnit.SECONDS));
            assertEquals(BrokenBarrierException.class, e.getCause().getClass());
            assertTrue(
                    e.getCause().getMessage().contains("is gone"), e.getCause().getMessage());
            assertTrue(barrier.isBroken());
            assertEquals(
                    ProcessHandle.current().pid(),
                    barrier.ownerDeath().orElseThrow().pid());
            barrier.reset();
            assertFalse(barrier.isBroken());
        }
    }

    /** X05: a waiter that is gone takes no signal. */
    @Test
    void condition_waiterGone_takesNoSignal() throws Exception {
        ProcessReentrantLock lock = manager.reentrantLock("cl", dev.procession.sync.LockOptions.standard());
        ProcessCondition condition = manager.condition("c", lock);
        ProcessManager other = other();
        ProcessReentrantLock theirLock = other.reentrantLock("cl", dev.procession.sync.LockOptions.standard());
        ProcessCondition theirs = other.condition("c", theirLock);
        FutureTask<Void> gone = thread("gone", () -> {
            theirLock.lock();
            theirs.await();
            return null;
        });
        Eventually.holds("it waits", () -> waiters(lock, condition) == 1);
        FutureTask<Boolean> stays = thread("stays", () -> {
            lock.lock();
            try {
                return condition.await(20, TimeUnit.SECONDS);
            } finally {
                lock.unlock();
            }
        });
        Eventually.holds("both wait", () -> waiters(lock, condition) == 2);
        other.close();
        assertThrows(ExecutionException.class, () -> gone.get(20, TimeUnit.SECONDS));
        Eventually.holds("one is left", () -> waiters(lock, condition) == 1);
        lock.lock();
        condition.signal();
        lock.unlock();
        assertTrue(stays.get(20, TimeUnit.SECONDS));
    }

    private static int waiters(ProcessLock lock, ProcessCondition condition) {
        lock.lock();
        try {
            return condition.waiters();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void item_takerGone_isTheNextOnes() throws Exception {
        ManagedQueue<String> queue = manager.queue("q", 10);
        ProcessManager other = other();
        ManagedQueue<String> theirs = other.queue("q", 10);
        FutureTask<String> gone = thread("gone", theirs::take);
        Eventually.holds("it waits", () -> served.dump().contains("queue \"q\": 0 items"));
        Thread.sleep(50);
        other.close();
        assertThrows(ExecutionException.class, () -> gone.get(20, TimeUnit.SECONDS));
        Thread.sleep(100);
        queue.put("x");
        assertEquals("x", queue.poll(5, TimeUnit.SECONDS));
    }

    /** M15: what nobody has a proxy for goes. */
    @Test
    void objects_withoutProxies_go() throws Exception {
        int before = manager.objects();
        ManagedMap<String, String> kept = manager.map("kept");
        kept.put("a", "b");
        for (int i = 0; i < 100; i++) {
            manager.map().put("x", "y");
        }
        assertTrue(manager.objects() > before);
        Eventually.holds("they are collected", () -> {
            System.gc();
            return manager.objects() == before + 1;
        });
        manager.forget("kept");
        assertEquals("b", kept.get("a"));
    }

    @Test
    void proxy_serialized_isTheSameObject() throws Exception {
        ManagedMap<String, Integer> map = manager.map();
        ProcessLock lock = manager.lock();
        Counter counter = manager.create(Counter.class);
        counter.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of(map, lock, counter)));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            List<?> copies = (List<?>) in.readObject();
            @SuppressWarnings("unchecked")
            ManagedMap<String, Integer> copy = (ManagedMap<String, Integer>) copies.get(0);
            copy.put("a", 1);
            assertEquals(1, map.get("a"));
            lock.lock();
            assertTrue(((ProcessLock) copies.get(1)).isHeldByCurrentThread());
            lock.unlock();
            assertEquals(lock, copies.get(1));
            assertEquals(2, ((Counter) copies.get(2)).next());
            assertEquals(counter, copies.get(2));
        }
    }

    /** Of an exception that is not serializable, class, message and stack arrive. */
    @Test
    void exceptions_arriveWithTheRemoteStack() throws Exception {
        Counter counter = manager.create(Counter.class);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> counter.add(-1));
        String remote = e.getSuppressed()[0].toString();
        assertTrue(
                remote.startsWith("thrown in manager \"manager\" (pid ") && remote.contains("CounterImpl.add("),
                remote);
        RemoteCallException strange = assertThrows(RemoteCallException.class, () -> counter.add(14));
        assertEquals(Stranger.class.getName(), strange.remoteClassName());
        assertEquals("strange", strange.remoteMessage());
        assertTrue(strange.remoteStackTrace().contains("CounterImpl.add("));
        assertThrows(dev.procession.EncodingException.class, counter::unknown);
    }

    @Test
    void ownType_interrupted_isInterruptedThere() throws Exception {
        Counter counter = manager.create(Counter.class);
        Thread[] sleeper = new Thread[1];
        CompletableFuture<Long> slept = new CompletableFuture<>();
        sleeper[0] = new Thread(() -> {
            long start = System.nanoTime();
            try {
                counter.sleep(30_000);
            } catch (InterruptedException e) {
                slept.complete(System.nanoTime() - start);
            }
        });
        sleeper[0].start();
        Thread.sleep(100);
        sleeper[0].interrupt();
        assertTrue(slept.get(10, TimeUnit.SECONDS) < 10_000_000_000L);
    }

    /** X45 within one process: the manager goes, and nothing hangs. */
    @Test
    void calls_managerGone_failAtOnce() throws Exception {
        ManagedMap<String, String> map = manager.map();
        ManagedQueue<String> queue = manager.queue();
        FutureTask<String> taker = thread("taker", queue::take);
        Thread.sleep(50);
        served.close();
        ExecutionException e = assertThrows(ExecutionException.class, () -> taker.get(20, TimeUnit.SECONDS));
        assertEquals(ManagerDiedException.class, e.getCause().getClass());
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            ManagerDiedException died = assertThrows(ManagerDiedException.class, () -> map.get("x"));
            assertEquals(ProcessHandle.current().pid(), died.pid());
            assertTrue(died.exitCode().isEmpty());
        }
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        assertThrows(ManagerDiedException.class, () -> manager.map());
    }

    @Test
    void reconnect_managerBack_goesOnWithNames() throws Exception {
        ManagerOptions patient = ManagerOptions.standard().reconnect(Duration.ofSeconds(20));
        ProcessManager client = ProcessManager.connect(served.address(), patient);
        others.add(client);
        ManagedMap<String, String> map = client.map("m");
        map.put("a", "b");
        served.close();
        ProcessManager again = ProcessManager.serve(options().address(served.address()));
        try {
            assertThrows(ManagerDiedException.class, () -> map.get("a"), "the call that found the end");
            ObjectGoneException gone = assertThrows(ObjectGoneException.class, () -> map.get("a"));
            assertGone(gone);
            assertTrue(client.<String, String>map("m").isEmpty());
        } finally {
            again.close();
        }
    }

    @Test
    void close_clientOnly_leavesTheManager() throws Exception {
        ProcessManager other = other();
        other.map("stays").put("a", "b");
        other.close();
        other.close();
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> other.map());
        assertTrue(e.getMessage().contains("is closed"), e.getMessage());
        assertEquals("b", manager.map("stays").get("a"));
        manager.forget("stays");
    }
}
