package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Run after run of a large bundle, with a worker killed in the middle of each. The profile "long" repeats it 100 times. */
@Timeout(1200)
@EnabledOnOs(OS.LINUX) // named pipes, and who has them open
class ManyDeathsTest {
    private static final int RUNS = Integer.getInteger("procession.test.repeats", 3);
    private static final int FILES = 500;

    @TempDir
    Path directory;

    @Test
    void run_workerKilledInEach_sameBytesAndNothingLeft() throws Exception {
        Workshop shop = new Workshop(directory);
        for (int i = 0; i < FILES; i++) {
            shop.file(
                    String.format("f%03d.js", i),
                    ("function f" + i + "() {\n  return 'ї" + i + "';\n}\n").repeat(10) + "//");
        }
        shop.bundle("*.js");
        shop.run();
        byte[] expected = Files.readAllBytes(shop.output());
        byte[] expectedMap = Files.readAllBytes(map(shop));

        shop.workers = "2";
        Random random = new Random(17);
        ExecutorService builder = Executors.newSingleThreadExecutor();
        try {
            for (int run = 0; run < RUNS; run++) {
                shop.engineVersion = "run " + run;
                shop.warnings.clear();
                Files.delete(shop.output());
                killOneIn(builder, shop, shop.sources.resolve(String.format("f%03d.js", random.nextInt(FILES))));

                assertArrayEquals(expected, Files.readAllBytes(shop.output()), "run " + run);
                assertArrayEquals(expectedMap, Files.readAllBytes(map(shop)), "run " + run);
                assertEquals(1, shop.warnings.size(), "run " + run + ": " + shop.warnings);
                assertTrue(shop.warnings.get(0).contains(" died, killed by signal 9, "), shop.warnings.get(0));
                assertEquals(List.of(), shop.staged());
                assertEquals(List.of(), leftThreads(), "run " + run);
                assertEquals(List.of(), leftChildren(), "run " + run);
            }
        } finally {
            builder.shutdownNow();
        }
    }

    /** Runs; in the middle, when a worker reads from a pipe in the place of {@code held}, kills that worker. */
    private void killOneIn(ExecutorService builder, Workshop shop, Path held) throws Exception {
        Path regular = directory.resolve("regular");
        Path pipe = directory.resolve("pipe");
        assertTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS));
        shop.claims.clear();
        CountDownLatch swapped = new CountDownLatch(1);
        ScriptBundler bundler = new ScriptBundler(shop.request(), new AtReading(shop, () -> {
            Files.move(held, regular);
            Files.move(pipe, held);
            swapped.countDown();
        }));
        Future<BundleResult> result = builder.submit(bundler::run);
        assertTrue(swapped.await(60, TimeUnit.SECONDS), "the run has not begun to read");
        // Opens as soon as a worker waits at the other end, and keeps it waiting for bytes.
        try (OutputStream out = Files.newOutputStream(held)) {
            out.flush();
            ProcessHandle victim = readerOf(held);
            Files.move(regular, held, StandardCopyOption.ATOMIC_MOVE);
            victim.destroyForcibly();
            victim.onExit().get(10, TimeUnit.SECONDS);
        }
        assertEquals(1, result.get(60, TimeUnit.SECONDS).written());
    }

    private static ProcessHandle readerOf(Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            for (ProcessHandle child : ProcessHandle.current().children().toList()) {
                if (hasOpen(child, file)) {
                    return child;
                }
            }
            Thread.sleep(1);
        }
        throw new AssertionError("nobody reads " + file);
    }

    private static boolean hasOpen(ProcessHandle process, Path file) throws IOException {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc", process.pid() + "", "fd"))) {
            for (Path link : links) {
                if (Files.readSymbolicLink(link).equals(file)) {
                    return true;
                }
            }
        } catch (NoSuchFileException | DirectoryIteratorException e) {
            // It ended, or closed a file, while it was looked at.
            return false;
        }
        return false;
    }

    private static List<ProcessHandle> leftChildren() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    private static List<String> leftThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("procession"))
                .toList();
    }

    private static Path map(Workshop shop) {
        return shop.target.resolve("classes/web/shop.js.map");
    }

    /** Does something at the moment when the inputs are known and the workers are about to start. */
    private record AtReading(Workshop shop, Action action) implements BuildLog {
        interface Action {
            void run() throws IOException;
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
            if (line.startsWith("reading in ")) {
                try {
                    action.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public boolean debugs() {
            return true;
        }
    }
}
