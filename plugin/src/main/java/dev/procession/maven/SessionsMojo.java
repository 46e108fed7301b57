package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.session.SessionKeeper;
import dev.procession.plugin.session.SessionsRequest;
import java.time.Instant;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Lists the sessions of this user on this machine, the shared memory that processes have together, with the processes that
 * take part in each; removes those whose processes are all dead, if asked to. Works without a project; in a build of
 * several modules it runs once.
 */
@Mojo(name = "sessions", requiresProject = false, aggregator = true, threadSafe = true)
public final class SessionsMojo extends AbstractProcessionMojo {

    /** Whether dead sessions are removed. One in which any process is alive is never removed. */
    @Parameter(property = "procession.sessions.clean", defaultValue = "false")
    private @Nullable String clean;

    /**
     * The directory in which sessions are. The default is where the library makes them: in the machine's shared memory
     * ({@code /dev/shm/procession-USER}) where there is one, else in a directory for temporary files. The property is the
     * one that tells a program where to make its sessions. A relative path is relative to the working directory.
     */
    @Parameter(property = "procession.sessions")
    private @Nullable String directory;

    /** Leaves this goal out. */
    @Parameter(property = "procession.sessions.skip", defaultValue = "false")
    private @Nullable String skip;

    /** Made by Maven, field by field. */
    public SessionsMojo() {}

    @Override
    @Nullable
    String skip() {
        return skip;
    }

    @Override
    void run(BuildLog log) {
        log.info(new SessionKeeper(new SessionsRequest(directory, isTrue("clean", clean, false), Instant.now()), log)
                .run()
                .summary());
    }
}
