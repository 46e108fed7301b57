package dev.procession.maven;

import dev.procession.plugin.lecture.play.LectureRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** A goal about the examples of the lecture, and those of the project. */
abstract class AbstractLectureMojo extends AbstractProcessionMojo {

    /** The language of all texts: {@code en} or {@code uk}. Without it the one of the locale, or else English. */
    @Parameter(property = "procession.demo.language")
    private @Nullable String language;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    /**
     * The request of this goal.
     *
     * @param examples what to play, as the user typed it, or null
     * @param speed how fast
     * @param asks whether a terminal, where there is one, is asked what to play
     * @throws IOException when the code of this plugin cannot be looked at
     */
    final LectureRequest request(@Nullable String examples, String speed, boolean asks) throws IOException {
        MavenProject here = Objects.requireNonNull(project);
        MavenSession build = Objects.requireNonNull(session);
        MojoExecution goal = Objects.requireNonNull(execution);
        return new LectureRequest(
                examples,
                language,
                speed,
                Locale.getDefault(),
                ConsoleCharset.ofThisJvm(),
                new ProjectLayout(here).reportDirectory(build).resolve("demo"),
                PluginCode.of(goal).forWorkers(cacheDirectory()),
                LectureRequest.LIMIT,
                TestCode.of(here),
                asks ? ConsoleTerminal.of(build, goal, getLog()) : null);
    }
}
