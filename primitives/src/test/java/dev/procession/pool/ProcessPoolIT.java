package dev.procession.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildSpares;
import dev.procession.process.ExitStatus;
import dev.procession.testing.Eventually;
import dev.procession.testing.Signals;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProcessPoolIT {
    /** At the few hundred bytes that each task once left behind, more than the owner's memory. */
    /** In 16 MB, with what a JVM needs by itself: some 300 bytes kept of each would be too much. */
    private static final int MANY = Math.min(60_000, 300 * Integer.getInteger("procession.soak.kills", 100));

    private final List<WorkerDeath> deaths = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!ChildProcess.activeChildren().isEmpty() || !poolThreads().isEmpty()) {
            assertTrue(System.nanoTime() < deadline, ChildProcess.activeChildren() + " " + poolThreads());
            Thread.sleep(5);
        }
    }

    private static List<String> poolThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("procession "))
                .toList();
    }

    @Test
    @Tag("PL01")
    void submit_tasks_runInOtherProcesses() throws Exception {
        try (ProcessPool pool = open(2, 1)) {
            List<CompletableFuture<Long>> pids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                pids.add(pool.submit(() -> ProcessHandle.current().pid()));
            }
            CompletableFuture<Integer> square = pool.submit(() -> 5 * 5);

            Set<Long> distinct = new HashSet<>();
            for (CompletableFuture<Long> pid : pids) {
                distinct.add(pid.get());
            }
            assertEquals(25, square.get());
            assertTrue(distinct.size() <= 2);
            assertTrue(!distinct.contains(ProcessHandle.current().pid()));
        }
    }

    @Test
    void close_submittedTasks_areFinished() throws Exception {
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        try (ProcessPool pool = open(2, 1)) {
            for (int i = 0; i < 50; i++) {
                int number = i;
                results.add(pool.submit(() -> number * number));
            }
        }
        for (int i = 0; i < 50; i++) {
            assertEquals(i * i, results.get(i).getNow(-1));
        }
    }

    @Test
    @Tag("PL17")
    void submit_taskThrows_callerGetsTheSameException() throws Exception {
        try (ProcessPool pool = open(1, 3)) {
            ExecutionException e = assertThrows(
                    ExecutionException.class,
                    () -> pool.submit(ProcessPoolIT::failing).get());

            IllegalStateException cause = assertInstanceOf(IllegalStateException.class, e.getCause());
            assertEquals("123", cause.getMessage());
            assertEquals("failing", cause.getStackTrace()[0].getMethodName());
            assertEquals(1, pool.submit(() -> 1).get());
            assertEquals(List.of(), deaths);
        }
    }

    private static int failing() {
        throw new IllegalStateException("123");
    }

    @Test
    @Tag("PL23")
    void submit_resultOrExceptionThatCannotTravel_isReported() throws Exception {
        try (ProcessPool pool = open(1, 1)) {
            for (int i = 0; i < 20; i++) {
                ExecutionException e = assertThrows(
                        ExecutionException.class, () -> pool.submit(Object::new).get());
                java.io.NotSerializableException cause =
                        assertInstanceOf(java.io.NotSerializableException.class, e.getCause());
                assertTrue(
                        cause.getMessage()
                                .matches(
                                        "java.lang.Object, in the result java.lang.Object@\\w+ of task lambda of \\w+"),
                        cause.getMessage());
            }
            ExecutionException e = assertThrows(
                    ExecutionException.class,
                    () -> pool.submit(() -> {
                                throw new IllegalStateException("outer", new UnsendableException());
                            })
                            .get());
            RemoteTaskException remote = assertInstanceOf(RemoteTaskException.class, e.getCause());
            assertEquals("java.lang.IllegalStateException", remote.remoteClassName());
            assertTrue(remote.remoteStackTrace().contains("Caused by: " + UnsendableException.class.getName()));
        }
        assertEquals(List.of(), deaths);
    }

    @Test
    @Tag("PL06")
    void submit_taskThatCannotBeSerialized_isRefused() {
        Object stubborn = new Object();
        try (ProcessPool pool = open(1, 1)) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> pool.submit(stubborn::hashCode));
            assertTrue(e.getMessage().contains("java.lang.Object"), e.getMessage());
        }
    }

    @Test
    @Tag("X27")
    void submit_everyKindOfThrowable_isAFailureOfTheTask() throws Exception {
        try (ProcessPool pool = open(1, 1)) {
            ExecutionException e = assertThrows(
                    ExecutionException.class,
                    () -> pool.submit(() -> {
                                throw new StackOverflowError("deep");
                            })
                            .get());
            assertInstanceOf(StackOverflowError.class, e.getCause());
            assertEquals(2, pool.submit(() -> 2).get());
        }
    }

    @Test
    @Tag("X23")
    void worker_exits_itsTaskFailsAndTheOthersFinish() throws Exception {
        try (ProcessPool pool = open(2, 1)) {
            CompletableFuture<Integer> lost = pool.submit(new Exiting(3));
            List<CompletableFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = i;
                others.add(pool.submit(() -> number));
            }

            ExecutionException e = assertThrows(ExecutionException.class, lost::get);
            WorkerDiedException died = assertInstanceOf(WorkerDiedException.class, e.getCause());
            assertEquals(new ExitStatus.Exited(3), died.death().status());
            assertEquals("exiting task", died.death().task());
            assertEquals(1, died.death().attempt());
            assertTrue(
                    died.getMessage()
                            .matches("task exiting task: worker test-[12] \\(pid \\d+\\) died running it,"
                                    + " exit code 3; attempt 1 was the last"),
                    died.getMessage());
            for (int i = 0; i < 10; i++) {
                assertEquals(i, others.get(i).get());
            }
        }
    }

    @Test
    @Tag("X23")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void worker_killedInTheMiddle_taskRunsAgainOnAnother() throws Exception {
        Path started = folder.resolve("started");
        String file = started.toString();
        try (ProcessPool pool = open(1, 2)) {
            CompletableFuture<Long> result = pool.submit(() -> {
                if (Files.notExists(Path.of(file))) {
                    Path part = Path.of(file + ".part");
                    Files.writeString(
                            part, Long.toString(ProcessHandle.current().pid()));
                    Files.move(part, Path.of(file));
                    Thread.sleep(100_000);
                }
                return ProcessHandle.current().pid();
            });
            Eventually.holds("it runs", () -> Files.exists(started));
            long first = Long.parseLong(Files.readString(started));

            Signals.send("KILL", first);

            assertNotEquals(first, result.get());
            assertEquals(1, deaths.size());
            WorkerDeath death = deaths.get(0);
            assertEquals(new ExitStatus.Killed(9), death.status());
            assertEquals(first, death.pid());
            assertTrue(death.retried());
        }
    }

    @Test
    @Tag("X23")
    void worker_diesAtEveryAttempt_taskFailsInTheEnd() {
        try (ProcessPool pool = open(1, 3)) {
            ExecutionException e = assertThrows(
                    ExecutionException.class, () -> pool.submit(new Exiting(4)).get());
            WorkerDiedException died = assertInstanceOf(WorkerDiedException.class, e.getCause());
            assertEquals(3, died.death().attempt());
        }
        assertEquals(
                List.of(true, true, false),
                deaths.stream().map(WorkerDeath::retried).toList());
    }

    @Test
    void worker_thatCannotStart_failsTheTaskAndNotForEver() {
        PoolOptions options = PoolOptions.builder()
                .workers(2)
                .maxAttempts(2)
                .worker(ChildOptions.builder()
                        .classPath(List.of(folder))
                        .output((process, error, line) -> {})
                        .build())
                .build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            ExecutionException e = assertThrows(
                    ExecutionException.class, () -> pool.submit(() -> 1).get());
            assertInstanceOf(WorkerDiedException.class, e.getCause());
        }
    }

    @Test
    void shutdownNow_runningAndWaitingTasks_end() throws Exception {
        Path started = folder.resolve("started");
        String file = started.toString();
        CompletableFuture<Integer> running;
        CompletableFuture<Integer> waiting;
        try (ProcessPool pool = open(1, 1)) {
            running = pool.submit(() -> {
                Files.createFile(Path.of(file));
                Thread.sleep(100_000);
                return 1;
            });
            waiting = pool.submit(() -> 2);
            Eventually.holds("it runs", () -> Files.exists(started));

            pool.shutdownNow();

            RejectedExecutionException e = assertThrows(RejectedExecutionException.class, () -> pool.submit(() -> 1));
            assertTrue(e.getMessage().startsWith("pool \"test\" is closed: "), e.getMessage());
        }
        assertEquals(List.of(), ChildProcess.activeChildren());
        assertThrows(CancellationException.class, waiting::get);
        // Either its worker was seen dead first, or the interrupt.
        try {
            running.get(20, TimeUnit.SECONDS);
            fail("the task cannot have a result");
        } catch (CancellationException e) {
            assertTrue(running.isCancelled());
        } catch (ExecutionException e) {
            assertInstanceOf(WorkerDiedException.class, e.getCause());
        }
    }

    @Test
    @Tag("PL14")
    void workers_outOfRange_isRefused() {
        for (int workers : new int[] {0, -1, 10_000}) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> PoolOptions.builder().workers(workers));
            assertEquals("workers must be 1 to 256: workers=" + workers, e.getMessage());
        }
    }

    @Test
    @Tag("X30")
    void task_startsAChildOfItsOwn() throws Exception {
        try (ProcessPool pool = open(1, 1)) {
            boolean ended = pool.submit(() -> {
                        ChildProcess child = ChildProcess.of(() -> {});
                        child.start();
                        child.join();
                        return child.exitCode().orElseThrow() == 0;
                    })
                    .get();
            assertTrue(ended);
        }
    }

    @Test
    void submit_largeTaskAndResult_arriveWhole() throws Exception {
        byte[] large = new byte[8 << 20];
        java.util.Arrays.fill(large, (byte) 7);
        try (ProcessPool pool = open(2, 1)) {
            List<CompletableFuture<byte[]>> echoes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                echoes.add(pool.submit(() -> large));
            }
            for (CompletableFuture<byte[]> echo : echoes) {
                assertTrue(java.util.Arrays.equals(large, echo.get()));
            }
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void workers_fromSpares_areTakenAndReplacedFromThere() throws Exception {
        try (ChildSpares spares = ChildSpares.keep(2, ChildOptions.builder().build());
                ProcessPool pool = ProcessPool.open(PoolOptions.builder()
                        .workers(1)
                        .worker(ChildOptions.builder().spares(spares).build())
                        .build())) {
            long first = pool.submit(() -> ProcessHandle.current().pid()).get();
            assertTrue(!spares.pids().contains(first));
            List<Long> before = spares.pids();
            assertThrows(
                    ExecutionException.class, () -> pool.submit(new Exiting(3)).get());

            long second = pool.submit(() -> ProcessHandle.current().pid()).get();

            assertTrue(before.isEmpty() || before.contains(second), before + " " + second);
        }
    }

    private ProcessPool open(int workers, int attempts) {
        return ProcessPool.open(PoolOptions.builder()
                .name("test")
                .workers(workers)
                .maxAttempts(attempts)
                .listener(new PoolListener() {
                    @Override
                    public void workerDied(WorkerDeath death) {
                        deaths.add(death);
                    }
                })
                .build());
    }

    @Test
    void submit_resultWhoseDecodingThrowsAnError_failsAndTheWorkerGoesOn() throws Exception {
        try (ProcessPool pool = open(1, 1)) {
            CompletableFuture<Object> result = pool.submit(Undecodable::new);

            ExecutionException e = assertThrows(ExecutionException.class, () -> result.get(30, TimeUnit.SECONDS));
            assertTrue(
                    e.getMessage().contains("the result cannot be decoded here: java.lang.AssertionError: not here"),
                    e.getMessage());
            assertEquals(1, pool.submit(() -> 1).get(30, TimeUnit.SECONDS));
            assertEquals(List.of(), deaths);
        }
    }

    @Test
    void listener_throws_taskIsStillTriedAgainAndFails() throws Exception {
        PoolOptions options = PoolOptions.builder()
                .workers(1)
                .maxAttempts(2)
                .listener(new PoolListener() {
                    @Override
                    public void workerDied(WorkerDeath death) {
                        deaths.add(death);
                        throw new IllegalStateException("of the listener (part of the test)");
                    }
                })
                .build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            CompletableFuture<Integer> result = pool.submit(new Exiting(3));

            ExecutionException e = assertThrows(ExecutionException.class, () -> result.get(30, TimeUnit.SECONDS));
            assertInstanceOf(WorkerDiedException.class, e.getCause());
            assertEquals(1, pool.submit(() -> 1).get(30, TimeUnit.SECONDS));
            // The last one is told after the task has failed, and the next task comes after that.
            assertEquals(2, deaths.size(), deaths.toString());
        }
    }

    @Test
    void submit_taskLargerThanTheWorkersMemory_failsAndTheNextOneRuns() throws Exception {
        byte[] large = new byte[50_000_000];
        PoolOptions options = PoolOptions.builder()
                .workers(1)
                .workerHeapLimit(16 << 20)
                .worker(ChildOptions.builder()
                        .output((process, error, line) -> {})
                        .build())
                .build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            CompletableFuture<Integer> result = pool.submit(() -> large.length);

            ExecutionException e = assertThrows(ExecutionException.class, () -> result.get(60, TimeUnit.SECONDS));
            WorkerDiedException died = assertInstanceOf(WorkerDiedException.class, e.getCause());
            assertEquals(new ExitStatus.Exited(1), died.death().status());
            assertEquals(1, pool.submit(() -> 1).get(30, TimeUnit.SECONDS));
        }
    }

    /** In a child with little memory, which is the pool's owner. */
    @Test
    void submit_resultLargerThanTheOwnersMemory_failsAndTheNextOneRuns() throws Exception {
        List<String> out = new CopyOnWriteArrayList<>();
        ChildProcess owner = ChildProcess.of(
                ChildOptions.builder()
                        .jvmOption("-Xmx64m")
                        .output((process, error, line) -> out.add(line))
                        .build(),
                ProcessPoolIT::askForTooMuch);
        owner.start();

        assertTrue(owner.join(Duration.ofSeconds(60)), out.toString());

        assertTrue(out.contains("WorkerDiedException, then 1"), out.toString());
    }

    private static void askForTooMuch() throws Exception {
        PoolOptions options = PoolOptions.builder()
                .workers(1)
                .worker(ChildOptions.builder()
                        .inheritJvmOptions(false)
                        .jvmOption("-Xmx512m")
                        .build())
                .build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            String thrown = pool.submit(() -> new byte[100_000_000])
                    .handle((bytes, e) -> e == null ? "nothing" : e.getClass().getSimpleName())
                    .get(30, TimeUnit.SECONDS);
            System.out.println(thrown + ", then " + pool.submit(() -> 1).get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void submit_workerKilledWhileItsGrandchildHoldsThePipe_taskFails() throws Exception {
        byte[] large = new byte[50_000_000];
        try (ProcessPool pool = open(1, 1)) {
            long[] pids = pool.submit(() -> new long[] {
                        ProcessHandle.current().pid(),
                        new ProcessBuilder("sleep", "100").inheritIO().start().pid()
                    })
                    .get();
            try {
                Signals.send("STOP", pids[0]);
                CompletableFuture<Integer> result = pool.submit(() -> large.length);
                Eventually.holds(
                        () -> poolThreads().contains("procession test-1 task"),
                        () -> poolThreads().toString());
                Signals.send("KILL", pids[0]);

                ExecutionException e = assertThrows(ExecutionException.class, () -> result.get(30, TimeUnit.SECONDS));
                assertInstanceOf(WorkerDiedException.class, e.getCause());
                assertEquals(1, pool.submit(() -> 1).get(30, TimeUnit.SECONDS));
            } finally {
                Signals.send("KILL", pids[1]);
            }
        }
    }

    @Test
    @Tag("P32")
    void open_inTheInitializerOfATasksClass_isRefusedInTheWorker() {
        assertTrue(
                OpensWhenInitialized.THROWN.contains("pool \"inner\" cannot be started by a class initializer"),
                OpensWhenInitialized.THROWN);
    }

    /** In the worker, the task's class is initialized, too, and comes by here again. */
    private static final class OpensWhenInitialized {
        static final String THROWN = thrown();

        // No lambda but the task: another thread that ran it would wait for the end of this initializer.
        private static String thrown() {
            PoolOptions options = PoolOptions.builder().name("inner").workers(1).build();
            try (ProcessPool pool = ProcessPool.open(options)) {
                return pool.submit(() -> "nothing").get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                return e.getCause() + " " + e.getCause().getCause().getCause();
            } catch (InterruptedException | TimeoutException e) {
                return e.toString();
            }
        }
    }

    /** In a child whose memory is too small for an object per task. */
    @Test
    void submit_manyTasks_keepNothing() throws Exception {
        List<String> out = new CopyOnWriteArrayList<>();
        ChildProcess owner = ChildProcess.of(
                ChildOptions.builder()
                        .jvmOption("-Xmx16m")
                        .output((process, error, line) -> out.add(line))
                        .build(),
                ProcessPoolIT::submitMany);
        owner.start();

        assertTrue(owner.join(Duration.ofSeconds(100)), out.toString());

        assertEquals(List.of("done"), out);
    }

    private static void submitMany() throws Exception {
        PoolOptions options = PoolOptions.builder().workers(1).build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            for (int i = 0; i < MANY; i++) {
                pool.submit(() -> 1).get();
            }
        }
        System.out.println("done");
    }

    /** Can be made and sent, but not received in the JVM that runs the test. */
    private static final class Undecodable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            throw new AssertionError("not here");
        }
    }

    private static final class Exiting implements PoolTask<Integer> {
        private static final long serialVersionUID = 1L;
        private final int code;

        Exiting(int code) {
            this.code = code;
        }

        @Override
        public Integer call() {
            System.exit(code);
            return 0;
        }

        @Override
        public String toString() {
            return "exiting task";
        }
    }

    private static final class UnsendableException extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"}) // not serializable, which is the point
        private final Object unsendable = new Object();
    }
}
