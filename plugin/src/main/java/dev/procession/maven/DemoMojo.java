package dev.procession.maven;

import dev.procession.plugin.lecture.play.Lecture;
import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.util.Objects;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Plays examples of what processes do, with real child processes, explains them, and checks what must be true of each
 * run. A check that does not hold fails the build. Works without a project as well.
 */
@Mojo(
        name = "demo",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresProject = false,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public final class DemoMojo extends AbstractLectureMojo {

    /**
     * What to play: numbers, names or topics of examples with commas between them, such as {@code 01,join,lock}, or
     * {@code all}. Without it the goal lists the examples; called by itself on a terminal it asks which ones to play, and
     * plays none elsewhere.
     */
    @Parameter(property = "procession.demo.example")
    private @Nullable String example;

    /** How fast to play, from 0.01 to 100: at 0.5 the waits of the examples are twice as long. None is below 0.2 s. */
    @Parameter(property = "procession.demo.speed", defaultValue = "1")
    private @Nullable String speed;

    /** Leaves this goal out. */
    @Parameter(property = "procession.demo.skip", defaultValue = "false")
    private @Nullable String skip;

    /** Made by Maven, field by field. */
    public DemoMojo() {}

    @Override
    @Nullable
    String skip() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        log.info(new Lecture(request(example, Objects.requireNonNullElse(speed, "1"), true), log)
                .run()
                .summary());
    }
}
