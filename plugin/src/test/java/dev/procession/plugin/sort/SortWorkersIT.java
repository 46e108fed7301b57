package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.output.OutputLock;
import dev.procession.plugin.work.WorkerUse;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sorting with real worker processes. */
@Timeout(180)
class SortWorkersIT {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        heap.workers = "2";
        heap.use = WorkerUse.AT_ONCE;
    }

    /** What a run without workers makes of the same source. */
    private Map<String, String> expected() throws Exception {
        Heap other = new Heap(directory);
        other.outputText = "expected";
        other.sort();
        return Heap.tree(other.base.resolve("expected"));
    }

    @ParameterizedTest
    @EnumSource
    void sort_twoWorkers_sortAsNoneWould(WorkerUse use) throws Exception {
        heap.use = use;
        Corpus.write(heap, 300, 60, 2_000, 1);
        SortResult result = heap.sort();
        assertTrue(
                result.summary()
                        .matches("sorted 300 files \\(\\d+ kB\\) into 14 folders"
                                + (use == WorkerUse.WHEN_IT_LASTS ? "" : " with 2 workers") + " in [0-9.]+ s,"
                                + " 60 renamed, 0 unchanged: out"),
                result.summary());
        assertEquals(expected(), heap.sorted());
        assertEquals(Heap.contents(Heap.tree(heap.source)), Heap.contents(heap.sorted()));
        assertEquals(List.of(), heap.warnings);
        assertEquals(300, heap.sort().unchanged());
    }

    @Test
    void sort_done_leavesNoProcessAndNoThread() throws Exception {
        Corpus.write(heap, 20, 2, 100, 2);
        heap.sort();
        // What the system and the library still have to do for a process that has ended takes a moment.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!leftovers().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertEquals(List.of(), leftovers());
    }

    private static List<String> leftovers() {
        List<String> leftovers = new ArrayList<>();
        ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .forEach(child -> leftovers.add(child.toString()));
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("procession"))
                .forEach(leftovers::add);
        return leftovers;
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void sort_workersKilledInTheMiddle_theirFilesAreSortedByOthers() throws Exception {
        Corpus.write(heap, 2_000, 200, 2_000, 3);
        // In the moment when the first batch is told others are still to be handed out: the run waits here.
        BuildLogThat log = new BuildLogThat(heap, "d", () -> {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (heap.warnings.isEmpty() && System.nanoTime() < deadline) {
                ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
                Thread.sleep(10);
            }
        });
        SortResult result = heap.sorter(log).run();
        assertEquals(2_000, result.copied());
        assertEquals(expected(), heap.sorted());
        assertEquals(List.of("lock", "run-1", "workers"), heap.own());
        // A worker may have been between two tasks when the signal came, and no more of them be left for it afterwards.
        assertTrue(!heap.warnings.isEmpty());
        for (String line : heap.warnings) {
            assertTrue(
                    line.matches("worker sort-files-\\d \\(pid \\d+\\) died, killed by signal 9, (before it had a task"
                            + "|while it ran task 'copy \\d+ files, d.*'; the task runs again on another worker)"),
                    line);
        }
    }

    @Test
    void sort_interrupted_endsItsWorkersAndCanGoOn() throws Exception {
        Corpus.write(heap, 2_000, 200, 2_000, 4);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread build = new Thread(() -> {
            BuildLogThat log =
                    new BuildLogThat(heap, "d", () -> Thread.currentThread().interrupt());
            try {
                heap.sorter(log).run();
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        build.start();
        build.join(TimeUnit.SECONDS.toMillis(120));
        assertEquals(InterruptedException.class, thrown.get().getClass(), String.valueOf(thrown.get()));
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
        assertEquals(List.of("gaps", "lock", "run-1", "workers"), heap.own());
        int before = heap.sorted().size();
        assertTrue(before > 0 && before < 2_000, "placed: " + before);
        SortResult rest = heap.sort();
        assertEquals(before, rest.unchanged());
        assertEquals(2_000 - before, rest.copied());
        assertEquals(expected(), heap.sorted());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sort_underLocaleC_namesAreKeptByteForByte() throws Exception {
        List<String> names = List.of(
                Heap.utf8("тека/їжак.ТХТ"),
                Heap.utf8("інша/їжак.ТХТ"),
                "1/\u00ff\u00fe.txt",
                "2/\u00ff\u00fe.txt",
                "line\nend.txt",
                "plain.txt",
                Heap.utf8("ї".repeat(125) + ".txt"),
                "3/" + Heap.utf8("ї".repeat(125) + ".txt"));
        heap.files(names.toArray(String[]::new));
        for (String workers : List.of("0", "2")) {
            String output = "out" + workers;
            String base = heap.base.toString();
            List<String> lines = new ArrayList<>();
            ChildOptions options = ChildOptions.builder()
                    .environment("LC_ALL", "C")
                    .output((process, error, line) -> {
                        synchronized (lines) {
                            lines.add(line);
                        }
                    })
                    .build();
            try (ChildProcess child = ChildProcess.of(options, () -> sortThere(base, output, workers))) {
                child.start();
                assertTrue(child.join(java.time.Duration.ofSeconds(60)));
                assertEquals(0, child.exitCode().getAsInt(), lines.toString());
            }
            assertTrue(lines.contains("encoding ANSI_X3.4-1968"), lines.toString());
            Map<String, String> expected = expected();
            assertEquals(names.size(), expected.size());
            assertEquals(expected, Heap.tree(heap.base.resolve(output)));
            // What was remembered under one locale is known under another.
            heap.outputText = output;
            assertEquals(names.size(), heap.sort().unchanged());
        }
    }

    private static void sortThere(String base, String output, String workers) throws Exception {
        System.out.println("encoding " + System.getProperty("sun.jnu.encoding"));
        Heap heap = new Heap(Path.of(base));
        heap.outputText = output;
        heap.workers = workers;
        heap.use = WorkerUse.ALONE;
        System.out.println(heap.sort().summary());
    }

    @Test
    void sort_anotherProcessHasTheOutput_refuses() throws Exception {
        heap.files("a.txt").sort();
        String lock = heap.output.resolve(".procession/lock").toString();
        Path held = heap.base.resolve("held");
        String heldText = held.toString();
        try (ChildProcess child = ChildProcess.of(() -> hold(lock, heldText))) {
            child.start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (Files.notExists(held) && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            try {
                assertTrue(heap.fail().startsWith("<output>: another run (process "), heap.fail());
            } finally {
                child.kill();
                child.join();
            }
        }
        // The system has released the lock of the dead.
        assertEquals(1, heap.sort().unchanged());
    }

    @Test
    void sort_anotherRunOfThisBuildHasTheOutput_isWaitedForAndOtherProcessesStayOut() throws Exception {
        heap.files("a.txt").sort();
        heap.files("b.txt");
        Path lock = heap.output.resolve(".procession/lock");
        FutureTask<SortResult> second = new FutureTask<>(heap::sort);
        Thread module = new Thread(second);
        try (OutputLock first = OutputLock.acquire(heap.places(), heap)) {
            first.check();
            module.start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (module.getState() != Thread.State.WAITING && !second.isDone() && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            assertFalse(second.isDone());
            // Whoever was turned away has not let go of the lock for all.
            String lockText = lock.toString();
            try (ChildProcess child = ChildProcess.of(() -> refuse(lockText))) {
                child.start();
                assertTrue(child.join(java.time.Duration.ofSeconds(60)));
                assertEquals(0, child.exitCode().getAsInt());
            }
            assertEquals(1, heap.sorted().size());
        }
        assertEquals(1, second.get(60, TimeUnit.SECONDS).copied());
        module.join(60_000);
        assertEquals(2, heap.sorted().size());
    }

    private static void refuse(String lock) throws Exception {
        try (var channel = java.nio.channels.FileChannel.open(Path.of(lock), java.nio.file.StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                throw new IllegalStateException("the output is free");
            }
        }
    }

    private static void hold(String lock, String held) throws Exception {
        try (var channel = java.nio.channels.FileChannel.open(Path.of(lock), java.nio.file.StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                Files.write(Path.of(held), "held".getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(120_000);
            }
        }
    }
}
