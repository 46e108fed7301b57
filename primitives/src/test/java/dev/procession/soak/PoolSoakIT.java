package dev.procession.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.pool.PoolFuture;
import dev.procession.pool.PoolOptions;
import dev.procession.pool.ProcessPool;
import dev.procession.pool.WorkerDiedException;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers are killed with SIGKILL at random moments: a quarter of {@code -Dprocession.soak.kills}. {@code
 * -Dprocession.soak.seed=} replays the choices; the moments are the machine's.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class PoolSoakIT {
    private static final int KILLS = Math.max(5, Integer.getInteger("procession.soak.kills", 100) / 4);
    private static final long SEED = Long.getLong("procession.soak.seed", System.nanoTime());
    private static final int AT_ONCE = 100;

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final AtomicBoolean over = new AtomicBoolean();

    private static PoolOptions options(int attempts) {
        return PoolOptions.builder()
                .workers(3)
                .maxAttempts(attempts)
                .worker(ChildOptions.builder().tuning(ChildTuning.BRIEF).build())
                .build();
    }

    /** Kills workers, one after the other, until so many have been killed. */
    private Thread killer(ProcessPool pool, int kills) {
        Thread killer = new Thread(() -> {
            try {
                for (int kill = 0; kill < kills; ) {
                    Thread.sleep(random.nextInt(60)); // the moment of the kill: what is random here
                    List<Long> pids = pool.workerPids();
                    if (!pids.isEmpty()) {
                        long victim = pids.get(random.nextInt(pids.size()));
                        kill += ProcessHandle.of(victim)
                                        .filter(ProcessHandle::destroyForcibly)
                                        .isPresent()
                                ? 1
                                : 0;
                    }
                }
            } catch (InterruptedException e) {
                // The test is over.
            } finally {
                over.set(true);
            }
        });
        killer.start();
        return killer;
    }

    @Test
    @Tag("X23")
    void tasks_workersKilledAtRandom_eachIsRunOnceOrReported() throws Exception {
        System.out.println("PoolSoakIT: " + KILLS + " kills, -Dprocession.soak.seed=" + SEED);
        long filesBefore = openFiles();
        Map<Integer, Boolean> finished = new HashMap<>();
        try (ProcessPool pool = ProcessPool.open(options(1))) {
            Thread killer = killer(pool, KILLS);
            int next = 0;
            while (!over.get()) {
                List<PoolFuture<Integer>> some = new ArrayList<>();
                int first = next;
                for (; next < first + AT_ONCE; next++) {
                    int number = next;
                    String folder = directory.toString();
                    some.add(pool.submit(() -> witnessed(folder, number)));
                }
                for (int i = 0; i < AT_ONCE; i++) {
                    finished.put(first + i, isFinished(some.get(i), first + i));
                }
            }
            killer.join();
        }
        Map<Integer, Integer> runs = runs();
        int lost = 0;
        for (Map.Entry<Integer, Boolean> task : finished.entrySet()) {
            int times = runs.getOrDefault(task.getKey(), 0);
            assertTrue(
                    task.getValue() ? times == 1 : times <= 1,
                    "task " + task.getKey() + " was run " + times + " times, finished=" + task.getValue());
            lost += task.getValue() ? 0 : 1;
        }
        assertTrue(lost <= KILLS, lost + " of " + finished.size() + " tasks were lost by " + KILLS + " kills");
        nothingIsLeft(filesBefore);
    }

    /** Leaves a trace, in one write, before it is done. */
    private static int witnessed(String folder, int number) throws IOException {
        Files.writeString(
                Path.of(folder, Long.toString(ProcessHandle.current().pid())),
                number + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return number;
    }

    private static boolean isFinished(PoolFuture<Integer> future, int number) throws Exception {
        try {
            assertEquals(number, future.get(60, TimeUnit.SECONDS));
            return true;
        } catch (ExecutionException e) {
            assertInstanceOf(WorkerDiedException.class, e.getCause());
            return false;
        }
    }

    private Map<Integer, Integer> runs() throws IOException {
        Map<Integer, Integer> runs = new HashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    runs.merge(Integer.parseInt(line), 1, Integer::sum);
                }
            }
        }
        return runs;
    }

    @Test
    @Tag("X23")
    void map_workersKilledAtRandomAndTriedAgain_allResultsAreRight() throws Exception {
        System.out.println("PoolSoakIT: " + KILLS + " kills, -Dprocession.soak.seed=" + SEED);
        long filesBefore = openFiles();
        List<Integer> items = IntStream.range(0, 5000).boxed().collect(Collectors.toList());
        List<Integer> expected = items.stream().map(x -> x + 1).toList();
        // A task is as often tried as there are kills: unlucky ones must not fail the test.
        try (ProcessPool pool = ProcessPool.open(options(KILLS + 1))) {
            Thread killer = killer(pool, KILLS);
            while (!over.get()) {
                assertEquals(expected, pool.mapAsync(x -> x + 1, items).get(60, TimeUnit.SECONDS));
                assertEquals(expected, pool.mapAsync(x -> x + 1, items, 1).get(60, TimeUnit.SECONDS));
                List<Integer> lazily = new ArrayList<>();
                pool.<Integer, Integer>imap(x -> x + 1, items).forEachRemaining(lazily::add);
                assertEquals(expected, lazily);
            }
            killer.join();
        }
        nothingIsLeft(filesBefore);
    }

    private static void nothingIsLeft(long filesBefore) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!ChildProcess.activeChildren().isEmpty()
                || Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().startsWith("procession "))
                // Loading a class may open a file or two.
                || openFiles() > filesBefore + 8) {
            assertTrue(
                    System.nanoTime() < deadline,
                    ChildProcess.activeChildren() + ", files " + filesBefore + " -> " + openFiles());
            Thread.sleep(5);
        }
    }

    private static long openFiles() throws IOException {
        Path folder = Path.of("/proc/self/fd");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
