package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentCaptor;

/** The goal in Maven's container, with a pom and without one. */
@MojoTest
@Timeout(120)
class DemoMojoTest {
    private static final String POM = """
            <project>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>procession-maven-plugin</artifactId>
                    <configuration>
                      <language>en</language>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    @TempDir
    Path directory;

    private final Log log = mock(Log.class);
    private final MavenProject project = new MavenProject(new Model());

    @Provides
    MavenProject project() {
        // As Maven stands in for a project that is not there.
        project.setGroupId("org.apache.maven");
        project.setArtifactId("standalone-pom");
        Build build = new Build();
        build.setDirectory("${project.basedir}/target");
        project.setBuild(build);
        return project;
    }

    @Provides
    MavenSession session() throws Exception {
        return MavenStandIn.session(directory);
    }

    @Provides
    MojoExecution execution() {
        return MavenStandIn.execution();
    }

    @Provides
    Log log() {
        return log;
    }

    private List<String> told() {
        ArgumentCaptor<String> lines = ArgumentCaptor.forClass(String.class);
        verify(log, atLeast(1)).info(lines.capture());
        return lines.getAllValues();
    }

    private String last() {
        return told().get(told().size() - 1);
    }

    @Test
    @InjectMojo(goal = "demo", pom = POM)
    @MojoParameter(name = "example", value = "1")
    void execute_withoutProject_playsAndWritesHere(DemoMojo mojo) throws Exception {
        mojo.execute();
        assertTrue(
                last().matches("demo: 1 example, 4 checks, all hold in \\d+\\.\\d\\d s; pages: .*index\\.html"),
                last());
        String file = Files.readString(directory.resolve("procession-out/demo/01-process.txt"));
        assertTrue(file.contains("| hello from Process-5\n"), file);
        assertTrue(Files.notExists(Path.of("${project.basedir}")));
        verify(log, never()).warn(anyString());
    }

    @Test
    @InjectMojo(goal = "demo", pom = POM)
    @MojoParameter(name = "example", value = "02")
    @MojoParameter(name = "language", value = "uk")
    void execute_inProject_writesBelowTheBuildDirectory(DemoMojo mojo) throws Exception {
        Path base = directory.toRealPath();
        project.setFile(base.resolve("pom.xml").toFile());
        project.getBuild().setDirectory(base.resolve("target").toString());
        mojo.execute();
        assertTrue(last().contains("1 example, 5 checks, all hold"), last());
        String file = Files.readString(base.resolve("target/procession/demo/02-process-as-class.txt"));
        assertTrue(file.startsWith("02 process-as-class: Процес як клас\n"), file);
    }

    @Test
    @InjectMojo(goal = "demo", pom = POM)
    void execute_noExample_lists(DemoMojo mojo) throws Exception {
        mojo.execute();
        assertEquals("The examples of the lecture:", told().get(0));
        assertTrue(
                last().matches(
                                "demo: \\d+ examples; play one with -Dprocession.demo.example=01, or all of them with =all"),
                last());
    }

    @Test
    @InjectMojo(goal = "demo-list", pom = POM)
    void execute_list_tellsTheQuestionsToo(DemoListMojo mojo) throws Exception {
        mojo.execute();
        assertTrue(told().contains("  03  join              Waiting for the end of a process"), told().toString());
        assertTrue(told().contains("        Why does join() matter?"), told().toString());
    }

    @Test
    @InjectMojo(goal = "demo", pom = POM)
    @MojoParameter(name = "speed", value = "-2")
    void execute_userMistake_failsWithTheMessageOnly(DemoMojo mojo) {
        MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
        assertEquals(
                "<speed> (procession.demo.speed) must be a number from 0.01 to 100, such as 0.5 for waits of double"
                        + " length: speed=-2",
                failure.getMessage());
    }

    @Test
    @InjectMojo(goal = "demo", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "example", value = "all")
    void execute_skipped_doesNothing(DemoMojo mojo) throws Exception {
        mojo.execute();
        assertEquals(List.of("skipped"), told());
    }
}
