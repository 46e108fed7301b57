package dev.procession.maven;

import dev.procession.plugin.lecture.play.Lecture;
import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Lists the examples that {@code demo} can play, and the project's own among them, with the questions that they answer. */
@Mojo(
        name = "demo-list",
        requiresProject = false,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public final class DemoListMojo extends AbstractLectureMojo {

    /** Leaves this goal out. */
    @Parameter(property = "procession.demo-list.skip", defaultValue = "false")
    private @Nullable String skip;

    /** Made by Maven, field by field. */
    public DemoListMojo() {}

    @Override
    @Nullable
    String skip() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException {
        log.info(new Lecture(request(null, "1", false), log).list().summary());
    }
}
