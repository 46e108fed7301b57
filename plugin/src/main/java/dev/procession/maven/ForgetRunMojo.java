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
 * Forgets a run of {@code sort-files}: it cannot be undone any more, and what it displaced and kept aside is deleted. What
 * it placed stays, and stays known.
 */
@Mojo(name = "forget-run", requiresProject = false, threadSafe = true)
public final class ForgetRunMojo extends AbstractProcessionMojo {

    /**
     * The directory that files were sorted into. Needed. A relative path is relative to the project's directory, or without
     * a project to the working directory.
     */
    @Parameter(property = "procession.sort.output")
    private @Nullable String output;

    /** Which run: its name, such as {@code run-3}, or {@code all}. The default is the last one. */
    @Parameter(property = "procession.sort.run")
    private @Nullable String run;

    /** Leaves this goal out. */
    @Parameter(property = "procession.forget-run.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    /** Made by Maven, field by field. */
    public ForgetRunMojo() {}

    @Override
    boolean isSkipped() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        WorkingPlace place = new WorkingPlace(project, Objects.requireNonNull(session));
        HistoryRequest request = new HistoryRequest(
                output, run, place.baseDirectory(), place.topDirectory(), true);
        log.info(new SortHistory(request, log).forget().summary());
    }
}
