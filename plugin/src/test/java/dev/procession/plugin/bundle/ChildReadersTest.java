package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real child processes. */
@Timeout(120)
class ChildReadersTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
        shop.workers = "2";
    }

    private void manyFiles(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            shop.file(
                    String.format("f%03d.js", i),
                    "function f" + i + "() {\n  return 'ї" + i + "';\n}\n".repeat(20) + "//");
        }
    }

    @Test
    void run_twoWorkers_writeWhatNoneWould() throws Exception {
        manyFiles(100);
        shop.bundle("*.js");
        BundleResult result = shop.run();
        assertTrue(result.summary().contains(" into 1 bundle with 2 workers in "), result.summary());
        byte[] script = Files.readAllBytes(shop.output());
        byte[] map = Files.readAllBytes(shop.target.resolve("classes/web/shop.js.map"));
        shop.workers = "0";
        shop.engineVersion = "2";
        assertEquals(1, shop.run().written());
        assertArrayEquals(script, Files.readAllBytes(shop.output()));
        assertArrayEquals(map, Files.readAllBytes(shop.target.resolve("classes/web/shop.js.map")));
    }

    @Test
    void run_done_leavesNoChildAndNoThread() throws Exception {
        manyFiles(5);
        shop.bundle("*.js");
        shop.run();
        assertEquals(
                List.of(),
                ProcessHandle.current()
                        .children()
                        .filter(ProcessHandle::isAlive)
                        .toList());
        assertEquals(
                List.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("procession"))
                        .map(Thread::getName)
                        .toList());
    }

    @Test
    void run_badFileInWorker_isToldAsInTheBuild() throws Exception {
        manyFiles(3);
        shop.file("bad.js", new byte[] {'1', (byte) 0xFF}).bundle("*.js");
        assertEquals(
                "<encoding>UTF-8</encoding> of bundle shop.js: src/main/js/bad.js is not valid UTF-8 at byte offset 1 (byte FF);"
                        + " set <encoding> to the charset the file is written in, or convert the file",
                shop.fail().getMessage());
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_workerKilled_taskRunsAgainAndResultIsComplete() throws Exception {
        manyFiles(60);
        shop.workers = "0";
        shop.bundle("*.js");
        shop.run();
        byte[] expected = Files.readAllBytes(shop.output());

        shop.workers = "2";
        shop.engineVersion = "2";
        // A pipe that takes the place of a file after it was looked at: the worker that opens it waits, and can be
        // killed.
        Path held = shop.sources.resolve("f030.js");
        byte[] content = Files.readAllBytes(held);
        Path pipe = directory.resolve("pipe");
        assertTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS));
        AtomicReference<BundleResult> result = new AtomicReference<>();
        CountDownLatch planned = new CountDownLatch(1);
        Thread build = new Thread(() -> {
            try {
                shop.claims = new java.util.concurrent.ConcurrentHashMap<>();
                result.set(new ScriptBundler(shop.request(), new Noticing(shop, planned, () -> {
                            Files.move(pipe, held, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                        }))
                        .run());
            } catch (Exception e) {
                shop.details.add(e.toString());
            }
        });
        build.start();
        assertTrue(planned.await(60, TimeUnit.SECONDS));
        // The pipe's other end opens only once the worker waits at it.
        try (java.io.OutputStream out = Files.newOutputStream(held)) {
            out.flush();
            Path regular = directory.resolve("regular");
            Files.write(regular, content);
            Files.move(regular, held, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            List<ProcessHandle> workers = ProcessHandle.current()
                    .children()
                    .filter(ProcessHandle::isAlive)
                    .toList();
            assertFalse(workers.isEmpty());
            workers.forEach(ProcessHandle::destroyForcibly);
        }
        build.join(TimeUnit.SECONDS.toMillis(60));
        assertEquals(1, result.get() == null ? -1 : result.get().written(), shop.details.toString());
        assertArrayEquals(expected, Files.readAllBytes(shop.output()));
        assertTrue(
                shop.warnings.stream()
                        .anyMatch(line -> line.matches(
                                "worker bundle-js-\\d \\(pid \\d+\\) died, killed by signal 9, while it ran task"
                                        + " 'read .*src/main/js/f0.*'; the task runs again on another worker")),
                shop.warnings.toString());
    }

    @Test
    void run_interruptedWhileWorkersRead_leavesNothing() throws Exception {
        Path pipe = shop.sources.resolve("a.js");
        shop.file("a.js", "a();\n").bundle("*.js");
        CountDownLatch planned = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread build = new Thread(() -> {
            try {
                new ScriptBundler(shop.request(), new Noticing(shop, planned, () -> {
                            Files.delete(pipe);
                            if (!new ProcessBuilder("mkfifo", pipe.toString())
                                    .start()
                                    .waitFor(10, TimeUnit.SECONDS)) {
                                throw new java.io.IOException("mkfifo");
                            }
                        }))
                        .run();
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        build.start();
        assertTrue(planned.await(60, TimeUnit.SECONDS));
        try (java.io.OutputStream out = Files.newOutputStream(pipe)) {
            out.flush();
            build.interrupt();
            build.join(TimeUnit.SECONDS.toMillis(60));
        }
        assertEquals(InterruptedException.class, thrown.get().getClass(), String.valueOf(thrown.get()));
        assertTrue(Files.notExists(shop.output()));
        assertEquals(List.of(), shop.staged());
        // Killed, but the system may need a moment to end it.
        ProcessHandle.current()
                .children()
                .forEach(child -> child.onExit().orTimeout(5, TimeUnit.SECONDS).join());
    }

    /** Does something at the moment when the inputs are known and the workers are about to start. */
    private record Noticing(Workshop shop, CountDownLatch planned, Action action)
            implements dev.procession.plugin.report.BuildLog {
        interface Action {
            void run() throws Exception;
        }

        @Override
        public void info(String line) {
            shop.info(line);
        }

        @Override
        public void warn(String line) {
            shop.warn(line);
        }

        @Override
        public void debug(String line) {
            shop.debug(line);
            if (line.startsWith("reading in ")) {
                act();
            }
        }

        private void act() {
            try {
                action.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            planned.countDown();
        }

        @Override
        public boolean debugs() {
            return true;
        }
    }
}
