package dev.procession.maven;

import dev.procession.plugin.lecture.Lecture;
import dev.procession.plugin.lecture.LectureRequest;
import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Lists the examples that {@code demo} can play, and the project's own among them, with the questions that they answer. */
@Mojo(
        name = "demo-list",
        requiresProject = false,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public final class DemoListMojo extends AbstractProcessionMojo {

    /** The language of the list: {@code en} or {@code uk}. Without it the one of the locale, or else English. */
    @Parameter(property = "procession.demo.language")
    private @Nullable String language;

    /** Leaves this goal out. */
    @Parameter(property = "procession.demo-list.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    /** Made by Maven, field by field. */
    public DemoListMojo() {}

    @Override
    boolean isSkipped() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException {
        MavenProject here = Objects.requireNonNull(project);
        LectureRequest request = new LectureRequest(
                null,
                language,
                "1",
                Locale.getDefault(),
                ConsoleCharset.ofThisJvm(),
                new ProjectLayout(here)
                        .reportDirectory(Objects.requireNonNull(session))
                        .resolve("demo"),
                PluginCode.of(Objects.requireNonNull(execution)).forWorkers(cacheDirectory()),
                LectureRequest.LIMIT,
                TestCode.of(here),
                null);
        log.info(new Lecture(request, log).list().summary());
    }
}
