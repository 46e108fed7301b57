package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.record.Freshness;
import dev.procession.plugin.bundle.request.BundleFailedException;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.BundleSpec;
import dev.procession.plugin.bundle.request.ModuleRequest;
import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.bundle.request.OutputRequest;
import dev.procession.plugin.bundle.request.Processors;
import dev.procession.plugin.bundle.request.SourceMarks;
import dev.procession.plugin.engine.EngineSettings;
import dev.procession.plugin.engine.EngineSource;
import dev.procession.plugin.engine.TestEngine;
import dev.procession.plugin.npm.PackageSource;
import dev.procession.plugin.output.OutputSpec;
import dev.procession.plugin.output.TestBrotli;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.WorkerCode;
import dev.procession.pool.ProcessPool;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A project in a temporary directory, whose bundles a test makes. */
public final class Workshop implements BuildLog {
    final Path project;
    final Path sources;
    final Path target;
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<String> details = new CopyOnWriteArrayList<>();
    Map<String, String> claims = new ConcurrentHashMap<>();
    List<Path> dependencies = List.of();
    String workers = "0";

    @Nullable
    String encoding = "UTF-8";

    String upToDate = "stat";
    String execution = "default";
    String engineVersion = "1";

    /** Whether details are wanted; whoever wants them has everything compared. */
    boolean debugs = true;

    @Nullable
    Path outputDirectory;

    final List<ModuleSpec> modules = new ArrayList<>();
    EngineSource engine = TestEngine.source(EngineSettings.DEFAULT, TestEngine.cache(), this);
    SourceMarks marks = SourceMarks.NONE;
    boolean minify;
    boolean failOnWarnings;
    String processors = "auto";
    List<PackageSource> packages = List.of();

    @Nullable
    String manifest;

    @Nullable
    Path displayDirectory;

    private final List<BundleSpec> bundles = new ArrayList<>();

    public Workshop(Path project) throws IOException {
        // The temporary directory may itself lie behind a link.
        this.project = project.toRealPath();
        this.sources = Files.createDirectories(this.project.resolve("src/main/js"));
        this.target = this.project.resolve("target");
    }

    public Workshop file(String name, String content) throws IOException {
        return file(name, content, StandardCharsets.UTF_8);
    }

    Workshop file(String name, String content, Charset charset) throws IOException {
        return file(name, content.getBytes(charset));
    }

    Workshop file(String name, byte[] content) throws IOException {
        Path file = sources.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return this;
    }

    /** A bundle shop.js of these includes. */
    public Workshop bundle(String... includes) {
        return bundle(spec("shop.js", includes));
    }

    Workshop bundle(BundleSpec spec) {
        bundles.add(spec);
        return this;
    }

    /** A bundle of modules. */
    Workshop modules(@Nullable String output, String... entries) {
        return modules(output, Map.of(), entries);
    }

    Workshop modules(@Nullable String output, Map<ModuleSetting, List<String>> settings, String... entries) {
        modules.add(new ModuleSpec(
                bundles.size() + modules.size(),
                null,
                List.of(entries),
                output,
                null,
                false,
                settings,
                OutputSpec.NONE));
        return this;
    }

    Path web(String name) {
        return target.resolve("classes/web").resolve(name);
    }

    String read(String name) throws IOException {
        return Files.readString(web(name));
    }

    Workshop noBundles() {
        modules.clear();
        bundles.clear();
        return this;
    }

    static BundleSpec spec(String output, String... includes) {
        return Spec.of(output, includes).typed();
    }

    static BundleSpec withBanner(String banner, String... includes) {
        return Spec.of("shop.js", includes).banner(banner).typed();
    }

    static BundleSpec withoutMap(String... includes) {
        return Spec.of("shop.js", includes).withoutMap().typed();
    }

    static BundleSpec excluding(List<String> excludes, String... includes) {
        return Spec.of("shop.js", includes).excluding(excludes).typed();
    }

    static BundleSpec allowingEmpty(String... includes) {
        return Spec.of("shop.js", includes).allowingEmpty().typed();
    }

    static BundleSpec encoded(String encoding, String... includes) {
        return Spec.of("shop.js", includes).encoded(encoding).typed();
    }

    static BundleSpec in(String directory, String... includes) {
        return Spec.of("shop.js", includes).in(directory).typed();
    }

    BundleRequest request() throws Exception {
        return new BundleRequest(
                bundles,
                new ModuleRequest(
                        modules,
                        engine,
                        minify,
                        failOnWarnings,
                        packages,
                        project.resolve("cache"),
                        new Processors(new ConcurrentHashMap<>(), true, processors),
                        marks),
                new OutputRequest(manifest, TestBrotli.SOURCE),
                sources,
                outputDirectory == null ? target.resolve("classes/web") : outputDirectory,
                project,
                target,
                displayDirectory == null ? project : displayDirectory,
                workers,
                encoding,
                upToDate,
                execution,
                "execution " + execution + " in module test",
                claims,
                dependencies,
                new WorkerCode(classPath(), project.resolve("cache")),
                engineVersion,
                List.of());
    }

    private static List<Path> classPath() throws Exception {
        return List.of(placeOf(ScriptBundler.class), placeOf(ProcessPool.class));
    }

    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Runs as a new build would: nobody has claimed anything. */
    BundleResult run() throws Exception {
        claims = new ConcurrentHashMap<>();
        return runInSameBuild();
    }

    BundleResult runInSameBuild() throws Exception {
        return new ScriptBundler(request(), this).run();
    }

    /** Runs, expecting that the user has to mend something. */
    public BundleFailedException fail() throws Exception {
        try {
            run();
        } catch (BundleFailedException e) {
            return e;
        }
        throw new AssertionError("the bundle was made");
    }

    Path output() {
        return target.resolve("classes/web/shop.js");
    }

    String script() throws IOException {
        return Files.readString(output());
    }

    /** The script without the link to its map. */
    String body() throws IOException {
        return script().replaceFirst("//# sourceMappingURL=shop.js.map\n$", "");
    }

    DecodedMap map() throws IOException {
        return DecodedMap.parse(Files.readString(target.resolve("classes/web/shop.js.map")));
    }

    /** What lies in the staging directory. */
    List<Path> staged() throws IOException {
        Path staging = target.resolve("procession/staging");
        if (!Files.exists(staging)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(staging)) {
            return files.toList();
        }
    }

    /** All files of the project. */
    List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Makes all inputs old enough to be believed. */
    void age() throws IOException, InterruptedException {
        FileTime past = FileTime.from(Instant.now().minusSeconds(60));
        for (Path directory : List.of(sources, target.resolve("classes"))) {
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Files.setLastModifiedTime(file, past);
                    }
                }
            }
        }
        letTickPass();
    }

    /** When a file was made or moved cannot be set: what lies within a tick before a run counts as within it. */
    private static void letTickPass() throws InterruptedException {
        Thread.sleep(TimeUnit.NANOSECONDS.toMillis(Freshness.TICK_NANOS) + 1);
    }

    @Override
    public void info(String line) {
        throw new AssertionError("the engine returns its result, it does not log it: " + line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public void debug(String line) {
        details.add(line);
    }

    @Override
    public boolean debugs() {
        return debugs;
    }

    /** Builds once more as a build that may take the short way the next time, for which what is there must not be too young. */
    void keepLook() throws Exception {
        debugs = false;
        FileTime past = FileTime.from(Instant.now().minusSeconds(60));
        Files.walkFileTree(project, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.setLastModifiedTime(directory, past);
                return FileVisitResult.CONTINUE;
            }
        });
        letTickPass();
        run();
    }
}
