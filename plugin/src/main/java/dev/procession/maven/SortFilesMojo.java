package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.FileSorter;
import dev.procession.plugin.sort.SortRequest;
import dev.procession.plugin.work.Recording;
import java.io.IOException;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Copies the files of a tree into one folder per extension, and loses none: files of equal names are both kept. Runs in
 * a build, and in any directory without a project. A second run copies only what is new or changed.
 */
@Mojo(name = "sort-files", defaultPhase = LifecyclePhase.PREPARE_PACKAGE, requiresProject = false, threadSafe = true)
public final class SortFilesMojo extends AbstractProcessionMojo {

    /**
     * The directory whose files are to be sorted, with all directories in it; nothing in it is changed. Needed. A
     * relative path is relative to the project's directory, or without a project to the working directory.
     */
    @Parameter(property = "procession.sort.source")
    private @Nullable String source;

    /**
     * The directory that gets a folder for each extension. Needed; made when it is missing. May lie inside the source,
     * and is left out of it then. A relative path is relative to the project's directory, or without a project to the
     * working directory.
     */
    @Parameter(property = "procession.sort.output")
    private @Nullable String output;

    /** How many child processes copy: {@code auto}, 0 for the build's own JVM, or a number up to 256. */
    @Parameter(property = "procession.workers", defaultValue = "auto")
    private @Nullable String workers;

    /**
     * Whether the build fails, at the end of the run, when entries could not be sorted. All others are sorted either
     * way, and each that was not is listed.
     */
    @Parameter(property = "procession.sort-files.failOnError", defaultValue = "true")
    private boolean failOnError;

    /**
     * Whether to draw what the workers do, as a page with a lane for each of them: {@code true} for
     * {@code timeline-sort-files.html} with the other reports of this plugin, or the path of a page or of a directory.
     */
    @Parameter(property = "procession.timeline")
    private @Nullable String timeline;

    /** Leaves this goal out. */
    @Parameter(property = "procession.sort-files.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    /** Made by Maven, field by field. */
    public SortFilesMojo() {}

    @Override
    boolean isSkipped() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        WorkingPlace place = new WorkingPlace(project, Objects.requireNonNull(session));
        MojoExecution here = Objects.requireNonNull(execution);
        TimelineReport.of(
                        timeline, place.reportDirectory(), place.baseDirectory(), "sort-files", here.getExecutionId())
                .draw(log, recording -> sort(place, recording, log));
    }

    private void sort(WorkingPlace place, Recording recording, BuildLog log) throws IOException, InterruptedException {
        SortRequest request = new SortRequest(
                source,
                output,
                place.baseDirectory(),
                place.topDirectory(),
                Objects.requireNonNullElse(workers, "auto"),
                failOnError,
                PluginCode.of(Objects.requireNonNull(execution)).forWorkers(cacheDirectory()).recordedIn(recording));
        log.info(new FileSorter(request, log).run().summary());
    }
}
