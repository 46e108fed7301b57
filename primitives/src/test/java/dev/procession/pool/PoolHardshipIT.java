package dev.procession.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTuning;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tasks and processes in which little works as it should. */
@Timeout(120)
class PoolHardshipIT {
    private static ProcessPool open(int workers) {
        return ProcessPool.open(PoolOptions.builder()
                .workers(workers)
                .worker(ChildOptions.builder().tuning(ChildTuning.BRIEF).build())
                .build());
    }

    /** Neither its items nor their encoding fit into the pool's own memory: some fail, and nobody waits for ever. */
    @Test
    void map_poolsProcessHasNoMemoryForTheItems_endsAndGoesOn() throws Exception {
        ChildProcess small =
                ChildProcess.of(ChildOptions.builder().jvmOption("-Xmx150m").build(), PoolHardshipIT::mapLargeItems);
        small.start();
        assertTrue(small.join(Duration.ofSeconds(100)), "it hangs");
        small.joinOrThrow();
    }

    private static void mapLargeItems() throws Exception {
        byte[] item = new byte[17 << 20];
        try (ProcessPool pool = ProcessPool.open(PoolOptions.builder()
                .workers(2)
                .worker(ChildOptions.builder().jvmOption("-Xmx500m").build())
                .build())) {
            List<PoolFuture<List<Integer>>> futures = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                futures.add(pool.mapAsync(bytes -> bytes.length, List.of(item, item)));
            }
            for (PoolFuture<List<Integer>> future : futures) {
                try {
                    assertEquals(List.of(item.length, item.length), future.get(60, TimeUnit.SECONDS));
                } catch (ExecutionException e) {
                    Throwable root = e.getCause();
                    while (root.getCause() != null) {
                        root = root.getCause();
                    }
                    assertInstanceOf(OutOfMemoryError.class, root);
                }
            }
            assertEquals(5, pool.submit(() -> 5).get(60, TimeUnit.SECONDS));
        }
    }

    /** Only Linux opens a pipe anew. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void submit_taskClosesTheDescriptorsOfItsStreams_workerGoesOn() throws Exception {
        try (ProcessPool pool = open(1)) {
            long pid = pool.submit(() -> {
                        try (FileInputStream in = new FileInputStream(FileDescriptor.in);
                                FileOutputStream out = new FileOutputStream(FileDescriptor.out);
                                FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
                            return ProcessHandle.current().pid();
                        }
                    })
                    .get(60, TimeUnit.SECONDS);
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        pid, pool.submit(() -> ProcessHandle.current().pid()).get(60, TimeUnit.SECONDS));
            }
        }
    }

    /** What looks like a frame and is none would take the answers behind it for its payload, and nobody would be told. */
    @Test
    void submit_taskPrintsWhatLooksLikeAFrame_failsAndTheWorkerIsReplaced() throws Exception {
        try (ProcessPool pool = open(1)) {
            PoolFuture<?> broken = pool.submit(() -> {
                byte[] noFrame = {(byte) 0xF5, 0, (byte) 0xF6, 1, 99, 0, (byte) 0xFF, (byte) 0xFF};
                new FileOutputStream(FileDescriptor.out).write(noFrame);
                Thread.sleep(60_000);
                return 0;
            });
            ExecutionException e = assertThrows(ExecutionException.class, () -> broken.get(60, TimeUnit.SECONDS));
            assertInstanceOf(WorkerDiedException.class, e.getCause());
            assertEquals(5, pool.submit(() -> 5).get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void submit_taskThrowsTooManyCausesToPrint_messageArrives() throws Exception {
        try (ProcessPool pool = open(1)) {
            PoolFuture<?> failing = pool.submit(() -> {
                RuntimeException deep = new RuntimeException("innermost");
                for (int i = 0; i < 20_000; i++) {
                    deep = new RuntimeException("cause " + i, deep);
                }
                throw deep;
            });
            ExecutionException e = assertThrows(ExecutionException.class, () -> failing.get(60, TimeUnit.SECONDS));
            assertTrue(
                    e.getCause().getMessage().contains("cause 19999"),
                    e.getCause().getMessage());
        }
    }

    /** A process ends only after its shutdown hooks, and one of them may never. */
    @Test
    void submit_taskExitsBehindAHookThatNeverEnds_failsAndTheWorkerIsReplaced() throws Exception {
        try (ProcessPool pool = open(1)) {
            PoolFuture<?> stuck = pool.submit(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    while (true) {
                        Thread.onSpinWait();
                    }
                }));
                System.exit(3);
            });
            ExecutionException e = assertThrows(ExecutionException.class, () -> stuck.get(60, TimeUnit.SECONDS));
            assertInstanceOf(WorkerDiedException.class, e.getCause());
            assertEquals(5, pool.submit(() -> 5).get(60, TimeUnit.SECONDS));
        }
    }

    /** Its text is asked for by whoever wraps it. */
    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("OverrideThrowableToString") // it gives no text at all
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    void submit_taskThrowsWhatHasNoText_arrivesAsRemoteTaskException() throws Exception {
        try (ProcessPool pool = open(1)) {
            PoolFuture<Integer> failed = pool.submit(() -> {
                throw new Mute();
            });
            ExecutionException e = assertThrows(ExecutionException.class, () -> failed.get(60, TimeUnit.SECONDS));
            RemoteTaskException remote = assertInstanceOf(RemoteTaskException.class, e.getCause());
            assertEquals(Mute.class.getName(), remote.remoteClassName());
        }
    }

    /** Long results leave in large writes, and another process writes into the same pipe meanwhile. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void map_longResultsBesideOutputOfAGrandchild_arriveWhole() throws Exception {
        try (ProcessPool pool = open(1)) {
            List<byte[]> results = pool.map(PoolHardshipIT::longResultWithNoise, Collections.nCopies(20, 0), 1);
            for (byte[] result : results) {
                assertEquals(1_000_003, result.length);
                byte[] expected = new byte[result.length];
                Arrays.fill(expected, (byte) 0xF5);
                assertTrue(Arrays.equals(expected, result));
            }
        }
    }

    private static byte[] longResultWithNoise(int ignored) throws Exception {
        // It writes on while the result leaves.
        new ProcessBuilder(
                        "sh",
                        "-c",
                        "for i in 1 2 3 4 5 6 7 8 9; do echo noise-$i-of-a-grandchild; done; sleep 0.02; echo end")
                .inheritIO()
                .start();
        byte[] result = new byte[1_000_003];
        Arrays.fill(result, (byte) 0xF5);
        return result;
    }
}
