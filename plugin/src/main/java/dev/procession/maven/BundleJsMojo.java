package dev.procession.maven;

import dev.procession.plugin.bundle.BundleRequest;
import dev.procession.plugin.bundle.ScriptBundler;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.Recording;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Joins JavaScript files into bundles, in a stated order, with source maps, without Node. Reads and checks them in child
 * processes where that pays.
 */
@Mojo(
        name = "bundle-js",
        defaultPhase = LifecyclePhase.PROCESS_RESOURCES,
        requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
        threadSafe = true)
public final class BundleJsMojo extends AbstractProcessionMojo {

    /** The bundles to write: each with includes and an output. */
    @Parameter
    private @Nullable List<Bundle> bundles;

    /** Where the includes of bundles are looked up. */
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

    /**
     * Whether to draw what the workers do, as a page with a lane for each of them: {@code true} for
     * {@code timeline-bundle-js.html} with the other reports of this plugin, or the path of a page or of a directory.
     */
    @Parameter(property = "procession.timeline")
    private @Nullable String timeline;

    /** Leaves this goal out. */
    @Parameter(property = "procession.bundle-js.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    /** Made by Maven, field by field. */
    public BundleJsMojo() {}

    @Override
    boolean isSkipped() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
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
        MavenSession build = Objects.requireNonNull(session);
        ProjectLayout layout = new ProjectLayout(Objects.requireNonNull(project));
        MojoExecution here = Objects.requireNonNull(execution);
        PluginCode code = PluginCode.of(here);
        BundleRequest request = new BundleRequest(
                Objects.requireNonNullElse(bundles, List.<Bundle>of()).stream()
                        .map(Bundle::toSpec)
                        .toList(),
                Objects.requireNonNull(sourceDirectory).toPath(),
                outputDirectory == null ? layout.webDirectory() : outputDirectory.toPath(),
                layout.baseDirectory(),
                layout.buildDirectory(),
                layout.topDirectory(build),
                Objects.requireNonNullElse(workers, "auto"),
                encoding,
                Objects.requireNonNullElse(upToDate, "stat"),
                here.getExecutionId(),
                "execution " + here.getExecutionId() + " in module " + layout.moduleName(),
                SharedClaims.of(build),
                dependencies(),
                code.forWorkers(cacheDirectory()).recordedIn(recording),
                code.version());
        log.info(new ScriptBundler(request, log).run().summary());
    }

    private List<Path> dependencies() {
        return Objects.requireNonNull(project).getArtifacts().stream()
                .map(Artifact::getFile)
                .filter(Objects::nonNull)
                .map(File::toPath)
                .toList();
    }
}
