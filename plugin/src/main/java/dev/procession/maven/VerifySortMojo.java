package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.HistoryRequest;
import dev.procession.plugin.sort.SortHistory;
import java.io.IOException;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Compares what {@code sort-files} placed in an output with what is there: the contents of copies, size and time of what was
 * moved, linked or cloned without being read.
 */
@Mojo(name = "verify-sort", requiresProject = false, threadSafe = true)
public final class VerifySortMojo extends AbstractProcessionMojo {

    /**
     * The directory that files were sorted into. Needed. A relative path is relative to the project's directory, or without
     * a project to the working directory.
     */
    @Parameter(property = "procession.sort.output")
    private @Nullable String output;

    /** Whether the build fails when files are not as they were placed, rather than being warned of. */
    @Parameter(property = "procession.verify-sort.failOnError", defaultValue = "true")
    private boolean failOnError;

    /** Leaves this goal out. */
    @Parameter(property = "procession.verify-sort.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    /** Made by Maven, field by field. */
    public VerifySortMojo() {}

    @Override
    boolean isSkipped() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        WorkingPlace place = new WorkingPlace(project, Objects.requireNonNull(session));
        HistoryRequest request = new HistoryRequest(
                output, null, place.baseDirectory(), place.topDirectory(), failOnError);
        log.info(new SortHistory(request, log).verify().summary());
    }
}
