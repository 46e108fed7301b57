package dev.procession.plugin.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.KeptLog;
import dev.procession.process.ChildProcess;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One running engine: what it answers, and how it ends. */
class EngineProcessTest {
    @TempDir
    Path directory;

    private Engine engine;

    @BeforeEach
    void find() throws Exception {
        engine = TestEngine.source(EngineSettings.DEFAULT, TestEngine.cache(), new KeptLog())
                .get();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The children of this JVM that run the engine. */
    private List<ProcessHandle> running() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .command()
                        .map(command -> command.endsWith(
                                String.valueOf(engine.executable().getFileName())))
                        .orElse(false))
                .collect(Collectors.toList());
    }

    private void awaitNoneRunning() throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!running().isEmpty()) {
            assertTrue(Instant.now().isBefore(deadline), () -> "still there: " + running());
            Thread.sleep(5);
        }
    }

    @Test
    void transform_scriptAndStyle_minifiedWithMap() throws Exception {
        try (EngineProcess process = engine.start(2)) {
            Transform.Result script = process.transform(new Transform(
                    utf8("const їжак = 'ї';\nconsole.log(  їжак );\n"),
                    List.of("--loader=js", "--minify", "--charset=utf8", "--sourcemap=external", "--sourcefile=a.js")));
            assertEquals("const їжак=\"ї\";console.log(\"ї\");\n", script.code());
            assertTrue(script.map().contains("\"a.js\""), script.map());
            Transform.Result style = process.transform(
                    new Transform(utf8("a {  color : #ff0000 }"), List.of("--loader=css", "--minify")));
            assertEquals("a{color:red}\n", style.code());
        }
        awaitNoneRunning();
    }

    @Test
    void transform_mistake_messageWithPlaceInCharacters() throws Exception {
        try (EngineProcess process = engine.start(1)) {
            Transform.Result result = process.transform(new Transform(utf8("'їїї' + ;"), List.of("--sourcefile=a.js")));
            assertEquals(1, result.errors().size());
            EngineMessage.Location place = result.errors().get(0).location();
            assertEquals("a.js", place.file());
            assertEquals(8, place.column());
            assertEquals("", result.code());
        }
    }

    @Test
    void transform_tenMegabytes_arriveWhole() throws Exception {
        String statement = "globalThis.value = 'some text that stays';\n";
        String text = statement.repeat(10_000_000 / statement.length());
        try (EngineProcess process = engine.start(2)) {
            String code =
                    process.transform(new Transform(utf8(text), List.of())).code();
            assertEquals(text.lines().count(), code.lines().count());
        }
    }

    @Test
    void build_killedInMidRun_saysHowItDied() throws Exception {
        // Enough work for a second and more, so that the kill comes before its end.
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < 400_000; i++) {
            source.append("export const v")
                    .append(i)
                    .append(" = (a, b) => a + b * ")
                    .append(i)
                    .append(";\n");
        }
        Files.writeString(directory.resolve("a.js"), source);
        try (EngineProcess process = engine.start(1)) {
            List<ProcessHandle> children = running();
            Thread killer = new Thread(() -> children.forEach(ProcessHandle::destroyForcibly));
            killer.start();
            EngineFailedException failure = assertThrows(
                    EngineFailedException.class,
                    () -> process.build(new Build(
                            directory.toString(),
                            List.of(new Build.Entry("", "./a.js")),
                            List.of("--bundle", "--minify", "--outdir=out"),
                            List.of())));
            assertTrue(
                    failure.getMessage().contains("died in the middle of its work, killed by signal 9"),
                    failure.getMessage());
            killer.join();
        }
        awaitNoneRunning();
        assertFalse(Files.exists(directory.resolve("out")));
    }

    @Test
    void build_jvmKilledInMidRun_endsTheEngineLongBeforeTheBuild() throws Exception {
        // Enough work for far more than the deadline.
        try (Writer source = Files.newBufferedWriter(directory.resolve("a.js"))) {
            for (int i = 0; i < 200_000; i++) {
                source.write(
                        "export function f" + i + "(alpha) { let sum = 0; for (let i = 0; i < alpha; i++) { sum += i * "
                                + i + "; if (sum > 9) return sum } return sum }\n");
            }
        }
        String version = engine.version();
        String executable = engine.executable().toString();
        String place = directory.toString();
        try (ChildProcess child = ChildProcess.of(() -> buildElsewhere(version, executable, place))) {
            child.start();
            ProcessHandle jvm = ProcessHandle.of(child.pid()).orElseThrow();
            ProcessHandle busy = await(
                    Duration.ofSeconds(60),
                    () -> jvm.descendants()
                            .filter(each -> each.info()
                                    .totalCpuDuration()
                                    .filter(used -> used.compareTo(Duration.ofMillis(300)) > 0)
                                    .isPresent())
                            .filter(each -> each.info()
                                    .command()
                                    .filter(executable::equals)
                                    .isPresent())
                            .findFirst());
            child.kill();
            assertTrue(child.join(Duration.ofSeconds(60)));
            await(Duration.ofSeconds(5), () -> busy.isAlive() ? Optional.empty() : Optional.of(busy));
        }
    }

    private static void buildElsewhere(String version, String executable, String place) throws Exception {
        try (EngineProcess process = new Engine(version, Path.of(executable)).start(1)) {
            process.build(new Build(
                    place,
                    List.of(new Build.Entry("", "./a.js")),
                    List.of("--bundle", "--minify", "--sourcemap", "--outdir=out"),
                    List.of()));
        }
    }

    private static ProcessHandle await(Duration most, Supplier<Optional<ProcessHandle>> found) throws Exception {
        Instant end = Instant.now().plus(most);
        while (true) {
            Optional<ProcessHandle> handle = found.get();
            if (handle.isPresent()) {
                return handle.get();
            }
            assertTrue(Instant.now().isBefore(end), "not within " + most);
            Thread.sleep(10);
        }
    }

    @Test
    void build_interrupted_endsTheProcess() throws Exception {
        Files.writeString(directory.resolve("a.js"), "x();\n".repeat(2_000_000));
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread builder = new Thread(() -> {
            try (EngineProcess process = engine.start(1)) {
                Thread.currentThread().interrupt();
                process.build(new Build(
                        directory.toString(),
                        List.of(new Build.Entry("", "./a.js")),
                        List.of("--bundle", "--outdir=out"),
                        List.of()));
            } catch (Throwable e) {
                outcome.set(e);
            }
        });
        builder.start();
        builder.join(20_000);
        assertFalse(builder.isAlive());
        assertEquals(InterruptedException.class, outcome.get().getClass());
        awaitNoneRunning();
    }

    @Test
    void start_otherVersionThanSaid_isRefused() {
        EngineFailedException failure =
                assertThrows(EngineFailedException.class, () -> new Engine("0.1.0", engine.executable()).start(1));
        assertTrue(failure.getMessage().contains("is no esbuild of version 0.1.0"), failure.getMessage());
    }

    @Test
    void start_programThatAnswersNonsense_isRefused() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(!Platform.current().isWindows());
        Path cat = directory.resolve("tool");
        Files.writeString(cat, "#!/bin/sh\nprintf 'once upon a time there was no esbuild'\n");
        assertTrue(cat.toFile().setExecutable(true));
        Exception failure = assertThrows(Exception.class, () -> new Engine("0.1.0", cat).start(1));
        assertTrue(
                failure.getMessage().contains("cannot be understood")
                        || failure.getMessage().contains("is no esbuild"),
                failure.getMessage());
        awaitNoneRunning();
    }

    @Test
    void close_always_leavesNoThread() throws Exception {
        try (EngineProcess process = engine.start(1)) {
            process.transform(new Transform(utf8("1"), List.of()));
        }
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("procession-engine")));
    }
}
