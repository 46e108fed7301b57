package dev.procession.pool;

import static dev.procession.testing.Eventually.holds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTuning;
import dev.procession.process.ExitStatus;
import dev.procession.testing.BriefChildren;
import dev.procession.testing.Signals;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Begin and end of pools, workers and tasks: deaths, limits, cancelling. */
@Timeout(60)
class PoolLifeIT {
    /** No fields: a task's class is initialized in the workers, too. */
    private static ChildOptions brief() {
        return BriefChildren.options().tuning(ChildTuning.BRIEF).build();
    }

    private static ChildOptions silent() {
        return brief().toBuilder().output((process, error, line) -> {}).build();
    }

    /** With a class path that the test says, and nothing else. */
    private static ChildOptions.Builder onPath(List<Path> path) {
        return ChildOptions.builder().tuning(ChildTuning.BRIEF).classPath(path);
    }

    private final List<WorkerDeath> deaths = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        holds("all children have ended", () -> ChildProcess.activeChildren().isEmpty());
        holds(
                "all threads have ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("procession ")));
    }

    private PoolOptions.Builder options(int workers) {
        return PoolOptions.builder()
                .name("life")
                .workers(workers)
                .worker(brief())
                .listener(new PoolListener() {
                    @Override
                    public void workerDied(WorkerDeath death) {
                        deaths.add(death);
                    }
                });
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toList());
    }

    private static WorkerDiedException died(ExecutionException e) {
        return assertInstanceOf(WorkerDiedException.class, e.getCause());
    }

    @Test
    @Tag("PL14")
    @Tag("PL16")
    @Tag("PL31")
    void open_workers_areAsManyAsAskedForAndCloseEndsThem() throws Exception {
        ProcessPool pool = ProcessPool.open(options(3).build());
        try (pool) {
            holds("three are up", () -> pool.workerPids().size() == 3);
            assertTrue(pool.toString().startsWith("pool \"life\": open, 3 of 3 workers up, "), pool.toString());
            assertFalse(pool.awaitTermination(1, TimeUnit.MILLISECONDS));
            assertFalse(pool.isShutdown());
            assertEquals(List.of(0, 1), pool.map(x -> x, numbers(2)));
        }
        assertTrue(pool.isShutdown());
        assertTrue(pool.isTerminated());
        assertEquals(List.of(), pool.workerPids());
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> pool.mapAsync(x -> x, numbers(2)));
        assertEquals("pool \"life\" is closed: mapAsync was not accepted", e.getMessage());
        assertThrows(IllegalStateException.class, () -> pool.map(x -> x, List.of()));
        assertThrows(IllegalStateException.class, () -> pool.imap(x -> x, numbers(2)));
        assertThrows(IllegalStateException.class, () -> pool.applyAsync(() -> 1));
        assertThrows(IllegalStateException.class, () -> pool.broadcast("value"));
        RejectedExecutionException rejected =
                assertThrows(RejectedExecutionException.class, () -> pool.submit(() -> 1));
        assertEquals("pool \"life\" is closed: lambda of PoolLifeIT was not accepted", rejected.getMessage());
        pool.close();
    }

    @Test
    @Tag("PL15")
    void shutdownNow_tenThousandLongTasks_endsAtOnce() throws Exception {
        ProcessPool pool = ProcessPool.open(options(2).build());
        Path started = folder.resolve("started");
        String file = started.toString();
        PoolFuture<Integer> running = pool.submit(() -> {
            Files.createFile(Path.of(file));
            Thread.sleep(60_000);
            return 1;
        });
        List<PoolFuture<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            tasks.add(pool.submit(() -> {
                Thread.sleep(60_000);
                return 1;
            }));
        }
        PoolFuture<List<Integer>> map = pool.mapAsync(
                x -> {
                    Thread.sleep(60_000);
                    return x;
                },
                numbers(1000));
        holds("one runs", () -> Files.exists(started));
        long begin = System.nanoTime();

        List<Runnable> waiting = pool.shutdownNow();

        assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5));
        assertTrue(waiting.size() >= 9_000, "" + waiting.size());
        assertEquals("lambda of PoolLifeIT", waiting.get(0).toString());
        assertThrows(CancellationException.class, running::get);
        assertThrows(CancellationException.class, map::get);
        for (PoolFuture<Integer> task : tasks) {
            assertTrue(task.isCancelled());
        }
        pool.close();
    }

    @Test
    @Tag("PL24")
    void tasksPerChild_reached_workersAreReplaced() throws Exception {
        try (ProcessPool pool = ProcessPool.open(options(3).tasksPerChild(10).build())) {
            holds("three are up", () -> pool.workerPids().size() == 3);
            Set<Long> first = new HashSet<>(pool.workerPids());
            List<PoolFuture<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                results.add(pool.submit(() -> number * number));
            }
            for (int i = 0; i < 100; i++) {
                assertEquals(i * i, results.get(i).get(30, TimeUnit.SECONDS));
            }
            holds(
                    "three others are up",
                    () -> pool.workerPids().size() == 3 && Collections.disjoint(first, pool.workerPids()));
        }
        assertEquals(List.of(), deaths);
    }

    @Test
    @Tag("PL26")
    void options_outOfRange_areRefused() {
        PoolOptions.Builder builder = PoolOptions.builder();
        for (int value : new int[] {0, -1}) {
            assertEquals(
                    "tasksPerChild must be at least 1: tasksPerChild=" + value,
                    assertThrows(IllegalArgumentException.class, () -> builder.tasksPerChild(value))
                            .getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> builder.taskTimeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.workerHeapLimit(1));
        assertThrows(IllegalArgumentException.class, () -> builder.maxAttempts(0));
        Object stubborn = new Object();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> builder.initializer(() -> System.out.println(stubborn)));
        assertEquals("initializer cannot be serialized: java.lang.Object", e.getMessage());
    }

    @Test
    @Tag("PL21")
    @Tag("PL27")
    void pool_nobodyClosesIt_programEndsAndGarbageIsReported() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        ChildProcess program = ChildProcess.of(
                brief().toBuilder()
                        .output((process, error, line) -> lines.add(line))
                        .build(),
                PoolLifeIT::leak);
        program.start();

        assertTrue(program.join(Duration.ofSeconds(30)));
        assertEquals(0, program.exitCode().orElseThrow(), lines.toString());
        String all = String.join("\n", lines);
        assertTrue(all.contains("pool \"garbage\" was not closed"), all);
        assertFalse(all.contains("pool \"held\" was not closed"), all);
    }

    private static ProcessPool held;

    private static void leak() throws Exception {
        held = ProcessPool.open(PoolOptions.builder().name("held").workers(1).build());
        long pid = leaked();
        while (ProcessHandle.of(pid).isPresent()) {
            System.gc();
            Thread.sleep(10);
        }
    }

    private static long leaked() throws Exception {
        return ProcessPool.open(PoolOptions.builder().name("garbage").workers(1).build())
                .apply(() -> ProcessHandle.current().pid());
    }

    @Test
    @Tag("PL28")
    void initializer_withArguments_runsOncePerWorker() throws Exception {
        Path log = Files.createFile(folder.resolve("log"));
        PoolOptions options = options(1)
                .initializer(
                        arguments -> {
                            System.setProperty("life.test", arguments.get(1).toString());
                            Files.writeString(
                                    Path.of(arguments.get(0).toString()),
                                    ProcessHandle.current().pid() + "\n",
                                    java.nio.file.StandardOpenOption.APPEND);
                        },
                        log.toString(),
                        17)
                .build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            for (int i = 0; i < 3; i++) {
                assertEquals("17", pool.apply(() -> System.getProperty("life.test")));
            }
            assertEquals(List.of(Long.toString(pool.workerPids().get(0))), Files.readAllLines(log));
        }
    }

    @Test
    @Tag("X24")
    void initializer_throws_firstCallFailsWithThatAndNoStorm() throws Exception {
        Path log = Files.createFile(folder.resolve("log"));
        String file = log.toString();
        PoolOptions options = options(2)
                .worker(silent())
                .initializer(() -> {
                    Files.writeString(Path.of(file), "x\n", java.nio.file.StandardOpenOption.APPEND);
                    throw new IllegalStateException("of the initializer");
                })
                .build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            for (int i = 0; i < 2; i++) {
                ExecutionException e = assertThrows(ExecutionException.class, () -> pool.map(x -> x, numbers(10)));
                assertInstanceOf(IllegalStateException.class, e.getCause());
                assertEquals("of the initializer", e.getCause().getMessage());
            }
            int starts = Files.readAllLines(log).size();
            assertTrue(starts >= 2 && starts <= 5, starts + " starts");
            // After a while it may be worth another try: one.
            Thread.sleep(1100);
            assertThrows(ExecutionException.class, () -> pool.apply(() -> 1));
            assertEquals(starts + 1, Files.readAllLines(log).size());
        }
    }

    @Test
    @Tag("X24")
    void initializer_throwsInTheFirstWorkerOnly_theNextOneTakesOver() throws Exception {
        Path mark = folder.resolve("mark");
        String file = mark.toString();
        PoolOptions options = options(1)
                .worker(silent())
                .initializer(() -> {
                    if (Files.notExists(Path.of(file))) {
                        Files.createFile(Path.of(file));
                        throw new IllegalStateException("once");
                    }
                })
                .build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            assertEquals(3, pool.apply(() -> 3));
        }
    }

    @Test
    @Tag("X23")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void worker_killed_itsTaskFailsWithinASecondAndItIsReplaced() throws Exception {
        try (ProcessPool pool = ProcessPool.open(options(2).build())) {
            holds("two are up", () -> pool.workerPids().size() == 2);
            Path started = folder.resolve("started");
            String file = started.toString();
            PoolFuture<Integer> lost = pool.submit(() -> {
                Path part = Path.of(file + ".part");
                Files.writeString(part, Long.toString(ProcessHandle.current().pid()));
                Files.move(part, Path.of(file));
                Thread.sleep(60_000);
                return 1;
            });
            holds("it runs", () -> Files.exists(started));
            long pid = Long.parseLong(Files.readString(started));
            List<PoolFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                others.add(pool.submit(() -> number));
            }
            long begin = System.nanoTime();
            Signals.send("KILL", pid);

            ExecutionException e = assertThrows(ExecutionException.class, () -> lost.get(20, TimeUnit.SECONDS));

            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(millis < 10_000, "after " + millis + " ms"); // a second, on an idle machine
            assertEquals(pid, died(e).death().pid());
            assertEquals(new ExitStatus.Killed(9), died(e).death().status());
            assertEquals(-1, died(e).death().firstIndex());
            for (int i = 0; i < 20; i++) {
                assertEquals(i, others.get(i).get(20, TimeUnit.SECONDS));
            }
            holds(
                    "it is replaced",
                    () -> pool.workerPids().size() == 2 && !pool.workerPids().contains(pid));
        }
        assertEquals(1, deaths.size(), deaths.toString());
    }

    @Test
    @Tag("X23")
    @Tag("X27")
    void map_itemExitsOrHalts_isNamed() throws Exception {
        try (ProcessPool pool = ProcessPool.open(options(2).build())) {
            List<Integer> items = numbers(30);
            WorkerDeath exited = died(assertThrows(
                            ExecutionException.class,
                            () -> pool.map(
                                    x -> {
                                        if (x == 17) {
                                            System.exit(3);
                                        }
                                        return x;
                                    },
                                    items,
                                    10)))
                    .death();
            assertEquals(new ExitStatus.Exited(3), exited.status());
            assertEquals("item 17 of map(lambda of PoolLifeIT)", exited.task());
            assertEquals(17, exited.firstIndex());
            assertEquals(17, exited.lastIndex());

            WorkerDeath halted = died(assertThrows(
                            ExecutionException.class,
                            () -> pool.map(
                                    x -> {
                                        if (x == 17) {
                                            Runtime.getRuntime().halt(4);
                                        }
                                        return x;
                                    },
                                    items,
                                    10)))
                    .death();
            assertEquals(new ExitStatus.Exited(4), halted.status());
            assertEquals("items 10 to 19 of map(lambda of PoolLifeIT)", halted.task());

            WorkerDeath single = died(assertThrows(
                            ExecutionException.class,
                            () -> pool.map(
                                    x -> {
                                        if (x == 17) {
                                            Runtime.getRuntime().halt(5);
                                        }
                                        return x;
                                    },
                                    items,
                                    1)))
                    .death();
            assertEquals(17, single.firstIndex());
            assertEquals(17, single.lastIndex());
            assertEquals(items, pool.map(x -> x, items));
        }
    }

    @Test
    @Tag("X23")
    void tasks_oneHaltsAmongManyShortOnes_theOthersAllFinish() throws Exception {
        try (ProcessPool pool = ProcessPool.open(options(2).build())) {
            for (int i = 0; i < 500; i++) {
                pool.apply(() -> 1);
            }
            List<PoolFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int number = i;
                all.add(pool.submit(() -> {
                    if (number == 111) {
                        Runtime.getRuntime().halt(7);
                    }
                    return number;
                }));
            }
            for (int i = 0; i < 300; i++) {
                PoolFuture<Integer> one = all.get(i);
                if (i == 111) {
                    ExecutionException e = assertThrows(ExecutionException.class, () -> one.get(20, TimeUnit.SECONDS));
                    assertEquals(new ExitStatus.Exited(7), died(e).death().status());
                } else {
                    assertEquals(i, one.get(20, TimeUnit.SECONDS));
                }
            }
        }
        assertEquals(1, deaths.size(), deaths.toString());
    }

    @Test
    @Tag("X25")
    void task_throwsWhatOnlyTheWorkerHas_textArrives() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(
                classes,
                "Secret",
                "public class Secret extends RuntimeException { public Secret(String m) { super(m); } }");
        List<Path> path = new ArrayList<>(classPath());
        path.add(classes);
        PoolOptions options = options(1).worker(onPath(path).build()).build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            for (int i = 0; i < 2; i++) {
                ExecutionException e =
                        assertThrows(ExecutionException.class, () -> pool.map(x -> secret(), numbers(3)));
                RemoteTaskException remote = assertInstanceOf(RemoteTaskException.class, e.getCause());
                assertEquals("Secret", remote.remoteClassName());
                assertTrue(remote.getMessage().endsWith("Secret: known there alone"), remote.getMessage());
                assertTrue(remote.remoteStackTrace().contains("at " + PoolLifeIT.class.getName() + ".secret("));
            }
            assertEquals(List.of(1), pool.map(x -> x, List.of(1)));
        }
        assertEquals(List.of(), deaths);
    }

    private static int secret() throws Exception {
        throw Class.forName("Secret")
                .asSubclass(RuntimeException.class)
                .getConstructor(String.class)
                .newInstance("known there alone");
    }

    private static void compile(Path classes, String name, String source) throws Exception {
        Path file = Files.writeString(classes.resolve(name + ".java"), source);
        assertEquals(
                0,
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "javac")
                                        .toString(),
                                "-d",
                                classes.toString(),
                                file.toString())
                        .inheritIO()
                        .start()
                        .waitFor());
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    @Test
    void workers_withoutTheTasksClass_errorNamesTaskAndCauseAndThePoolGoesOn() throws Exception {
        Path library = Path.of(ProcessPool.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        PoolOptions options =
                options(1).worker(onPath(List.of(library)).build()).build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            for (int i = 0; i < 2; i++) {
                ExecutionException e = assertThrows(ExecutionException.class, () -> pool.apply(new Named()));
                RemoteTaskException remote = assertInstanceOf(RemoteTaskException.class, e.getCause());
                assertEquals(
                        "task a task with a name cannot be read by worker life-1, whose class path must hold what it"
                                + " needs in the same version: java.lang.ClassNotFoundException: "
                                + Named.class.getName(),
                        remote.getMessage());
                ExecutionException mapped =
                        assertThrows(ExecutionException.class, () -> pool.map(x -> x, numbers(3), 3));
                assertTrue(
                        mapped.getCause()
                                .getMessage()
                                .startsWith("task items 0 to 2 of map(lambda of PoolLifeIT) cannot be read by worker"
                                        + " life-1"),
                        mapped.getCause().getMessage());
            }
        }
        assertEquals(List.of(), deaths);
    }

    private static final class Named implements PoolTask<Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer call() {
            return 1;
        }

        @Override
        public String toString() {
            return "a task with a name";
        }
    }

    @Test
    @Tag("X27")
    void task_runsOutOfMemory_failsWithThatAndItsWorkerIsReplaced() throws Exception {
        try (ProcessPool pool =
                ProcessPool.open(options(1).workerHeapLimit(24 << 20).build())) {
            long first = pool.apply(() -> ProcessHandle.current().pid());
            PoolFuture<Integer> tooMuch = pool.submit(() -> {
                List<byte[]> all = new ArrayList<>();
                while (all.size() < 10_000) {
                    all.add(new byte[1 << 20]);
                }
                return all.size();
            });
            PoolFuture<Long> next = pool.submit(() -> ProcessHandle.current().pid());

            ExecutionException e = assertThrows(ExecutionException.class, () -> tooMuch.get(30, TimeUnit.SECONDS));
            assertInstanceOf(OutOfMemoryError.class, e.getCause());
            assertTrue(next.get(30, TimeUnit.SECONDS) != first);
        }
        assertEquals(List.of(), deaths);
    }

    @Test
    void cancel_runningTask_endsItAndItsWorkerIsReplaced() throws Exception {
        try (ProcessPool pool = ProcessPool.open(options(1).build())) {
            Path started = folder.resolve("started");
            String file = started.toString();
            PoolFuture<Integer> running = pool.submit(() -> loop(file));
            PoolFuture<Integer> behind = pool.submit(() -> 2);
            holds("it runs", () -> Files.exists(started));
            long pid = pool.workerPids().get(0);

            assertTrue(running.cancel(true));

            assertThrows(CancellationException.class, running::get);
            assertEquals(2, behind.get(20, TimeUnit.SECONDS));
            holds("the worker has ended", () -> ProcessHandle.of(pid).isEmpty());
            assertFalse(behind.cancel(true));

            PoolFuture<List<Integer>> map = pool.mapAsync(x -> loop(file + x), numbers(4), 1);
            holds("it runs", () -> Files.exists(Path.of(file + 0)));
            assertTrue(map.cancel(true));
            assertEquals(5, pool.submit(() -> 5).get(20, TimeUnit.SECONDS));
            assertFalse(Files.exists(Path.of(file + 1)));
        }
        assertEquals(List.of(), deaths);
    }

    private static int loop(String file) throws Exception {
        Files.createFile(Path.of(file));
        for (long i = 0; i >= 0; i = (i + 1) & Long.MAX_VALUE) {
            Thread.onSpinWait();
        }
        return 1;
    }

    @Test
    void cancel_false_runningTaskGoesOn() throws Exception {
        try (ProcessPool pool = ProcessPool.open(options(1).build())) {
            Path started = folder.resolve("started");
            String file = started.toString();
            PoolFuture<Integer> running = pool.submit(() -> {
                Files.createFile(Path.of(file));
                Thread.sleep(300);
                Files.createFile(Path.of(file + "-ended"));
                return 1;
            });
            PoolFuture<Path> waiting = pool.submit((PoolTask<Path>) () -> Files.createFile(Path.of(file + "-waiting")));
            holds("it runs", () -> Files.exists(started));

            assertTrue(running.cancel(false));
            assertTrue(waiting.cancel(false));
        }
        assertTrue(Files.exists(folder.resolve("started-ended")));
        assertFalse(Files.exists(folder.resolve("started-waiting")));
        assertEquals(List.of(), deaths);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void cancel_workerIsStopped_isKilledAfterASecond() throws Exception {
        try (ProcessPool pool = ProcessPool.open(options(1).build())) {
            Path started = folder.resolve("started");
            String file = started.toString();
            PoolFuture<Integer> running = pool.submit(() -> loop(file));
            holds("it runs", () -> Files.exists(started));
            Signals.send("STOP", pool.workerPids().get(0));

            assertTrue(running.cancel(true));

            assertEquals(2, pool.submit(() -> 2).get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void taskTimeout_longestDuration_isNone() throws Exception {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        try (ProcessPool pool = ProcessPool.open(options(1).taskTimeout(longest).build())) {
            assertEquals(3, pool.submit(() -> 3).get(20, TimeUnit.SECONDS));
            assertEquals(4, pool.submit(() -> 4, longest).get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void taskTimeout_loopForEver_failsAndThePoolGoesOn() throws Exception {
        try (ProcessPool pool = ProcessPool.open(
                options(2).taskTimeout(Duration.ofMillis(1500)).maxAttempts(3).build())) {
            String file = folder.resolve("started").toString();
            ExecutionException e = assertThrows(
                    ExecutionException.class,
                    () -> pool.submit(() -> loop(file)).get(20, TimeUnit.SECONDS));
            TimeoutException timeout = assertInstanceOf(TimeoutException.class, e.getCause());
            assertTrue(
                    timeout.getMessage()
                            .matches("task lambda of PoolLifeIT: worker life-[12] \\(pid \\d+\\) was ended, since the"
                                    + " task had not ended after 1\\.5 s"),
                    timeout.getMessage());
            assertEquals(List.of(0, 1, 2), pool.map(x -> x, numbers(3)));

            List<Object> got = new ArrayList<>();
            String other = folder.resolve("other").toString();
            try (Results<Integer> results = pool.imap(x -> x == 2 ? loop(other) : x, numbers(5), 1, 5)) {
                while (results.hasNext()) {
                    try {
                        got.add(results.next());
                    } catch (java.util.concurrent.CompletionException late) {
                        got.add(late.getCause().getClass());
                    }
                }
            }
            assertEquals(List.of(0, 1, TimeoutException.class, 3, 4), got);
            String third = folder.resolve("third").toString();
            assertThrows(
                    ExecutionException.class,
                    () -> pool.submit(() -> loop(third), Duration.ofMillis(50)).get(20, TimeUnit.SECONDS));
        }
        assertEquals(List.of(), deaths);
    }

    @Test
    void maxAttempts_map_lostItemsRunAgain() throws Exception {
        Path mark = folder.resolve("mark");
        String file = mark.toString();
        try (ProcessPool pool = ProcessPool.open(options(2).maxAttempts(2).build())) {
            List<Integer> got = pool.map(
                    x -> {
                        if (x == 50 && Files.notExists(Path.of(file))) {
                            Files.createFile(Path.of(file));
                            Runtime.getRuntime().halt(3);
                        }
                        return x;
                    },
                    numbers(100),
                    7);
            assertEquals(numbers(100), got);
        }
        assertEquals(1, deaths.size());
        assertTrue(deaths.get(0).retried());
    }

    @Test
    void close_interrupted_shutsDownAtOnce() throws Exception {
        ProcessPool pool = ProcessPool.open(options(1).build());
        PoolFuture<Integer> running = pool.submit(() -> {
            Thread.sleep(60_000);
            return 1;
        });
        Thread.currentThread().interrupt();
        pool.close();
        assertTrue(Thread.interrupted());
        assertTrue(pool.awaitTermination(20, TimeUnit.SECONDS));
        assertThrows(CancellationException.class, running::get);
    }

    @Test
    void close_lazyCall_whatWasReadIsFinished() throws Exception {
        Results<Integer> results;
        try (ProcessPool pool = ProcessPool.open(options(1).build())) {
            results = pool.imap(x -> x, () -> Stream.iterate(0, x -> x + 1).iterator(), 1, 5);
            assertEquals(0, results.next());
        }
        List<Integer> got = new ArrayList<>();
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> {
            while (true) {
                got.add(results.next());
            }
        });
        assertTrue(e.getMessage().contains("closed before the input"), e.getMessage());
        assertEquals(IntStream.rangeClosed(1, got.size()).boxed().toList(), got);
    }

    @Test
    void execute_taskThrows_uncaughtHandlerHearsOfIt() throws Exception {
        List<Throwable> heard = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> heard.add(thrown));
        try (ProcessPool pool = ProcessPool.open(options(1).build())) {
            pool.execute(() -> {
                throw new IllegalStateException("nobody waits");
            });
            pool.execute((Runnable & Serializable) () -> {});
            holds("it is heard", () -> heard.size() == 1);
            assertEquals("nobody waits", heard.get(0).getMessage());
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void idlePool_usesNoProcessor() throws Exception {
        try (ProcessPool pool = ProcessPool.open(options(2).build())) {
            assertEquals(numbers(100), pool.map(x -> x, numbers(100), 1));
            holds("two are up", () -> pool.workerPids().size() == 2);
            // Compilers finish what they have begun.
            Thread.sleep(500);
            long before = switches(pool);
            Thread.sleep(500);
            long after = switches(pool);
            // JVMs have timers of their own, some 20 a second each; a pool's would come on top.
            assertTrue(after - before < 10, (after - before) + " switches of the pool's threads");
        }
    }

    /** How often the threads of the pool's slots were switched to; 0 where that cannot be seen. */
    private static long switches(ProcessPool pool) throws Exception {
        assertTrue(pool.toString().contains("0 busy"));
        Path tasks = Path.of("/proc/self/task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        long sum = 0;
        try (Stream<Path> all = Files.list(tasks)) {
            for (Path task : all.toList()) {
                if (Files.readString(task.resolve("comm")).startsWith("procession life")) {
                    for (String line : Files.readAllLines(task.resolve("status"))) {
                        if (line.startsWith("voluntary_ctxt_switches:")) {
                            sum += Long.parseLong(
                                    line.substring(line.indexOf(':') + 1).trim());
                        }
                    }
                }
            }
        }
        return sum;
    }

    @Test
    @Tag("X52")
    @EnabledOnOs(OS.LINUX)
    void interruptFromTheTerminal_inMap_oneMessageAndNoOrphan() throws Exception {
        endsSilently("INT");
    }

    @Test
    @Tag("X31")
    @EnabledOnOs(OS.LINUX)
    void terminate_inMap_oneMessageAndNoOrphan() throws Exception {
        endsSilently("TERM");
    }

    /** A terminal's Ctrl-C goes to the whole process group, so the program gets one of its own. */
    private void endsSilently(String signal) throws Exception {
        Path out = folder.resolve("out");
        // Who runs the tests may have told their processes to ignore it.
        List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
        assumeTrue(new ProcessBuilder("env", "--default-signal=INT", "true")
                        .start()
                        .waitFor()
                == 0);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedProgram.class.getName(),
                folder.toString()));
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            holds("both run", () -> Files.exists(folder.resolve("pid-0")) && Files.exists(folder.resolve("pid-1")));
            List<Long> workers = List.of(
                    Long.parseLong(Files.readString(folder.resolve("pid-0"))),
                    Long.parseLong(Files.readString(folder.resolve("pid-1"))));
            long begin = System.nanoTime();
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-" + signal, "--", "-" + program.pid())
                            .start()
                            .waitFor());

            assertTrue(program.waitFor(20, TimeUnit.SECONDS));
            for (long worker : workers) {
                holds("no orphan", () -> ProcessHandle.of(worker).isEmpty());
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(millis < 20_000, "after " + millis + " ms"); // two seconds, on an idle machine
            assertEquals(List.of("interrupted"), Files.readAllLines(out));
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    @Tag("PL30")
    @Tag("long")
    void map_twoHundredWorkers_sumIsRight() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        PoolOptions options = options(200)
                .worker(brief().toBuilder()
                        .jvmOption("-XX:+UseSerialGC")
                        .jvmOption("-Xmx16m")
                        .output((process, error, line) -> lines.add(line))
                        .build())
                .build();
        try (ProcessPool pool = ProcessPool.open(options)) {
            long sum = 0;
            for (int square : pool.map(x -> x * x, numbers(1000))) {
                sum += square;
            }
            assertEquals(332_833_500, sum);
            holds("all are up", () -> pool.workerPids().size() == 200);
        }
        assertEquals(List.of(), lines);
        assertNull(deaths.isEmpty() ? null : deaths);
    }
}
