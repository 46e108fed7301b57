package dev.procession.maven;

import dev.procession.plugin.sort.history.HistoryRequest;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** A goal that asks what became of an output of {@code sort-files}, and needs to know nothing else. */
abstract class AbstractSortHistoryMojo extends AbstractProcessionMojo {

    /**
     * The directory that files were sorted into. Needed. A relative path is relative to the project's directory, or without
     * a project to the working directory.
     */
    @Parameter(property = "procession.sort.output")
    private @Nullable String output;

    @Parameter(defaultValue = "${project}", readonly = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    /**
     * The request of this goal.
     *
     * @param run the run that was named, null for the last one
     * @param failOnError whether entries that failed fail the goal
     */
    final HistoryRequest request(@Nullable String run, boolean failOnError) {
        WorkingPlace place = new WorkingPlace(project, Objects.requireNonNull(session));
        return new HistoryRequest(output, run, place.baseDirectory(), place.topDirectory(), failOnError);
    }
}
