package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.util.List;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.ArgumentCaptor;

/** The goal in Maven's container. */
@MojoTest
@Timeout(120)
class SessionsMojoTest {
    private static final String POM = """
            <project>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>procession-maven-plugin</artifactId>
                    <configuration>
                      <clean>true</clean>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private final Log log = mock(Log.class);

    @Provides
    Log log() {
        return log;
    }

    private List<String> told() {
        ArgumentCaptor<String> lines = ArgumentCaptor.forClass(String.class);
        verify(log, atLeast(1)).info(lines.capture());
        return lines.getAllValues();
    }

    @Test
    @InjectMojo(goal = "sessions", pom = POM)
    @MojoParameter(name = "directory", value = "/nowhere/at/all")
    void execute_directory_isLookedAt(SessionsMojo mojo) throws Exception {
        mojo.execute();
        assertEquals(List.of("no sessions: /nowhere/at/all does not exist"), told());
    }

    @Test
    @InjectMojo(goal = "sessions", pom = POM)
    @MojoParameter(name = "directory", value = "/dev/null")
    void execute_userMistake_failsWithTheMessageOnly(SessionsMojo mojo) {
        MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
        assertTrue(
                failure.getMessage().startsWith("<directory>/dev/null</directory> (procession.sessions): "),
                failure.getMessage());
    }

    @Test
    @InjectMojo(goal = "sessions", pom = POM)
    @MojoParameter(name = "directory", value = "/dev/null")
    @MojoParameter(name = "skip", value = "true")
    void execute_skipped_doesNothing(SessionsMojo mojo) throws Exception {
        mojo.execute();
        assertEquals(List.of("skipped"), told());
    }
}
