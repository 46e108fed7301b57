package dev.procession.maven;

import dev.procession.plugin.bundle.BundleResult;
import dev.procession.plugin.bundle.BygoneExecutions;
import dev.procession.plugin.bundle.ScriptBundler;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.BundleSpec;
import dev.procession.plugin.bundle.request.Includes;
import dev.procession.plugin.bundle.request.ModuleRequest;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.bundle.request.OutputRequest;
import dev.procession.plugin.bundle.request.Processors;
import dev.procession.plugin.engine.EngineSettings;
import dev.procession.plugin.engine.EngineSource;
import dev.procession.plugin.engine.Platform;
import dev.procession.plugin.engine.ResolvedEngine;
import dev.procession.plugin.output.OutputSpec;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.Recording;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.build.BuildContext;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Makes bundles for the browser without Node: joins JavaScript files in a stated order, or bundles modules (JavaScript,
 * TypeScript, CSS) with esbuild, which comes from Maven repositories. Nothing changed, nothing done.
 */
@Mojo(
        name = "bundle-js",
        defaultPhase = LifecyclePhase.PROCESS_RESOURCES,
        requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
        threadSafe = true)
public final class BundleJsMojo extends AbstractProcessionMojo {
    /** What the names of properties for filtering begin with. */
    private static final String PROPERTY_PREFIX = "procession.bundle.";

    /** The bundles to write: each with includes or an entry, and an output. */
    @Parameter
    private @Nullable List<Bundle> bundles;

    /** Where the includes and entries of bundles are looked up. */
    @Parameter(property = "procession.bundle-js.sourceDirectory", defaultValue = "${project.basedir}/src/main/js")
    private @Nullable File sourceDirectory;

    /**
     * Where the outputs of bundles are written. The default follows the project: {@code static} below the classes for
     * one that uses the spring-boot-maven-plugin, the exploded web application for packaging {@code war}, else
     * {@code META-INF/resources} below the classes, from where servlet containers serve a jar.
     */
    @Parameter(property = "procession.bundle-js.outputDirectory")
    private @Nullable File outputDirectory;

    /** How many child processes read: {@code auto}, 0 for the build's own JVM, or a number up to 256. */
    @Parameter(property = "procession.workers", defaultValue = "auto")
    private @Nullable String workers;

    /** The charset of the scripts. A byte order mark in a script wins over it. UTF-8 when nothing is said. */
    @Parameter(property = "procession.encoding", defaultValue = "${project.build.sourceEncoding}")
    private @Nullable String encoding;

    /**
     * How to find out that nothing changed: {@code stat} believes size, time and identity of files that were old enough
     * last time, {@code content} reads every file.
     */
    @Parameter(property = "procession.upToDate", defaultValue = "stat")
    private @Nullable String upToDate;

    /** The version of esbuild that bundles modules; what this plugin knows for the platform if nothing is said. */
    @Parameter(property = "procession.esbuildVersion")
    private @Nullable String esbuildVersion;

    /**
     * The artifact that holds esbuild's executable, as {@code group:artifact[:extension[:classifier]]:version};
     * {@code {platform}} in it stands for npm's name of the platform, such as {@code linux-x64}.
     */
    @Parameter(property = "procession.esbuildArtifact")
    private @Nullable String esbuildArtifact;

    /** The SHA-256 of esbuild's executable, or several with commas between; for versions that this plugin does not know. */
    @Parameter(property = "procession.esbuildSha256")
    private @Nullable String esbuildSha256;

    /** An esbuild that is on this machine; nothing is resolved then. */
    @Parameter(property = "procession.esbuildExecutable")
    private @Nullable String esbuildExecutable;

    /** Whether the code of modules is made small where a bundle does not say. */
    @Parameter(property = "procession.bundle-js.minify", defaultValue = "true")
    private @Nullable String minify;

    /** Whether a warning about the sources of modules fails the build. */
    @Parameter(property = "procession.bundle-js.failOnWarnings", defaultValue = "false")
    private @Nullable String failOnWarnings;

    /** How many processors all bundles of a build may keep busy together: {@code auto} for all, or a number. */
    @Parameter(property = "procession.processors", defaultValue = "auto")
    private @Nullable String processors;

    /** The formats in which files are also written beside themselves: {@code gzip}, {@code brotli}, or both. */
    @Parameter(property = "procession.bundle-js.compress")
    private @Nullable List<@Nullable String> compress;

    /** The endings of the files that are compressed, such as {@code js} and {@code svg}; what is text if nothing is said. */
    @Parameter
    private @Nullable List<@Nullable String> compressEndings;

    /**
     * Whether a size report is written for each bundle, as JSON and as a page with a treemap. If nothing is said, one is
     * for bundles of modules, and none for joined ones, which it would slow down.
     */
    @Parameter(property = "procession.bundle-js.sizeReport")
    private @Nullable String sizeReport;

    /**
     * Whether the hash for the attribute integrity is made of each file: for the manifest, the report and the properties.
     * If nothing is said, it is made when there is a manifest.
     */
    @Parameter(property = "procession.bundle-js.integrity")
    private @Nullable String integrity;

    /**
     * The manifest: a name below the output directory, {@code none}, or {@code auto} for a {@code manifest.json} as soon
     * as an output has a hash in its name.
     */
    @Parameter(property = "procession.bundle-js.manifest", defaultValue = "auto")
    private @Nullable String manifest;

    /**
     * Whether to draw what the workers do, as a page with a lane for each of them: {@code true} for
     * {@code timeline-bundle-js.html} with the other reports of this plugin, or the path of a page or of a directory.
     */
    @Parameter(property = "procession.timeline")
    private @Nullable String timeline;

    /** Leaves this goal out. */
    @Parameter(property = "procession.bundle-js.skip", defaultValue = "false")
    private @Nullable String skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    private final RepositorySystem repositories;
    private final Provider<BuildContext> contexts;

    /**
     * Made by Maven, which then fills the fields.
     *
     * @param repositories Maven's way to artifacts
     * @param contexts the IDE's way to its editors
     */
    @Inject
    public BundleJsMojo(RepositorySystem repositories, Provider<BuildContext> contexts) {
        this.repositories = repositories;
        this.contexts = contexts;
    }

    @Override
    @Nullable
    String skip() {
        return skip;
    }

    /** They are told with all other mistakes, by {@code watch-js} too. */
    @Override
    void refuseUnknownElements() {}

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        if (timeline == null) { // as in nearly every build: nothing of drawing is loaded
            bundle(Recording.off(), log);
            return;
        }
        ProjectLayout layout = new ProjectLayout(Objects.requireNonNull(project));
        TimelineReport.of(
                        timeline,
                        layout.reportDirectory(Objects.requireNonNull(session)),
                        layout.baseDirectory(),
                        "bundle-js",
                        Objects.requireNonNull(execution).getExecutionId())
                .draw(log, recording -> bundle(recording, log));
    }

    private void bundle(Recording recording, BuildLog log) throws IOException, InterruptedException {
        BundleRequest request = request(SharedClaims.of(Objects.requireNonNull(session)), false, recording, log);
        BundleResult result = new ScriptBundler(request, log).run();
        Properties properties = Objects.requireNonNull(project).getProperties();
        for (Map.Entry<String, String> each : result.properties().entrySet()) {
            properties.setProperty(PROPERTY_PREFIX + each.getKey(), each.getValue());
        }
        if (isRecordOfOthersThere(request)) {
            Set<String> there = new PomExecutions(
                            Objects.requireNonNull(session),
                            Objects.requireNonNull(project),
                            Objects.requireNonNull(execution))
                    .names();
            new BygoneExecutions(request, log).remove(there);
        }
        log.info(result.summary());
    }

    /** Most projects have one execution, and need not pay for more than this look. */
    private static boolean isRecordOfOthersThere(BundleRequest request) throws IOException {
        int records = 0;
        // No File, which finds nothing where the locale has no letters for the path.
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(request.ownDirectory().resolve("bundle-js"))) {
            for (Path file : files) {
                records += file.toString().endsWith(".txt") ? 1 : 0;
            }
        } catch (NoSuchFileException e) {
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return records > 1;
    }

    /**
     * What is asked for.
     *
     * @param claims who writes what; shared by all that is made at the same time
     * @param watching whether it is made for a look only: nothing is made small, and nothing is put around it
     * @param recording where the tasks of workers are written down
     */
    BundleRequest request(Map<String, String> claims, boolean watching, Recording recording, BuildLog log)
            throws IOException {
        MavenSession build = Objects.requireNonNull(session);
        ProjectLayout layout = new ProjectLayout(Objects.requireNonNull(project));
        MojoExecution here = Objects.requireNonNull(execution);
        PluginCode code = PluginCode.of(here);
        TypedMistakes mistakes = new TypedMistakes();
        List<Bundle> typed = typed(mistakes);
        new UnknownElements(here, project).tell(mistakes);
        new RepeatedElements(here, project).tell(typed, mistakes);
        Path cache = cacheDirectory();
        OutputSpec goal = new OutputSpec(
                Bundle.typed(compress),
                Bundle.typed(compressEndings),
                mistakes.wanted("sizeReport", sizeReport, null),
                mistakes.wanted("integrity", integrity, null),
                null,
                null,
                null,
                null);
        return new BundleRequest(
                joined(typed, goal, watching, build, mistakes),
                modules(typed, goal, watching, build, layout, cache, log, mistakes),
                new OutputRequest(
                        manifest, new BrotliArtifacts(new MavenArtifacts(repositories, build, layout.project()))),
                sources(),
                outputDirectory(layout),
                layout.baseDirectory(),
                layout.buildDirectory(),
                layout.topDirectory(build),
                Objects.requireNonNullElse(workers, "auto"),
                encoding,
                Objects.requireNonNullElse(upToDate, "stat"),
                here.getExecutionId(),
                "execution " + here.getExecutionId() + " in module " + layout.moduleName(),
                claims,
                dependencies(),
                code.forWorkers(cache).recordedIn(recording),
                code.version(),
                mistakes.found());
    }

    /** An element without anything in it arrives as null. */
    private List<Bundle> typed(TypedMistakes mistakes) {
        List<Bundle> typed = new ArrayList<>();
        for (Bundle bundle : Objects.requireNonNullElse(bundles, List.<Bundle>of())) {
            Bundle each = Objects.requireNonNullElseGet(bundle, Bundle::new);
            if (each.hasElements(mistakes)) {
                typed.add(each);
            }
        }
        return typed;
    }

    // Loops and no streams, here and in all that a build with nothing to do calls: in a JVM that has just started a
    // lambda costs as much as reading the times of a hundred files.
    private List<BundleSpec> joined(
            List<Bundle> typed, OutputSpec goal, boolean watching, MavenSession build, TypedMistakes mistakes) {
        List<BundleSpec> specs = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            if (!typed.get(i).isOfModules()) {
                Includes conditions = new Includes(name -> property(build, name), this::isActive);
                specs.add(typed.get(i).toSpec(specs.size(), goal, conditions, watching, mistakes));
            }
        }
        return specs;
    }

    private Path sources() {
        return Objects.requireNonNull(sourceDirectory).toPath();
    }

    private Path outputDirectory(ProjectLayout layout) {
        return outputDirectory == null ? layout.webDirectory() : outputDirectory.toPath();
    }

    /** As Maven itself looks a property up: the command line wins, then the project, then the system. */
    private Optional<String> property(MavenSession build, String name) {
        for (Properties properties : List.of(
                build.getUserProperties(),
                Objects.requireNonNull(project).getProperties(),
                build.getSystemProperties())) {
            String value = properties.getProperty(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private boolean isActive(String profile) {
        return Objects.requireNonNull(project).getInjectedProfileIds().values().stream()
                .anyMatch(ids -> ids.contains(profile));
    }

    private ModuleRequest modules(
            List<Bundle> typed,
            OutputSpec goal,
            boolean watching,
            MavenSession build,
            ProjectLayout layout,
            Path cache,
            BuildLog log,
            TypedMistakes mistakes) {
        List<ModuleSpec> specs = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            if (typed.get(i).isOfModules()) {
                specs.add(typed.get(i).toModules(i, goal, watching, mistakes));
            }
        }
        EngineSource engine = new ResolvedEngine(
                new EngineSettings(esbuildVersion, esbuildArtifact, esbuildSha256, esbuildExecutable),
                Platform.current(),
                new MavenArtifacts(repositories, build, layout.project()),
                cache,
                layout.buildDirectory().resolve("procession"),
                layout.baseDirectory(),
                log);
        return new ModuleRequest(
                specs,
                engine,
                mistakes.isTrue("minify", minify, true, null) && !watching,
                mistakes.isTrue("failOnWarnings", failOnWarnings, false, null),
                NpmSources.of(Objects.requireNonNull(project), Objects.requireNonNull(execution)),
                cache,
                new Processors(
                        SharedClaims.processors(build),
                        !build.isParallel(),
                        Objects.requireNonNullElse(processors, "auto")),
                new IdeMarks(contexts));
    }

    private List<Path> dependencies() {
        List<Path> files = new ArrayList<>();
        for (Artifact artifact : Objects.requireNonNull(project).getArtifacts()) {
            File file = artifact.getFile();
            if (file != null) {
                files.add(file.toPath());
            }
        }
        return files;
    }
}
