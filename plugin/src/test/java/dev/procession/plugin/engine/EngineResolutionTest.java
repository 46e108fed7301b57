package dev.procession.plugin.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.plugin.report.KeptLog;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the engine comes from, and what is said when it cannot be had. */
class EngineResolutionTest {
    @TempDir
    Path directory;

    private final List<Coordinate> asked = new ArrayList<>();
    private Path cache;

    private final KeptLog log = new KeptLog();

    @AfterEach
    void log_always_hasNoResult() {
        assertEquals(List.of(), log.results());
    }

    @BeforeEach
    void place() throws Exception {
        cache = directory.toRealPath().resolve("cache");
    }

    private ResolvedEngine source(EngineSettings settings, ArtifactSource artifacts) {
        return new ResolvedEngine(
                settings, Platform.current(), artifacts, cache, directory.resolve("fallback"), directory, log);
    }

    private static EngineTable.Row first() throws Exception {
        return EngineTable.read().of(Platform.current()).get(0);
    }

    private static EngineSettings artifact(String artifact, String sha256) {
        return new EngineSettings(null, artifact, sha256, null);
    }

    private Path jarOf(byte[] executable) throws Exception {
        Path jar = directory.resolve("engine-" + executable.length + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("package/bin/" + Platform.current().executableName()));
            zip.write(executable);
        }
        return jar;
    }

    private Path stored() throws Exception {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.endsWith(Platform.current().executableName()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> partsLeft() throws Exception {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".part"))
                    .toList();
        }
    }

    @Test
    void table_everyRow_isWellFormed() throws Exception {
        for (EngineTable.Row row : EngineTable.read().rows()) {
            assertTrue(row.sha256().matches("[0-9a-f]{64}"), row.toString());
            assertTrue(row.platform().matches("(linux|darwin|win32)-(x64|arm64)"), row.toString());
            assertTrue(row.artifact().isEmpty() || row.coordinate().isPresent(), row.toString());
        }
    }

    @Test
    void platform_ofJvms_isNpmsName() {
        assertEquals("linux-x64", Platform.of("Linux", "amd64").name());
        assertEquals("linux-arm64", Platform.of("Linux", "aarch64").name());
        assertEquals("darwin-arm64", Platform.of("Mac OS X", "aarch64").name());
        assertEquals("win32-x64", Platform.of("Windows 11", "amd64").name());
        assertEquals("freebsd-x64", Platform.of("FreeBSD", "amd64").name());
    }

    @Test
    void get_firstTime_unpacksAndRuns() throws Exception {
        Engine engine = source(EngineSettings.DEFAULT, TestEngine::jar).get();
        assertEquals(first().version(), engine.version());
        assertTrue(engine.executable().startsWith(cache));
        try (EngineProcess process = engine.start(1)) {
            Transform.Result result = process.transform(
                    new Transform("let a  =  1".getBytes(StandardCharsets.UTF_8), List.of("--minify")));
            assertEquals("let a=1;\n", result.code());
        }
        assertEquals(List.of(), partsLeft());
    }

    @Test
    void get_repositoryGone_takesTheUnpackedOne() throws Exception {
        source(EngineSettings.DEFAULT, TestEngine::jar).get();
        ResolvedEngine offline = source(EngineSettings.DEFAULT, this::nothing);
        assertEquals(first().version(), offline.get().version());
        assertEquals(List.of(), log.warnings());
    }

    private Path nothing(Coordinate coordinate) throws ArtifactSource.ArtifactMissingException {
        asked.add(coordinate);
        throw new ArtifactSource.ArtifactMissingException("the shelf is empty", new IllegalStateException());
    }

    @Test
    void get_nothingResolves_namesAllThatWasTriedAndTheWaysOut() throws Exception {
        EngineFailedException failure =
                assertThrows(EngineFailedException.class, source(EngineSettings.DEFAULT, this::nothing)::get);
        String message = String.valueOf(failure.getMessage());
        long rows = EngineTable.read().of(Platform.current()).stream()
                .filter(row -> row.artifact().isPresent())
                .count();
        assertEquals(rows, asked.size());
        asked.forEach(coordinate -> assertTrue(message.contains("- " + coordinate + ": the shelf is empty"), message));
        for (String element :
                List.of("1. ", "<esbuildArtifact>", "2. ", "<esbuildVersion>", "3. ", "<esbuildExecutable>")) {
            assertTrue(message.contains(element), message);
        }
    }

    @Test
    void get_platformWithoutEngine_saysSoWithTheWaysOut() {
        ResolvedEngine source = new ResolvedEngine(
                EngineSettings.DEFAULT, new Platform("sunos-sparc"), this::nothing, cache, cache, directory, log);
        String message = String.valueOf(
                assertThrows(EngineFailedException.class, source::get).getMessage());
        assertTrue(message.startsWith("esbuild for sunos-sparc cannot be had. No Maven repository"), message);
        assertTrue(message.contains("3. "), message);
    }

    @Test
    void get_onlyTheSecondResolves_warnsThatItIsAnother() throws Exception {
        List<EngineTable.Row> rows = EngineTable.read().of(Platform.current()).stream()
                .filter(row -> row.artifact().isPresent())
                .toList();
        assumeTrue(rows.size() > 1);
        byte[] real = Files.readAllBytes(
                source(EngineSettings.DEFAULT, TestEngine::jar).get().executable());
        String sum = EngineStore.sumOf(new java.io.ByteArrayInputStream(real), OutputStream.nullOutputStream());
        Path jar = jarOf(real);
        // With the sum stated, what the second coordinate holds is right.
        ResolvedEngine source = source(new EngineSettings(null, null, sum, null), coordinate -> {
            if (coordinate.version().equals(rows.get(1).version())) {
                return jar;
            }
            return nothing(coordinate);
        });
        source.get();
        assertEquals(0, log.warnings().size(), "the unpacked one is the first one's: " + log.warnings());
        cache = directory.resolve("another");
        source(new EngineSettings(null, null, sum, null), coordinate -> {
                    if (coordinate.version().equals(rows.get(1).version())) {
                        return jar;
                    }
                    return nothing(coordinate);
                })
                .get();
        assertEquals(1, log.warnings().size());
        assertTrue(
                log.warnings().get(0).contains("<esbuildVersion>" + rows.get(1).version() + "</esbuildVersion>"),
                log.warnings().get(0));
    }

    @Test
    void get_truncatedExecutable_isRefusedWithBothSums() throws Exception {
        byte[] real = Files.readAllBytes(
                source(EngineSettings.DEFAULT, TestEngine::jar).get().executable());
        cache = directory.resolve("another");
        Path jar = jarOf(java.util.Arrays.copyOf(real, real.length / 2));
        EngineFailedException failure =
                assertThrows(EngineFailedException.class, source(EngineSettings.DEFAULT, coordinate -> jar)::get);
        assertTrue(failure.getMessage().contains(first().sha256()), failure.getMessage());
        assertTrue(failure.getMessage().contains(jar.toString()), failure.getMessage());
        assertEquals(List.of(), partsLeft());
    }

    @Test
    void get_jarThatIsNoJar_isSaid() throws Exception {
        Path jar = directory.resolve("broken.jar");
        Files.writeString(jar, "<html>a proxy's login page</html>");
        EngineFailedException failure =
                assertThrows(EngineFailedException.class, source(EngineSettings.DEFAULT, coordinate -> jar)::get);
        assertTrue(failure.getMessage().contains("is damaged"), failure.getMessage());
    }

    @Test
    void get_jarWithoutExecutable_isSaid() throws Exception {
        Path jar = directory.resolve("empty.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("README"));
        }
        EngineFailedException failure =
                assertThrows(EngineFailedException.class, source(EngineSettings.DEFAULT, coordinate -> jar)::get);
        assertTrue(failure.getMessage().contains("holds no file esbuild"), failure.getMessage());
    }

    @Test
    void get_unpackedOneDamaged_isUnpackedAnew() throws Exception {
        source(EngineSettings.DEFAULT, TestEngine::jar).get();
        Files.writeString(stored(), "half of a file");
        Engine again = source(EngineSettings.DEFAULT, TestEngine::jar).get();
        assertEquals(first().version(), again.version());
    }

    @Test
    void get_manyBuildsAtOnce_oneUnpacks() throws Exception {
        ExecutorService builds = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Engine>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                calls.add(() -> source(EngineSettings.DEFAULT, TestEngine::jar).get());
            }
            for (Future<Engine> future : builds.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                assertEquals(first().version(), future.get().version());
            }
        } finally {
            builds.shutdownNow();
        }
        assertEquals(List.of(), partsLeft());
    }

    @Test
    void get_cacheCannotBeWritten_usesTheBuildDirectory() throws Exception {
        Files.writeString(cache, "a file where the directory should be");
        Engine engine = source(EngineSettings.DEFAULT, TestEngine::jar).get();
        assertTrue(engine.executable().startsWith(directory.resolve("fallback")));
    }

    @Test
    void get_unknownVersion_asksForTheSum() {
        EngineFailedException failure = assertThrows(
                EngineFailedException.class,
                source(new EngineSettings("0.99.1", null, null, null), this::nothing)::get);
        assertTrue(failure.getMessage().contains("does not know esbuild 0.99.1"), failure.getMessage());
        assertTrue(failure.getMessage().contains("<esbuildSha256>"), failure.getMessage());
        assertEquals(List.of(), asked);
    }

    @Test
    void get_unknownVersionWithSum_triesBothPublishers() {
        assertThrows(
                EngineFailedException.class,
                source(new EngineSettings("0.99.1", null, "0".repeat(64), null), this::nothing)::get);
        assertEquals(2, asked.size());
        assertTrue(asked.get(0).toString().startsWith("org.webjars.npm:esbuild__"), asked.toString());
        assertTrue(asked.get(1).toString().startsWith("org.mvnpm.at.esbuild:"), asked.toString());
    }

    @Test
    void get_ownArtifact_isUsedForItsPlatform() throws Exception {
        byte[] real = Files.readAllBytes(
                source(EngineSettings.DEFAULT, TestEngine::jar).get().executable());
        cache = directory.resolve("another");
        Path jar = jarOf(real);
        Engine engine = source(artifact("com.example:tool-{platform}:zip:" + first().version(), null), coordinate -> {
                    asked.add(coordinate);
                    return jar;
                })
                .get();
        assertEquals(first().version(), engine.version());
        assertEquals(
                "com.example:tool-" + Platform.current().name() + ":zip:" + first().version(),
                asked.get(0).toString());
    }

    @Test
    void get_mistakesInSettings_areNamedByTheirElements() {
        assertTrue(message(artifact("only-a-name", null))
                .startsWith("<esbuildArtifact>only-a-name</esbuildArtifact>: write"));
        assertTrue(message(new EngineSettings(null, null, "abc", null)).startsWith("<esbuildSha256> must be 64 hex"));
        assertTrue(message(new EngineSettings("a b", null, null, null)).contains("esbuildVersion=a b"));
        assertTrue(
                message(executable("nix")).contains("<esbuildExecutable>nix</esbuildExecutable>: there is no file "));
        assertTrue(message(executable(".")).contains("it is a directory"));
    }

    private static EngineSettings executable(String path) {
        return new EngineSettings(null, null, null, path);
    }

    private String message(EngineSettings settings) {
        return String.valueOf(assertThrows(EngineFailedException.class, source(settings, this::nothing)::get)
                .getMessage());
    }

    @Test
    void get_executableThatIsNone_isSaid() throws Exception {
        assumeTrue(!Platform.current().isWindows());
        Path text = directory.resolve("esbuild");
        Files.writeString(text, "no program");
        assertTrue(message(executable("esbuild")).contains("it is not executable"), message(executable("esbuild")));
        assertTrue(text.toFile().setExecutable(true));
        assertTrue(
                message(executable("esbuild")).contains("is no esbuild: asked for its version"),
                message(executable("esbuild")));
        Files.writeString(text, "#!/bin/sh\necho v20.1.0\n");
        assertTrue(
                message(executable("esbuild")).contains("is no esbuild: asked for its version it says \"v20.1.0\""),
                message(executable("esbuild")));
    }

    @Test
    void get_executableOfTheUser_isCheckedAndRun() throws Exception {
        Path real = source(EngineSettings.DEFAULT, TestEngine::jar).get().executable();
        assertEquals(
                first().version(),
                source(executable(real.toString()), this::nothing).get().version());
        EngineSettings wrongSum = new EngineSettings(null, null, "0".repeat(64), real.toString());
        assertTrue(message(wrongSum).contains("as <esbuildSha256> says"));
        EngineSettings wrongVersion = new EngineSettings("0.1.0", null, null, real.toString());
        assertTrue(message(wrongVersion).contains("not 0.1.0 as <esbuildVersion> says"));
        assertEquals(List.of(), asked);
    }

    @Test
    void identity_withoutResolving_tellsEnginesApart() throws Exception {
        String usual = source(EngineSettings.DEFAULT, this::nothing).identity();
        assertEquals(usual, source(EngineSettings.DEFAULT, this::nothing).identity());
        assertFalse(usual.equals(source(new EngineSettings("0.25.10", null, null, null), this::nothing)
                .identity()));
        assertEquals(List.of(), asked);
    }
}
