package dev.procession.maven;

import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;

/** What Maven gives to a goal, for a build that was called in a directory. */
final class MavenStandIn {
    private MavenStandIn() {}

    static MavenSession session(Path directory) throws IOException {
        MavenSession session = mock(MavenSession.class);
        lenient().when(session.getRequest()).thenReturn(new DefaultMavenExecutionRequest());
        lenient().when(session.getUserProperties()).thenReturn(new Properties());
        lenient().when(session.getSystemProperties()).thenReturn(new Properties());
        lenient()
                .when(session.getExecutionRootDirectory())
                .thenReturn(directory.toRealPath().toString());
        return session;
    }

    static MojoExecution execution() {
        MojoExecution execution = mock(MojoExecution.class);
        lenient().when(execution.getVersion()).thenReturn("0.1.0");
        return execution;
    }
}
