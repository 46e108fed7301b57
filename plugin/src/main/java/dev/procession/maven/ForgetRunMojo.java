package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.history.SortHistory;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Forgets a run of {@code sort-files}: it cannot be undone any more, and what it displaced and kept aside is deleted. What
 * it placed stays, and stays known.
 */
@Mojo(name = "forget-run", requiresProject = false, threadSafe = true)
public final class ForgetRunMojo extends AbstractSortHistoryMojo {

    /** Which run: its name, such as {@code run-3}, or {@code all}. The default is the last one. */
    @Parameter(property = "procession.sort.run")
    private @Nullable String run;

    /** Leaves this goal out. */
    @Parameter(property = "procession.forget-run.skip", defaultValue = "false")
    private @Nullable String skip;

    /** Made by Maven, field by field. */
    public ForgetRunMojo() {}

    @Override
    @Nullable
    String skip() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        log.info(new SortHistory(request(run, true), log).forget().summary());
    }
}
