package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.SortHistory;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Puts everything back as it was before a run of {@code sort-files}, bit for bit: takes out copies, moves back what was
 * moved, and puts back what was displaced. What was changed since stays as it is, and is told of.
 */
@Mojo(name = "undo-sort", requiresProject = false, threadSafe = true)
public final class UndoSortMojo extends AbstractSortHistoryMojo {

    /** Which run: its name, such as {@code run-3}. The default is the last one; earlier ones can be undone after it. */
    @Parameter(property = "procession.sort.run")
    private @Nullable String run;

    /** Whether the build fails when something could not be put back; all else is put back either way. */
    @Parameter(property = "procession.undo-sort.failOnError", defaultValue = "true")
    private @Nullable String failOnError;

    /** Leaves this goal out. */
    @Parameter(property = "procession.undo-sort.skip", defaultValue = "false")
    private @Nullable String skip;

    /** Made by Maven, field by field. */
    public UndoSortMojo() {}

    @Override
    @Nullable
    String skip() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        log.info(new SortHistory(request(run, isTrue("failOnError", failOnError, true)), log)
                .undo()
                .summary());
    }
}
