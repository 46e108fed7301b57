package dev.procession.plugin.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.KeptLog;
import dev.procession.pool.PoolTask;
import dev.procession.pool.ProcessPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads, and workers that join them when the work lasts: real child processes. */
@Timeout(120)
class HelpedWorkersTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final KeptLog log = new KeptLog(true);

    /** Tells which process it ran in, after a moment. */
    private record WhereTask(long millis) implements PoolTask<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() throws InterruptedException {
            Thread.sleep(millis);
            return ProcessHandle.current().pid();
        }
    }

    private HelpedWorkers runner(HelpedWorkers.Patience patience) throws InterruptedException {
        List<Path> classPath = Stream.of(HelpedWorkers.class, ProcessPool.class, HelpedWorkersTest.class)
                .map(type -> Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().getPath()))
                .toList();
        return new HelpedWorkers("helped", 1, 1, new WorkerCode(classPath, directory.resolve("cache")), patience, log);
    }

    /** Runs tasks until so many processes have run one, but no more than some; tells which processes. */
    private static Set<Long> run(HelpedWorkers runner, int processes, int most) throws Exception {
        Set<Long> pids = new HashSet<>();
        Deque<TaskRunner.Answer<Long>> pending = new ArrayDeque<>();
        for (int i = 0; i < most && pids.size() < processes; i++) {
            if (pending.size() == runner.window()) {
                pids.add(pending.remove().await(LIMIT));
            }
            pending.add(runner.submit(new WhereTask(5)));
        }
        while (!pending.isEmpty()) {
            pids.add(pending.remove().await(LIMIT));
        }
        return pids;
    }

    @Test
    void submit_shortWork_startsNoProcess() throws Exception {
        try (HelpedWorkers runner = runner(HelpedWorkers.Patience.whenItLasts(100))) {
            assertEquals(Set.of(ProcessHandle.current().pid()), run(runner, 2, 100));
            assertEquals(0, runner.workers());
        }
        assertEquals(List.of(), log.details());
    }

    @Test
    void submit_workThatLasts_workersJoinTheThreads() throws Exception {
        // Ten thousand tasks of 5 ms: after a tenth of a second there are 50 s to go.
        HelpedWorkers.Patience patience =
                new HelpedWorkers.Patience(Duration.ofMillis(100), Duration.ofSeconds(10), 10_000);
        try (HelpedWorkers runner = runner(patience)) {
            assertEquals(0, runner.workers());
            Set<Long> pids = run(runner, 2, 10_000);
            assertEquals(2, pids.size(), pids::toString);
            assertTrue(pids.contains(ProcessHandle.current().pid()));
            assertEquals(1, runner.workers());
        }
        assertEquals(
                "starting 1 worker: the work goes on for 10 s and more",
                log.details().get(0));
    }

    @Test
    void submit_startedAtOnce_workersJoinTheThreads() throws Exception {
        try (HelpedWorkers runner = runner(HelpedWorkers.Patience.none())) {
            assertEquals(1, runner.workers());
            assertEquals(2, run(runner, 2, 10_000).size());
        }
    }

    @Test
    void isOver_timesAndRests_onlyWhenItHasLastedAndMuchIsLeft() {
        HelpedWorkers.Patience patience = HelpedWorkers.Patience.whenItLasts(1_000);
        long second = Duration.ofSeconds(1).toNanos();
        assertFalse(patience.isOver(second - 1, 1), "less than a second");
        assertFalse(patience.isOver(5 * second, 0), "nothing done, so nobody knows");
        assertTrue(patience.isOver(second, 16), "61.5 s left");
        assertFalse(patience.isOver(second, 17), "57.8 s left");
        assertFalse(patience.isOver(100 * second, 1_000), "nothing left");
    }
}
