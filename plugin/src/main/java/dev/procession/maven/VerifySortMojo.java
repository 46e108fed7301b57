package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.SortHistory;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Compares what {@code sort-files} placed in an output with what is there: the contents of copies, size and time of what was
 * moved, linked or cloned without being read.
 */
@Mojo(name = "verify-sort", requiresProject = false, threadSafe = true)
public final class VerifySortMojo extends AbstractSortHistoryMojo {

    /** Whether the build fails when files are not as they were placed, rather than being warned of. */
    @Parameter(property = "procession.verify-sort.failOnError", defaultValue = "true")
    private @Nullable String failOnError;

    /** Leaves this goal out. */
    @Parameter(property = "procession.verify-sort.skip", defaultValue = "false")
    private @Nullable String skip;

    /** Made by Maven, field by field. */
    public VerifySortMojo() {}

    @Override
    @Nullable
    String skip() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        log.info(new SortHistory(request(null, isTrue("failOnError", failOnError, true)), log)
                .verify()
                .summary());
    }
}
