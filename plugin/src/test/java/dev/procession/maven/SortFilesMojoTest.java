package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.procession.plugin.sort.failure.SortFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentCaptor;

/** The goal in Maven's container: its annotations, and the conversion of a pom's configuration. */
@MojoTest
class SortFilesMojoTest {
    private static final String POM = """
            <project>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>procession-maven-plugin</artifactId>
                    <configuration>
                      <source>src/media</source>
                      <output>target/sorted</output>
                      <workers>1</workers>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private static final String NO_CONFIGURATION = """
            <project>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>procession-maven-plugin</artifactId>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    @TempDir
    Path directory;

    private final Log log = mock(Log.class);

    /** Its directory is below the one in which Maven was called. */
    @Provides
    MavenProject project() throws Exception {
        Path base = Files.createDirectories(directory.toRealPath().resolve("library"));
        Model model = new Model();
        Build build = new Build();
        build.setDirectory(base.resolve("target").toString());
        model.setBuild(build);
        MavenProject project = new MavenProject(model);
        project.setFile(base.resolve("pom.xml").toFile());
        Files.createDirectories(base.resolve("src/media/old"));
        Files.writeString(base.resolve("src/media/a.txt"), "new");
        Files.writeString(base.resolve("src/media/old/a.txt"), "old");
        return project;
    }

    @Provides
    MavenSession session() throws Exception {
        return MavenStandIn.session(directory);
    }

    @Provides
    RepositorySystem repositories() {
        return mock(RepositorySystem.class);
    }

    @Provides
    MojoExecution execution() {
        return MavenStandIn.execution();
    }

    @Provides
    Log log() {
        return log;
    }

    private String info() {
        ArgumentCaptor<String> line = ArgumentCaptor.forClass(String.class);
        verify(log, times(1)).info(line.capture());
        return line.getValue();
    }

    @Test
    @InjectMojo(goal = "sort-files", pom = POM)
    void execute_configuredPom_sortsAndSaysSoInOneLine(SortFilesMojo mojo) throws Exception {
        mojo.execute();
        Path sorted = directory.resolve("library/target/sorted/txt");
        assertEquals("new", Files.readString(sorted.resolve("a.txt")));
        assertEquals("old", Files.readString(sorted.resolve("a (2).txt")));
        assertTrue(
                info().matches("sorted 2 files \\(6 B\\) into 1 folder in [0-9.]+ s, 1 renamed,"
                        + " 0 unchanged: library/target/sorted"),
                info());
        verify(log, never()).warn(anyString());
    }

    @Test
    @InjectMojo(goal = "sort-files", pom = POM)
    @MojoParameter(name = "timeline", value = "true")
    void execute_timeline_drawsTheWorkersTasks(SortFilesMojo mojo) throws Exception {
        mojo.execute();
        Path reports = directory.toRealPath().resolve("library/target/procession");
        String page = Files.readString(reports.resolve("timeline-sort-files.html"));
        assertTrue(page.contains("\"name\":\"sort-files-1\""), "no lane of the worker");
        assertTrue(page.contains("[\"task\",\""), "no task");
        verify(log).info("timeline: " + reports.resolve("timeline-sort-files.html"));
        assertTrue(Files.exists(reports.resolve("timeline-sort-files.trace.json")));
    }

    @Test
    @InjectMojo(goal = "sort-files", pom = POM)
    @MojoParameter(name = "timeline", value = "pages/sorted.html")
    @MojoParameter(name = "workers", value = "0")
    @MojoParameter(name = "output", value = "src/media/a.txt/x")
    void execute_timelineAndFailure_isDrawnAllTheSame(SortFilesMojo mojo) throws Exception {
        assertThrows(MojoFailureException.class, mojo::execute);
        assertTrue(Files.exists(directory.resolve("library/pages/sorted.html")));
    }

    @Test
    @InjectMojo(goal = "sort-files", pom = NO_CONFIGURATION)
    void execute_nothingConfigured_failsWithTheMessageOnly(SortFilesMojo mojo) {
        MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
        assertEquals(
                "<source> is missing: name the directory whose files are to be sorted, as <source> in the <configuration>"
                        + " of sort-files, or with -Dprocession.sort.source=...",
                failure.getMessage());
        assertInstanceOf(SortFailedException.class, failure.getCause());
    }

    @Test
    @InjectMojo(goal = "sort-files", pom = POM)
    @MojoParameter(name = "template", value = "{category}/{parent}/{name}.{ext}")
    @MojoParameter(name = "includes", value = "**/a.*")
    @MojoParameter(name = "minSize", value = "2")
    void execute_layoutConfigured_isFollowedAndReported(SortFilesMojo mojo) throws Exception {
        mojo.execute();
        Path sorted = directory.resolve("library/target/sorted/documents");
        assertEquals("new", Files.readString(sorted.resolve("media/a.txt")));
        assertEquals("old", Files.readString(sorted.resolve("old/a.txt")));
        Path reports = directory.resolve("library/target/procession");
        assertTrue(Files.readString(reports.resolve("sort-files.txt")).contains("documents: 2 files, 6 B"));
        assertTrue(Files.readString(reports.resolve("sort-files.json")).contains("\"files\": 2"));
    }

    @Test
    @InjectMojo(goal = "sort-files", pom = NO_CONFIGURATION)
    @MojoParameter(name = "skip", value = "true")
    void execute_skipped_doesNothing(SortFilesMojo mojo) throws Exception {
        mojo.execute();
        assertEquals("skipped", info());
    }

    @Test
    @InjectMojo(goal = "sort-files", pom = NO_CONFIGURATION)
    @MojoParameter(name = "dryRun", value = "yes")
    @MojoParameter(name = "hidden", value = "no")
    void execute_yesAndNoThatAreNeither_failBeforeAnythingIsDone(SortFilesMojo mojo) {
        MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
        String message = failure.getMessage().replace(System.lineSeparator(), "\n");
        assertTrue(message.startsWith("2 problems:\n"), message);
        assertTrue(message.contains("<dryRun>yes</dryRun>: must be one of true, false"), message);
        assertTrue(message.contains("<hidden>no</hidden>: must be one of true, false"), message);
    }
}
